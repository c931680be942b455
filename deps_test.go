package weir_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// lattice lists the packages from the bottom up. A package imports only from
// lines above its own.
const lattice = `
confparse media js/builtin/deflate
js
media/web media/rtmp/amf0 media/rtmp/chunk js/hook
conf media/hub media/flv js/shared
js/builtin js/host media/ts media/es media/mediatest
js/sandbox js/workshop media/rtmp media/http
media/hls media/dvr media/forward media/ingest media/exec vhost/latency
vhost
vhost/httphooks vhost/httpapi vhost/accesslog vhost/cluster
.
weirtest
cmd/weir cmd/weirload
`

// testOnly are packages that only tests import; they stand beside what they test.
var testOnly = []string{"confparse/conftest", "weirtest", "media/mediatest"}

// quarantine says which package alone imports a library; the system's calls are
// everywhere where the standard library has too few.
var quarantine = map[string]string{
	"github.com/alecthomas/participle":  "confparse",
	"github.com/dop251/goja":            "js",
	"github.com/dlclark/regexp2":        "js",
	"github.com/evanw/esbuild":          "js",
	"github.com/yutopp/go-rtmp":         "media/rtmp",
	"github.com/sirupsen/logrus":        "media/rtmp", // go-rtmp's log
	"github.com/bluenviron/gohlslib":    "media/hls",
	"github.com/bluenviron/mediacommon": "media/ts",
	"github.com/fsnotify/fsnotify":      ".",
	"github.com/alecthomas/kong":        "cmd/weir",
	"github.com/prometheus":             "vhost/httpapi",
	"golang.org/x/crypto":               "js/builtin",
	"golang.org/x/net":                  "js/builtin",
	"github.com/landlock-lsm":           "js/sandbox",
	"github.com/elastic/go-seccomp-bpf": "js/sandbox",
	"golang.org/x/sys":                  "media/hub js/shared js/sandbox cmd/weirload",
}

// testLibraries are imported by tests only, anywhere.
var testLibraries = []string{
	"go.uber.org/goleak", "github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "github.com/asticode/go-astits",
}

func within(p, prefix string) bool { return p == prefix || strings.HasPrefix(p, prefix+"/") }

type file struct {
	pkg, name string
	imports   []string
	test      bool
}

func goFiles(t *testing.T) []file {
	t.Helper()
	var files []file
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		src, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		f := file{pkg: path.Dir(filepath.ToSlash(p)), name: filepath.ToSlash(p), test: strings.HasSuffix(p, "_test.go")}
		for _, i := range src.Imports {
			s, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, s)
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPackagesImportDownwards(t *testing.T) {
	rank := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(lattice), "\n") {
		for _, p := range strings.Fields(line) {
			rank[p] = i
		}
	}
	for _, f := range goFiles(t) {
		if f.test || slices.Contains(testOnly, f.pkg) {
			continue
		}
		own, ok := rank[f.pkg]
		if !ok {
			t.Errorf("%s: package %s is not in the lattice", f.name, f.pkg)
			continue
		}
		for _, i := range f.imports {
			if i != "weir" && !strings.HasPrefix(i, "weir/") {
				continue
			}
			p := strings.TrimPrefix(strings.TrimPrefix(i, "weir"), "/")
			if p == "" {
				p = "."
			}
			if slices.Contains(testOnly, p) {
				t.Errorf("%s imports %s, which is for tests", f.name, i)
				continue
			}
			if r, ok := rank[p]; !ok || r >= own {
				t.Errorf("%s imports %s, which is not below %s in the lattice", f.name, i, f.pkg)
			}
		}
	}
}

func TestLibrariesAreQuarantined(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, i := range f.imports {
			if !strings.Contains(strings.Split(i, "/")[0], ".") {
				continue // standard library
			}
			if f.test && slices.ContainsFunc(testLibraries, func(l string) bool { return within(i, l) }) {
				continue
			}
			if slices.Contains(testOnly, f.pkg) && slices.ContainsFunc(testLibraries, func(l string) bool { return within(i, l) }) {
				continue
			}
			home := ""
			for l, p := range quarantine {
				if within(i, l) {
					home = p
				}
			}
			if home == "" {
				t.Errorf("%s imports %s, which no package is the home of", f.name, i)
			} else if !slices.Contains(strings.Fields(home), f.pkg) {
				t.Errorf("%s imports %s, whose home is %s", f.name, i, home)
			}
		}
	}
}

func TestEveryPackageIsDocumented(t *testing.T) {
	docs := map[string]bool{}
	for _, f := range goFiles(t) {
		if f.test {
			continue
		}
		src, err := os.ReadFile(f.name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := parser.ParseFile(token.NewFileSet(), f.name, src, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		docs[f.pkg] = docs[f.pkg] || p.Doc != nil
	}
	for p, ok := range docs {
		if !ok {
			t.Errorf("package %s has no package comment", p)
		}
	}
}
