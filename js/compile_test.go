package js_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func place(file string, line, col int) js.Place { return js.Place{File: file, Line: line, Col: col} }

// faults compiles sources that have some, and returns them as text.
func faults(t *testing.T, fsys fstest.MapFS, srcs ...js.Source) []string {
	t.Helper()
	_, err := js.Compile(fsys, srcs, importable)
	var errs js.Errors
	if err != nil && !errors.As(err, &errs) {
		t.Fatalf("Compile: %T %v, want Errors", err, err)
	}
	var l []string
	for _, e := range errs {
		l = append(l, e.Error())
	}
	return l
}

func TestInlineFaults(t *testing.T) {
	tests := []struct {
		name, body string
		sync       bool
		at         js.Place
		want       []string
	}{
		{"valid", "const a = await 1; return a", false, place("c", 3, 10), nil},
		{"first line", "let = ;", false, place("c", 3, 10), []string{"c:3:16: SyntaxError: Unexpected token ;"}},
		{"first line of the file", "foo(;", false, place("c", 1, 14), []string{"c:1:18: SyntaxError: Unexpected token ;"}},
		{"later line", "\n  foo();\n  bar(;\n", false, place("c", 3, 10), []string{"c:5:7: SyntaxError: Unexpected token ;"}},
		{"column in runes", "'кам', foo(;", false, place("c", 3, 10), []string{"c:3:21: SyntaxError: Unexpected token ;"}},
		{"early error", "let a = 1;\nlet a = 2;", false, place("c", 3, 10), []string{"c:4:5: SyntaxError: Identifier 'a' has already been declared"}},
		{"closes the wrapper", "} evil {", false, place("c", 3, 10), []string{"c:3:12: SyntaxError: Unexpected identifier"}},
		{"another function", "}}, function(){return function(){", false, place("c", 3, 10), []string{`c:3:10: SyntaxError: Unexpected token "}"`}},
		{"another statement", "}}); (function(){return function(){", false, place("c", 3, 10), []string{`c:3:10: SyntaxError: Unexpected token "}"`}},
		{"unclosed", "if (s) {", false, place("c", 3, 10), []string{"c:3:18: SyntaxError: Unexpected end of script"}},
		{"await in a sync block", "await s", true, place("c", 3, 10), []string{"c:3:16: SyntaxError: Unexpected identifier"}},
		{"what makes the parser panic", "return '\\u{10FFFF}'", false, place("c", 3, 10), nil},
		{"comment at the end", "return 1 // done", false, place("c", 3, 10), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := faults(t, nil, js.Source{Unit: "v", Inline: []js.Inline{
				{ID: "c:3", Params: []string{"s"}, Sync: tt.sync, Body: tt.body, At: tt.at},
			}})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestModuleFaults(t *testing.T) {
	imports := func(names ...string) js.Source {
		s := js.Source{Unit: "v"}
		for i, n := range names {
			s.Imports = append(s.Imports, js.Import{
				Name: strings.TrimSuffix(n, ".js"), File: n, Dirs: []string{"js", "lib"}, At: place("srs.conf", i+1, 1),
			})
		}
		return s
	}
	use := func(s js.Source, module, name string) js.Source {
		s.Uses = append(s.Uses, js.Use{Func: js.Func{Module: module, Name: name}, At: place("srs.conf", 9, 20)})
		return s
	}
	tests := []struct {
		name  string
		files fstest.MapFS
		src   js.Source
		want  []string
	}{
		{"all faults at once", files("js/a.js", "export const x = ;", "js/c.js", "import { y } from './d.js'; y()", "js/d.js", "export const z = 1"), imports("a.js", "b.js", "c.js"), []string{
			`js/a.js:1:18: SyntaxError: Unexpected ";"`,
			`srs.conf:2:1: module "b.js" not found in js, lib`,
			`js/c.js:1:10: SyntaxError: No matching export in "js/d.js" for import "y"`,
		}},
		{"second directory", files("lib/a.js", ""), imports("a.js"), nil},
		{"nested import", files("js/a.js", "import './b.js'", "js/b.js", "\n  let a;\n  let a;"), imports("a.js"), []string{
			`js/b.js:3:7: SyntaxError: The symbol "a" has already been declared`,
		}},
		{"nested import missing", files("js/a.js", "import './b.js'"), imports("a.js"), []string{`js/a.js:1:8: module "./b.js" not found`}},
		{"unused import", files("js/a.js", "import b from './b.js'", "js/b.js", "export const c = 1"), imports("a.js"), []string{
			`js/a.js:1:8: SyntaxError: No matching export in "js/b.js" for import "default"`,
		}},
		{"member of a namespace", files("js/a.js", "import * as b from './b.js'; b.d()", "js/b.js", "export const c = 1"), imports("a.js"), []string{
			`js/a.js:1:32: SyntaxError: Import "d" will always be undefined because there is no matching export in "js/b.js"`,
		}},
		{"top-level await", files("js/a.js", "\nawait 1"), imports("a.js"), []string{
			`js/a.js:2:1: SyntaxError: a module cannot await at its top level: do it in a function`,
		}},
		{"builtins", files("js/a.js", "import c from 'crypto'; import d from 'node:crypto'; import 'fs'"), imports("a.js"), []string{`js/a.js:1:61: module "fs" not found`}},
		{"hashbang", files("js/a.js", "#!/usr/bin/env node\nexport const x = 1"), imports("a.js"), nil},
		{"export used", files("js/a.js", "export * from './b.js'", "js/b.js", "export function publish() {}"), use(imports("a.js"), "a", "publish"), nil},
		{"export missing", files("js/a.js", "export function publish() {}"), use(imports("a.js"), "a", "play"), []string{`srs.conf:9:20: module "a" has no export "play"`}},
		{"njs's way is for Inspect", files("js/a.js", "export default { play() {} }"), use(imports("a.js"), "a", "publish"), nil},
		{"module unknown", nil, use(imports(), "a", "play"), []string{`srs.conf:9:20: unknown module "a"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, faults(t, tt.files, tt.src)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Modules are read through the file system that is given, whatever the disk has.
func TestDiskIsNotLookedAt(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile(filepath.Join(dir, "hooks.js"), []byte("export const f = ;"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := faults(t, files("hooks.js", "export const f = 1"), hooks()); got != nil {
		t.Errorf("found %v, want nothing", got)
	}
}

func TestLinkErrorNamesTheExport(t *testing.T) {
	s := hooks()
	s.Uses = []js.Use{{Func: js.Func{Module: "hooks", Name: "play"}, At: place("srs.conf", 4, 2)}}
	_, err := js.Compile(files("hooks.js", "export const x = 1"), []js.Source{s, s}, js.Options{})
	want := js.Errors{{File: "srs.conf", Line: 4, Col: 2, Message: `module "hooks" has no export "play"`, Module: "hooks", Export: "play"}}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFilesAreAllThatWasLookedFor(t *testing.T) {
	p := compile(t, files("hooks.js", "import './a.js'", "a.js", "import './b'", "b.ts", "", "other.js", ""), hooks())
	var got []string
	for _, f := range p.Files() {
		got = append(got, fmt.Sprintf("%s %x", f.Name, f.Sum[:2]))
	}
	sum := func(text string) string {
		s := sha256.Sum256([]byte(text))
		return fmt.Sprintf("%x", s[:2])
	}
	want := []string{ // what './b' could have been is missing
		"a.js " + sum("import './b'"), "b 0000", "b.js 0000", "b.mjs 0000", "b.ts " + sum(""), "hooks.js " + sum("import './a.js'"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
