package confparse

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// files makes a file system of names and texts.
func files(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func sourceNames(f *File) (names []string) {
	for _, s := range f.Sources {
		names = append(names, s.Name)
	}
	return names
}

func TestLoadIncludes(t *testing.T) {
	tests := []struct {
		rule    string
		files   map[string]string
		want    string
		sources []string
	}{
		{
			"beside the including file",
			map[string]string{"c/m.conf": "include a.conf;", "c/a.conf": "a;", "a.conf": "b;"},
			`"a"`,
			[]string{"c/m.conf", "c/a.conf"},
		},
		{
			"from the working directory",
			map[string]string{"c/m.conf": "include ./c/a.conf;", "c/a.conf": "a;"},
			`"a"`,
			[]string{"c/m.conf", "c/a.conf"},
		},
		{
			"sorted",
			map[string]string{"c/m.conf": "z; include v/*.conf; y;", "c/v/b.conf": "b;", "c/v/a.conf": "a;", "c/v/c.txt": "c;"},
			`"z" "a" "b" "y"`,
			[]string{"c/m.conf", "c/v/a.conf", "c/v/b.conf"},
		},
		{
			"pattern from the working directory",
			map[string]string{"c/m.conf": "include v/?.conf;", "v/a.conf": "a;"},
			`"a"`,
			[]string{"c/m.conf", "v/a.conf"},
		},
		{
			"pattern without a match",
			map[string]string{"c/m.conf": "a { include v/*.conf; }"},
			`"a"{}`,
			[]string{"c/m.conf"},
		},
		{
			"nested, and relative to the included",
			map[string]string{"m.conf": "a { include c/a.conf; } d;", "c/a.conf": "b { include b.conf; }", "c/b.conf": "c;"},
			`"a"{"b"{"c"}} "d"`,
			[]string{"m.conf", "c/a.conf", "c/b.conf"},
		},
		{
			"several names, twice",
			map[string]string{"m.conf": "include a.conf b.conf; include a.conf;", "a.conf": "a;", "b.conf": "b;"},
			`"a" "b" "a"`,
			[]string{"m.conf", "a.conf", "b.conf"},
		},
		{
			"not in a script",
			map[string]string{"m.conf": "js_on_play { include(a) }"},
			`"js_on_play"< include(a) >`,
			[]string{"m.conf"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			main := "m.conf"
			if tt.files[main] == "" {
				main = "c/m.conf"
			}
			f, found := Load(files(tt.files), main)
			if len(found) > 0 {
				t.Errorf("found %v", found)
			}
			if diff := cmp.Diff(tt.want, outline(f.Directives)); diff != "" {
				t.Errorf("directives (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.sources, sourceNames(f)); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLoadFaults(t *testing.T) {
	deep := map[string]string{"m.conf": "include 1;"}
	for i := 1; i < 20; i++ {
		deep[strconv.Itoa(i)] = fmt.Sprintf("include %d;", i+1)
	}
	tests := []struct {
		rule  string
		files map[string]string
		want  string // the first finding
	}{
		{"no file", nil, "m.conf: error: cannot read the file: file does not exist [E408]"},
		{"no include", map[string]string{"m.conf": "\ninclude a;"}, `m.conf:2:9: error: cannot include "a": there is no a [E408]`},
		{"cycle", map[string]string{"m.conf": "include m.conf;"}, "m.conf:1:9: error: the include never ends: m.conf -> m.conf [E408]"},
		{"depth", deep, "16:1:9: error: includes nest deeper than 16 [E408]"},
		{"size", map[string]string{"m.conf": strings.Repeat(" ", maxSize+1)}, "m.conf: error: cannot read the file: larger than 8 MiB [E408]"},
		{"include in order", map[string]string{"m.conf": "include a.conf;\ninclude b;", "a.conf": "}"}, `m.conf:2:9: error: cannot include "b": there is no b [E408]`},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			f, found := Load(files(tt.files), "m.conf")
			var b strings.Builder
			if err := found.WriteText(&b, f); err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(b.String(), "\n")
			if first != tt.want {
				t.Errorf("found %q, want %q", first, tt.want)
			}
		})
	}
}

// Files that include others twice, which include others twice: a bomb.
func TestLoadBomb(t *testing.T) {
	texts := map[string]string{"m.conf": "include 1 1 1;", "14": "x;"}
	for i := 1; i < 14; i++ {
		texts[strconv.Itoa(i)] = fmt.Sprintf("include %[1]d %[1]d %[1]d;", i+1)
	}
	f, found := Load(files(texts), "m.conf")
	if !found.HasErrors() {
		t.Error("3^14 inclusions and no error")
	}
	if want := slices.Sorted(maps.Keys(texts)); !cmp.Equal(want, slices.Sorted(slices.Values(sourceNames(f)))) {
		t.Errorf("sources = %v, want each of %v once", sourceNames(f), want)
	}
}

// endless is a device: it has no size and no end.
type endless struct{ fs.File }

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
func (endless) Close() error { return nil }

type endlessFS struct{}

func (endlessFS) Open(string) (fs.File, error) { return endless{}, nil }

func TestLoadDevice(t *testing.T) {
	_, found := Load(endlessFS{}, "/dev/zero")
	if len(found) != 1 || found[0].Code != "E408" {
		t.Errorf("found %v, want one E408", found)
	}
}

func TestDisk(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "conf"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(dir, "conf"))
	write("conf/m.conf", "include ../a.conf; include *.inc "+dir+"/conf/*.inc;")
	write("conf/b.inc", "b;")
	write("a.conf", "a;")
	for _, tt := range []struct {
		name string
		want []string
	}{
		{"m.conf", []string{"m.conf", "../a.conf", "b.inc", dir + "/conf/b.inc"}},
		{"../conf/m.conf", []string{"../conf/m.conf", "../a.conf", "../conf/b.inc", dir + "/conf/b.inc"}},
		{dir + "/conf/m.conf", []string{dir + "/conf/m.conf", dir + "/a.conf", dir + "/conf/b.inc"}},
	} {
		f, found := Load(Disk{}, tt.name)
		if len(found) > 0 {
			t.Errorf("Load(%s) found %v", tt.name, found)
		}
		if diff := cmp.Diff(tt.want, sourceNames(f)); diff != "" {
			t.Errorf("Load(%s) sources (-want +got):\n%s", tt.name, diff)
		}
	}
	_, found := Load(Disk{}, "..")
	if len(found) != 1 || found[0].Span.Start.String() != ".." {
		t.Errorf(`Load("..") found %v`, found)
	}
}
