package host

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// tree is a directory of which a part is permitted:
//
//	open/          read and write
//	open/sub/b     "b"
//	open/a         "a"
//	seen/c         "c": read
//	drop/          write
//	secret/s       "s": nothing
type tree struct {
	dir    string
	permit *Permit
	files  *Files
}

func newTree(t testing.TB) *tree {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"open/sub/b": "b", "open/a": "a", "seen/c": "c", "drop/d": "d", "secret/s": "s"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tr := &tree{dir: dir, files: &Files{}, permit: &Permit{
		Read:  []string{dir + "/open", dir + "/seen"},
		Write: []string{dir + "/open", dir + "/drop"},
	}}
	t.Cleanup(func() { tr.files.Close() })
	return tr
}

// ask asks for an operation, in whose paths @ is the tree.
func (tr *tree) ask(t testing.TB, op string, args ...js.Value) (js.Value, error) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = strings.ReplaceAll(s, "@", tr.dir)
		}
	}
	return tr.files.Ask(t.Context(), tr.permit, "fs."+op, args)
}

// answer is what came of an operation: the value, or the code of what was thrown.
func (tr *tree) answer(t testing.TB, op string, args ...js.Value) js.Value {
	t.Helper()
	v, err := tr.ask(t, op, args...)
	var thrown *js.Throw
	switch {
	case errors.As(err, &thrown):
		return thrown.Code
	case err != nil:
		t.Errorf("%s: %v is nothing that a script could see", op, err)
	}
	if b, ok := v.([]byte); ok {
		return "bytes " + string(b)
	}
	if s, ok := v.(string); ok {
		return strings.ReplaceAll(s, tr.dir, "@")
	}
	return v
}

func (tr *tree) link(t testing.TB, target, name string) {
	t.Helper()
	if err := os.Symlink(strings.ReplaceAll(target, "@", tr.dir), filepath.Join(tr.dir, name)); err != nil {
		t.Fatal(err)
	}
}

type step struct {
	op   string
	args []js.Value
	want js.Value
}

func (tr *tree) run(t *testing.T, steps []step) {
	t.Helper()
	for _, s := range steps {
		got := tr.answer(t, s.op, s.args...)
		if diff := cmp.Diff(s.want, got); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", s.op, s.args, diff)
		}
	}
}

type v = []js.Value

func TestFiles(t *testing.T) {
	tr := newTree(t)
	const (
		create = linuxWrite | linuxCreate | 0o1000
		app    = linuxWrite | linuxCreate | 0o2000
	)
	tr.run(t, []step{
		{"readFile", v{"@/open/a"}, "bytes a"},
		{"readFile", v{[]byte(tr.dir + "/open/a")}, "bytes a"},
		{"readFile", v{"@/open/./sub/../sub//b"}, "bytes b"},
		{"readFile", v{"@/open/none"}, "ENOENT"},
		{"readFile", v{"@/open/sub"}, "EISDIR"},
		{"readFile", v{"@/open/a/"}, "ENOTDIR"},
		{"readFile", v{"@/open/a/x"}, "ENOTDIR"},
		{"readFile", v{""}, "ENOENT"},
		{"readFile", v{"@/open/a\x00"}, "EINVAL"},
		{"readFile", v{nil}, "EINVAL"},
		{"readFile", v{strings.Repeat("x", maxPath+1)}, "ENAMETOOLONG"},

		{"writeFile", v{"@/open/n", "new", int64(create)}, nil},
		{"writeFile", v{"@/open/n", []byte("er"), int64(app)}, nil},
		{"readFile", v{"@/open/n"}, "bytes newer"},
		{"writeFile", v{"@/open/n", "x", int64(create | linuxExclusive)}, "EEXIST"},
		{"writeFile", v{"@/open/sub", "x", int64(create)}, "EISDIR"},
		{"copyFile", v{"@/open/n", "@/drop/n"}, nil},
		{"copyFile", v{"@/open/n", "@/open/n"}, nil},
		{"copyFile", v{"@/open/n", "@/open/a", true}, "EEXIST"},
		{"copyFile", v{"@/open/sub", "@/open/t"}, "EISDIR"},
		{"readFile", v{"@/open/n"}, "bytes newer"},

		{"mkdir", v{"@/open/x/y"}, "ENOENT"},
		{"mkdir", v{"@/open/x/y/", true}, nil},
		{"mkdir", v{"@/open/x"}, "EEXIST"},
		{"mkdir", v{"@/open/x", true}, nil},
		{"mkdir", v{"@/open/a", true}, "EEXIST"},
		{"mkdir", v{"@/open"}, "EEXIST"},
		{"mkdir", v{"@/open", true}, nil},
		{"rename", v{"@/open/n", "@/open/x/n"}, nil},
		{"rename", v{"@/open/x/n", "@/drop/moved"}, nil},
		{"rename", v{"@/open/none", "@/drop/none"}, "ENOENT"},
		{"rename", v{"@/open", "@/drop/all"}, "EBUSY"},
		{"readdir", v{"@/open"}, []any{
			[]any{"a", int64(syscall.S_IFREG)}, []any{"sub", int64(syscall.S_IFDIR)}, []any{"x", int64(syscall.S_IFDIR)},
		}},
		{"readdir", v{"@/open/a"}, "ENOTDIR"},

		{"symlink", v{"sub/b", "@/open/link"}, nil},
		{"readlink", v{"@/open/link"}, "sub/b"},
		{"readFile", v{"@/open/link"}, "bytes b"},
		{"realpath", v{"@/open/x/../link"}, "@/open/sub/b"},
		{"readlink", v{"@/open/a"}, "EINVAL"},
		{"unlink", v{"@/open/link"}, nil},
		{"unlink", v{"@/open/link"}, "ENOENT"},
		{"unlink", v{"@/open/sub"}, "EISDIR"},
		{"rmdir", v{"@/open/x/y"}, nil},
		{"rmdir", v{"@/open/sub"}, "ENOTEMPTY"},
		{"rmdir", v{"@/open/a"}, "ENOTDIR"},
		{"rm", v{"@/open/sub"}, "EISDIR"},
		{"rm", v{"@/open/sub", true}, nil},
		{"rm", v{"@/open/sub", true}, "ENOENT"},
		{"rm", v{"@/open/sub", true, true}, nil},
		{"rm", v{"@/open/a"}, nil},
		{"rm", v{"@/open", true}, "EINVAL"},

		{"access", v{"@/seen/c", int64(4)}, nil},
		{"access", v{"@/seen/c", int64(1)}, "EACCES"},
		{"access", v{"@/seen/c", int64(2)}, "EACCES"},
		{"access", v{"@/seen", int64(1)}, nil},
		{"access", v{"@/seen/none"}, "ENOENT"},
	})
}

