package weir_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"weir"
	"weir/confparse"
	"weir/js/builtin"
	"weir/js/hook"
	jshost "weir/js/host"
	"weir/js/workshop"
	"weir/media/mediatest"
	"weir/weirtest"
)

// docPage is what a page of the documentation shows, in a directory of its own.
type docPage struct {
	name, dir string
	confs     []string
	modules   []string // names of files: blocks that begin with "// NAME.ts"
	programs  []program
}

// program is a block of script that is no module, and the block of text below it:
// what it prints.
type program struct{ file, prints string }

var (
	fence   = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?")
	named   = regexp.MustCompile(`^// ([\w./-]+\.(?:js|mjs|ts))\n`)
	pageDir = regexp.MustCompile(`\W`)
)

// docPages are all pages that are for users.
func docPages(t *testing.T) (pages []docPage) {
	t.Helper()
	names, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, "README.md") {
		pages = append(pages, readPage(t, name))
	}
	return pages
}

func readPage(t *testing.T, name string) docPage {
	t.Helper()
	p := docPage{name: name, dir: t.TempDir()}
	for _, block := range fence.FindAllStringSubmatch(readText(t, name), -1) {
		switch kind, body := block[1], block[2]; kind {
		case "nginx":
			if !strings.Contains(body, "listen 1935") {
				body = "listen 1935;" + body
			}
			p.confs = append(p.confs, body)
		case "js", "ts":
			file := "program" + string(rune('a'+len(p.programs))) + "." + kind
			if m := named.FindStringSubmatch(body); m != nil {
				file = m[1]
				p.modules = append(p.modules, file)
			} else {
				p.programs = append(p.programs, program{file, block[3]})
			}
			writeFile(t, filepath.Join(p.dir, file), body)
		}
	}
	return p
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Every configuration block of the documentation is what weir check calls
// clean, with the modules that the same page shows.
func TestDocumentedConfigurationsAreClean(t *testing.T) {
	for _, p := range docPages(t) {
		for i, conf := range p.confs {
			file := filepath.Join(p.dir, "srs.conf")
			writeFile(t, file, conf)
			read, found := weir.Check(context.Background(), confparse.Disk{}, file)
			if found.HasErrors() {
				var b bytes.Buffer
				found.WriteText(&b, read)
				t.Errorf("%s, configuration block %d:\n%s", p.name, i+1, b.String())
			}
		}
	}
}

// Every hook of scripting.md runs, for publishers and players whom it may deny, and
// none fails but for a back end that there is not.
func TestDocumentedHooksRun(t *testing.T) {
	t.Parallel()
	p := readPage(t, "docs/scripting.md")
	for i, conf := range p.confs {
		file := filepath.Join(p.dir, "srs.conf")
		weirtest.Write(t, file, strings.ReplaceAll(conf, "access_log objs/", "access_log "+p.dir+"/objs/"))
		s, err := weirtest.Start(file)
		if err != nil {
			t.Errorf("configuration block %d: %v", i+1, err)
			continue
		}
		attend(s)
		if err := s.Stop(); err != nil {
			t.Errorf("configuration block %d: %v", i+1, err)
		}
		for line := range strings.Lines(s.Log.String()) {
			if strings.Contains(line, "script failed") && !strings.Contains(line, "fetch of") {
				t.Errorf("configuration block %d: %s", i+1, line)
			}
		}
	}
}

// attend publishes and plays, as far as it is admitted.
func attend(s *weirtest.Server) {
	for _, path := range []string{"live/cam1?paid=1", "live/sk_7f3a9c?user=anna", "live/cam1?vhost=live.example.com"} {
		if p, err := s.Publish(path, mediatest.Stream{GOP: 25}); err == nil {
			defer p.Stop() //nolint:errcheck // it was admitted, which is enough
		}
		if p, err := s.Play("rtmp", path); err == nil {
			p.Stop() //nolint:errcheck // it was admitted, which is enough
		}
	}
}

// Every program of the documentation prints what stands below it.
func TestDocumentedProgramsRun(t *testing.T) {
	t.Parallel()
	for _, p := range docPages(t) {
		for _, g := range p.programs {
			var out, errs bytes.Buffer
			r := workshop.Runner{Files: confparse.Disk{}, Permit: jshost.Permit{All: true}, Server: builtin.Server{}, Out: &out, Err: &errs}
			code := r.Run(context.Background(), filepath.Join(p.dir, g.file))
			if code != 0 || out.String() != g.prints {
				t.Errorf("%s, %s: exit code %d\n%s\nit prints:\n%s\nwant:\n%s", p.name, g.file, code, errs.String(), out.String(), g.prints)
			}
		}
	}
}

// Every test that the documentation shows passes.
func TestDocumentedTestsPass(t *testing.T) {
	t.Parallel()
	for _, p := range docPages(t) {
		for _, m := range p.modules {
			if !strings.HasSuffix(m, ".test.ts") {
				continue
			}
			var out bytes.Buffer
			tester := workshop.Tester{Files: confparse.Disk{}, Timeout: 5 * time.Second, Out: &out}
			if !tester.Test(context.Background(), []string{filepath.Join(p.dir, m)}) {
				t.Errorf("%s, %s:\n%s", p.name, m, out.String())
			}
		}
	}
}

// Every block in TypeScript is that, as strict as TypeScript is.
func TestDocumentedScriptsHaveTypes(t *testing.T) {
	t.Parallel()
	tsc := filepath.Join(".tools", "node_modules", ".bin", "tsc")
	if _, err := os.Stat(tsc); err != nil {
		tool(t, "tsc") // which says what is missing
	}
	dir := t.TempDir()
	if _, err := workshop.Init(dir); err != nil {
		t.Fatal(err)
	}
	for _, p := range docPages(t) {
		to := filepath.Join(dir, pageDir.ReplaceAllString(p.name, "-"))
		if err := os.CopyFS(to, os.DirFS(p.dir)); err != nil {
			t.Fatal(err)
		}
	}
	config := filepath.Join(dir, "docs.json")
	writeFile(t, config, `{"extends": "./tsconfig.json", "compilerOptions": {"moduleDetection": "force"}, "include": ["**/*.ts"]}`)
	out, err := exec.CommandContext(t.Context(), tsc, "--project", config).CombinedOutput()
	if err != nil {
		t.Errorf("tsc: %v\n%s", err, out)
	}
}

// The reference names every directive, global, module and variable, and every
// member of what handlers get.
func TestScriptingPageIsComplete(t *testing.T) {
	page := readText(t, "docs/scripting.md")
	types := readText(t, "js/types/weir.d.ts")
	var names []string
	for _, pattern := range []string{`(?m)^declare (?:const|var|class|function) (\w+)`, `(?m)^declare module '(\w+)'`} {
		names = append(names, matches(pattern, types)...)
	}
	names = append(names, matches(`(?m)^### (js_\w+)`, readText(t, "docs/directives.md"))...)
	names = append(names, hook.VariableNames()...)
	for _, of := range []string{"Session", "Connection", "Stream", "Publisher", "Client", "VHost", "MediaFile", "Effects", "HTTPRequest"} {
		body := regexp.MustCompile(`(?ms)^  interface ` + of + ` \{\n(.*?)^  \}`).FindStringSubmatch(types)
		if body == nil {
			t.Fatalf("there is no interface %s", of)
		}
		names = append(names, matches(`(?m)^    (?:readonly )?(\w+)\??[:(]`, body[1])...)
	}
	words := map[string]bool{}
	for _, w := range matches(`(\w+)`, page) {
		words[w] = true
	}
	for _, n := range names {
		if !words[n] {
			t.Errorf("docs/scripting.md does not name %s", n)
		}
	}
	if len(names) < 250 {
		t.Errorf("only %d names are looked for", len(names))
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// matches are the first groups of a pattern's matches.
func matches(pattern, text string) (list []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	return list
}
