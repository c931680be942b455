package host

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"weir/js"
)

// Nothing of what is not permitted is read, written, listed or told.
func TestFilesStayInside(t *testing.T) {
	tr := newTree(t)
	tr.link(t, "@/secret/s", "open/abs")
	tr.link(t, "../secret/s", "open/rel")
	tr.link(t, "../secret", "open/dir")
	tr.link(t, "/proc/self/root"+tr.dir+"/secret", "open/proc")
	tr.link(t, "loop", "open/loop")
	tr.link(t, "../secret/new", "open/dangling")
	tr.link(t, "@/secret/new", "open/absdangling")
	tr.link(t, "absdangling", "open/tolink")
	tr.link(t, "../seen/c", "drop/c")
	if err := syscall.Mkfifo(tr.dir+"/open/pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	const create = int64(linuxWrite | linuxCreate)
	for _, s := range []step{
		{"readFile", v{"@/secret/s"}, nil},
		{"readFile", v{"@/open/../secret/s"}, nil},
		{"readFile", v{"@/open/sub/../../secret/s"}, nil},
		{"readFile", v{"@/open/dir/s"}, nil},
		{"readFile", v{"@/open/dir/../secret/s"}, nil},
		{"readFile", v{"@/open/abs"}, nil},
		{"readFile", v{"@/open/rel"}, nil},
		{"readFile", v{"@/open/proc/s"}, nil},
		{"readFile", v{"@/openx"}, nil},
		{"readFile", v{"@/drop/d"}, nil},
		{"readFile", v{"@/drop/c"}, nil},
		{"readFile", v{"/proc/self/environ"}, nil},
		{"readFile", v{"/dev/zero"}, nil},
		{"readFile", v{"~/x"}, nil},
		{"readFile", v{"file://" + "@/secret/s"}, nil},
		{"open", v{"@/seen/c", int64(2)}, nil},
		{"open", v{"@/drop/d", int64(2)}, nil},
		{"open", v{"@/seen/c", int64(0o1000)}, nil},
		{"open", v{"@/seen/c", int64(0o100)}, nil},
		{"writeFile", v{"@/seen/c", "x", create}, nil},
		{"writeFile", v{"@/seen/new", "x", create}, nil},
		{"writeFile", v{"@/open/rel", "x", create}, nil},
		{"writeFile", v{"@/open/dangling", "x", create}, nil},
		{"writeFile", v{"@/open/absdangling", "x", create}, nil},
		{"writeFile", v{"@/open/tolink", "x", create}, nil},
		{"stat", v{"@/open/tolink"}, nil},
		{"writeFile", v{"@/open/dir/new", "x", create}, nil},
		{"copyFile", v{"@/secret/s", "@/open/s"}, nil},
		{"copyFile", v{"@/drop/d", "@/open/s"}, nil},
		{"copyFile", v{"@/open/a", "@/seen/a"}, nil},
		{"stat", v{"@/secret/s"}, nil},
		{"stat", v{"@/open/dir/s"}, nil},
		{"stat", v{"@/open/dir/none"}, nil},
		{"lstat", v{"@/open/dir/s"}, nil},
		{"access", v{"@/open/dir/s"}, nil},
		{"realpath", v{"@/open/rel"}, nil},
		{"realpath", v{"@/open/dir/none"}, nil},
		{"readlink", v{"@/drop/c"}, nil},
		{"readdir", v{"@"}, nil},
		{"readdir", v{"@/drop"}, nil},
		{"readdir", v{"@/open/dir"}, nil},
		{"mkdir", v{"@/open/dir/new"}, nil},
		{"mkdir", v{"@/open/dir/new/more", true}, nil},
		{"mkdir", v{"@/new"}, nil},
		{"rename", v{"@/secret/s", "@/open/s"}, nil},
		{"rename", v{"@/seen/c", "@/open/c"}, nil},
		{"rename", v{"@/open/a", "@/secret/a"}, nil},
		{"rename", v{"@/open/a", "@/open/dir/a"}, nil},
		{"rename", v{"@/open/dir/s", "@/open/s"}, nil},
		{"symlink", v{"@/secret/s", "@/open/new"}, nil},
		{"symlink", v{"../secret/s", "@/open/new"}, nil},
		{"symlink", v{"a", "@/open/dir/new"}, nil},
		{"unlink", v{"@/open/dir/s"}, nil},
		{"unlink", v{"@/seen/c"}, nil},
		{"rmdir", v{"@/open/dir/"}, nil},
		{"rm", v{"@/open/dir/s"}, nil},
		{"rm", v{"@/secret", true}, nil},
	} {
		switch got := tr.answer(t, s.op, s.args...); got {
		case "EACCES", "ENOENT", "ENOTDIR":
			if got == "ENOENT" && s.op != "readFile" {
				t.Errorf("%s %q tells that nothing is there", s.op, s.args)
			}
		default:
			t.Errorf("%s %q = %v", s.op, s.args, got)
		}
	}
	tr.run(t, []step{
		{"readFile", v{"@/open/loop"}, "ELOOP"},
		{"readFile", v{"@/open/pipe"}, "ENOTSUP"},
		{"writeFile", v{"@/open/pipe", "x", create}, "ENOTSUP"},
		{"unlink", v{"@/open/rel"}, nil}, // the link, not the file
		{"rm", v{"@/open/dir", true}, nil},
	})
	want := map[string]string{"open/a": "a", "seen/c": "c", "drop/d": "d", "secret/s": "s"}
	for name, text := range want {
		if b, err := os.ReadFile(filepath.Join(tr.dir, name)); string(b) != text {
			t.Errorf("%s is %q, %v", name, b, err)
		}
	}
	for _, name := range []string{"secret/new", "secret/a", "seen/new", "seen/a", "new"} {
		if _, err := os.Lstat(filepath.Join(tr.dir, name)); err == nil {
			t.Errorf("%s was made", name)
		}
	}
}

func TestLinksBetweenPermittedDirectories(t *testing.T) {
	tr := newTree(t)
	tr.link(t, "@/open/sub", "open/abs")
	tr.link(t, "@/seen", "open/seen")
	tr.link(t, "@/open/sub/new", "open/tonew")
	tr.link(t, "@/open/none/new", "open/tonowhere")
	tr.link(t, "@/open", "alias")
	tr.permit.Read = append(tr.permit.Read, tr.dir+"/alias")
	tr.run(t, []step{
		{"readFile", v{"@/open/abs/b"}, "bytes b"},
		{"readFile", v{"@/open/seen/c"}, "bytes c"},
		{"realpath", v{"@/open/seen/c"}, "@/seen/c"},
		{"readFile", v{"@/alias/sub/b"}, "bytes b"},
		{"readFile", v{"@/alias/seen/c"}, "bytes c"},
		{"writeFile", v{"@/open/abs/n", "n", int64(linuxWrite | linuxCreate)}, nil},
		{"lstat", v{"@/open/abs/none"}, "ENOENT"},
		{"stat", v{"@/open/tonew"}, "ENOENT"},
		{"access", v{"@/open/tonowhere"}, "ENOENT"},
		{"writeFile", v{"@/open/tonowhere", "n", int64(linuxWrite | linuxCreate)}, "ENOENT"},
		{"writeFile", v{"@/open/tonew", "n", int64(linuxWrite | linuxCreate)}, nil},
		{"readFile", v{"@/open/sub/new"}, "bytes n"},
		{"unlink", v{"@/open/abs/n"}, nil},
		{"writeFile", v{"@/alias/n", "n", int64(linuxWrite | linuxCreate)}, "EACCES"},
	})
}

// A directory that is permitted for reading may stand in one for writing: whoever
// exchanges it for a link reaches nothing.
func TestExchangedDirectory(t *testing.T) {
	tr := newTree(t)
	tr.permit = &Permit{Read: []string{tr.dir + "/open/sub"}, Write: []string{tr.dir + "/open"}}
	tr.run(t, []step{
		{"rename", v{"@/open/sub", "@/open/was"}, nil},
		{"symlink", v{"was", "@/open/sub"}, nil},
		{"readFile", v{"@/open/sub/b"}, "bytes b"},
		{"unlink", v{"@/open/sub"}, nil},
	})
	tr.link(t, "../secret", "open/sub")
	tr.run(t, []step{{"readFile", v{"@/open/sub/s"}, "EACCES"}})
}

// One goroutine exchanges a directory for a link to another, while others read and
// write through it.
func TestExchangeWhileFilesAreOpened(t *testing.T) {
	tr := newTree(t)
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			_ = os.Rename(tr.dir+"/open/sub", tr.dir+"/open/was")
			_ = os.Symlink(tr.dir+"/secret", tr.dir+"/open/sub")
			_ = os.Remove(tr.dir + "/open/sub")
			_ = os.Rename(tr.dir+"/open/was", tr.dir+"/open/sub")
		}
	})
	for range 1000 {
		if got := tr.answer(t, "readFile", "@/open/sub/s"); got == "bytes s" {
			t.Fatal("the secret was read")
		}
		tr.answer(t, "writeFile", "@/open/sub/new", "x", int64(linuxWrite|linuxCreate))
		tr.answer(t, "rm", "@/open/sub/s", true)
		tr.answer(t, "rename", "@/open/sub/s", "@/open/s")
	}
	close(stop)
	wg.Wait()
	entries, err := os.ReadDir(tr.dir + "/secret")
	if err != nil || len(entries) != 1 {
		t.Errorf("the other directory has %v, %v", entries, err)
	}
}