func TestDescriptors(t *testing.T) {
	tr := newTree(t)
	tr.run(t, []step{
		{"open", v{"@/open/a", int64(2)}, int64(3)},
		{"write", v{int64(3), "hello", nil}, int64(5)},
		{"write", v{int64(3), "J", int64(0)}, int64(1)},
		{"read", v{int64(3), int64(9), nil}, "bytes "},
		{"read", v{int64(3), int64(9), int64(1)}, "bytes ello"},
		{"read", v{int64(3), int64(-1), nil}, "ERR_FS_FILE_TOO_LARGE"},
		{"read", v{int64(3), int64(MaxFile + 1), nil}, "ERR_FS_FILE_TOO_LARGE"},
		{"truncate", v{int64(3), int64(2)}, nil},
		{"readFile", v{"@/open/a"}, "bytes Je"},
		{"close", v{int64(3)}, nil},
		{"close", v{int64(3)}, "EBADF"},
		{"read", v{int64(3), int64(1), nil}, "EBADF"},
		{"fstat", v{int64(0)}, "EBADF"},
		{"open", v{"@/open/a"}, int64(4)},
		{"write", v{int64(4), "x", nil}, "EBADF"},
		{"readFile", v{int64(4)}, "bytes Je"},
	})
	for range MaxOpen - 1 {
		if _, err := tr.ask(t, "open", "@/open/a"); err != nil {
			t.Fatal(err)
		}
	}
	if got := tr.answer(t, "open", "@/open/a"); got != "EMFILE" {
		t.Errorf("one more file than allowed: %v", got)
	}
	if got := tr.files.Close(); got != MaxOpen {
		t.Errorf("%d files were open, want %d", got, MaxOpen)
	}
	if got := tr.answer(t, "fstat", int64(4)); got != "EBADF" {
		t.Errorf("fstat after Close: %v", got)
	}
}

// Sparse files are large without filling a disk.
func TestLargeFilesAreRefused(t *testing.T) {
	tr := newTree(t)
	if err := os.Truncate(tr.dir+"/open/a", MaxFile+1); err != nil {
		t.Fatal(err)
	}
	tr.run(t, []step{
		{"readFile", v{"@/open/a"}, "ERR_FS_FILE_TOO_LARGE"},
		{"copyFile", v{"@/open/a", "@/open/b"}, "ERR_FS_FILE_TOO_LARGE"},
	})
}

func TestStat(t *testing.T) {
	tr := newTree(t)
	got, err := tr.ask(t, "stat", "@/open/a")
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(tr.dir + "/open/a")
	if err != nil {
		t.Fatal(err)
	}
	m := got.(map[string]any)
	want := map[string]any{
		"mode": int64(syscall.S_IFREG | 0o644), "size": int64(1), "nlink": int64(1), "mtimeMs": float64(info.ModTime().UnixMicro()) / 1000,
	}
	for k, w := range want {
		if m[k] != w {
			t.Errorf("%s is %v, want %v", k, m[k], w)
		}
	}
}

// Operations wait for their turn, as long as somebody waits for them.
func TestFileOperationsTakeTurns(t *testing.T) {
	h := &Host{}
	s, _ := h.scope("v")
	for range maxFileOps {
		s.turns <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Ask(ctx, js.Origin{VHost: "v"}, "fs.stat", []js.Value{"/"}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	if _, err := h.Ask(t.Context(), js.Origin{VHost: "other"}, "fs.stat", []js.Value{"/"}); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("another vhost's: %v", err)
	}
	<-s.turns
	if _, err := h.Ask(t.Context(), js.Origin{VHost: "v"}, "fs.stat", []js.Value{"/"}); err == nil {
		t.Error("it is permitted")
	}
	if n := len(s.turns); n != maxFileOps-1 {
		t.Errorf("%d turns are taken, want %d", n, maxFileOps-1)
	}
}