func TestRefusalNamesTheLine(t *testing.T) {
	p := &Permit{}
	for _, c := range []struct {
		op, path, want string
	}{
		{"readFile", "/srv/keys/a.json", `read of /srv/keys/a.json is not permitted: add "js_permit fs read /srv/keys;"`},
		{"rm", "/srv/keys/a b/c", `write of /srv/keys/a b/c is not permitted: add "js_permit fs write "/srv/keys/a b";"`},
		{"stat", "/srv", `read of /srv is not permitted: add "js_permit fs read /srv;"`},
	} {
		_, err := new(Files).Ask(t.Context(), p, "fs."+c.op, []js.Value{c.path})
		if thrown, ok := err.(*js.Throw); !ok || thrown.Message != c.want || thrown.Code != "EACCES" {
			t.Errorf("%s %s: %v, want %s", c.op, c.path, err, c.want)
		}
	}
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := new(Files).Ask(t.Context(), p, "fs.readFile", []js.Value{"x/y"}); !strings.Contains(err.Error(), "js_permit fs read "+wd+"/x;") {
		t.Error(err)
	}
}

func TestEverythingPermitted(t *testing.T) {
	tr := newTree(t)
	tr.permit = &Permit{All: true}
	tr.link(t, "@/secret", "open/abs")
	tr.run(t, []step{
		{"readFile", v{"@/secret/s"}, "bytes s"},
		{"readFile", v{"@/open/abs/s"}, "bytes s"},
		{"readFile", v{"/dev/zero"}, "ENOTSUP"},
		{"rename", v{"@/secret/s", "@/open/s"}, nil},
		{"stat", v{"/none"}, "ENOENT"},
	})
}

// No path, whatever is in it, reaches the secret.
func FuzzPath(f *testing.F) {
	for _, s := range []string{"@/open/a", "@/open/../secret/s", "@/open/dir/s", "@/open//./sub/b/", "@/open/\xff", "../x\x00", "/proc/self/cwd"} {
		f.Add(s)
	}
	tr := newTree(f)
	tr.link(f, "../secret", "open/dir")
	f.Fuzz(func(t *testing.T, path string) {
		for _, op := range []string{"readFile", "stat", "readdir", "realpath", "readlink", "access"} {
			got, err := tr.ask(t, op, path)
			if op == "readFile" && err == nil && string(got.([]byte)) == "s" {
				t.Errorf("%q reads the secret", path)
			}
			if s, ok := got.(string); ok && op == "realpath" && strings.Contains(s, "secret") {
				t.Errorf("%q leads to %q", path, s)
			}
		}
	})
}
