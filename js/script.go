package js

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"
)

// Script is a file for a Shell: a module with all that it imports, or, if it neither
// imports nor exports nor awaits at its top level, a plain script. That runs in the
// global scope, sloppy unless it says "use strict".
type Script struct {
	bundle *bundle
	module bool // running it gives an async function of exports, require and module
	files  []File
}

// Files returns the files that were read or looked for, as a Program's does.
func (s *Script) Files() []File { return s.files }

// CompileScript compiles the script in a file. What it imports is looked for among
// the Modules of the options, beside the importing file, and in dirs. The error is an
// Errors; the script is good for its Files alone then.
func CompileScript(fsys fs.FS, file string, dirs []string, o Options) (*Script, error) {
	b := newBundler(fsys, o)
	b.shell = true
	s := &Script{}
	errs := b.script(s, file, dirs)
	s.files = b.files.list()
	if len(errs) > 0 {
		return s, errs
	}
	return s, nil
}

func (b *bundler) script(s *Script, file string, dirs []string) Errors {
	name, err := b.files.find(file, nil)
	if err != nil {
		return Errors{{Message: fmt.Sprintf("%s: %v", file, err)}}
	}
	text, _ := b.files.open(name) //nolint:errcheck // it was found
	plain, module, errs := b.parseScript(name, text)
	if len(errs) > 0 {
		return errs
	}
	s.module = module
	if module {
		s.bundle, errs = b.buildModule(name, dirs)
		return errs
	}
	s.bundle = newPlain(name, hashbang(text))
	if _, fault := s.bundle.program(); fault == nil {
		return nil
	}
	s.bundle = plain // what the engine lacks is rewritten there
	if _, fault := s.bundle.program(); fault != nil {
		return Errors{fault}
	}
	return nil
}

// hashbang makes the first line a comment if it names an interpreter.
func hashbang(text string) string {
	if rest, ok := strings.CutPrefix(text, "#!"); ok {
		return "//" + rest
	}
	return text
}

// newPlain is a plain script as it stands in its file.
func newPlain(name, text string) *bundle {
	b := newBundle(text, nil, nil)
	b.script, b.sloppy = name, true
	b.names[name] = name
	return b
}

// parseScript reads a script without what it imports. It returns it as a plain one,
// rewritten for the engine, or says that it is a module.
func (b *bundler) parseScript(name, text string) (plain *bundle, module bool, errs Errors) {
	o := b.shellOptions(nil, entry{})
	o.Bundle, o.Plugins, o.EntryPoints, o.Format = false, nil, nil, api.FormatDefault
	o.Stdin = &api.StdinOptions{Contents: text, Sourcefile: path.Base(name), Loader: loader(name)}
	o.Sourcemap, o.SourcesContent = api.SourceMapExternal, api.SourcesContentExclude
	r := api.Build(o)
	if errs := b.errors(r); len(errs) > 0 {
		for _, e := range errs {
			e.File = name
		}
		return nil, false, errs
	}
	if isModuleFile(name) || isESM(r.Metafile) {
		return nil, true, nil
	}
	plain, errs = bundleOf(r)
	if plain != nil {
		plain.sloppy = true
		plain.names = map[string]string{spelled(plain.script, path.Base(name)): name}
	}
	return plain, false, errs
}

// isModuleFile reports whether a file is a module by its name.
func isModuleFile(name string) bool {
	switch path.Ext(name) {
	case ".mjs", ".mts", ".ts", ".cjs":
		return true
	}
	return false
}

// isESM reports whether what was built imports, exports, or awaits at its top level.
func isESM(metafile string) bool {
	var meta struct {
		Inputs map[string]struct{ Format string }
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return false
	}
	for _, i := range meta.Inputs {
		if i.Format == "esm" {
			return true
		}
	}
	return false
}

// buildModule bundles a module with what it imports. It may await at its top level.
func (b *bundler) buildModule(name string, dirs []string) (*bundle, Errors) {
	if path.Ext(name) != ".cjs" {
		b.main = name
	}
	o := b.shellOptions(dirs, entry{text: "import " + quote(name) + ";"})
	return b.wrapped(o, "async function")
}

// shellOptions are those of a build that a Shell runs.
func (b *bundler) shellOptions(dirs []string, e entry) api.BuildOptions {
	o := b.build(dirs, e)
	o.Format = api.FormatESModule
	o.Charset = api.CharsetUTF8
	o.Metafile = true
	o.Supported["top-level-await"] = true
	o.Supported["import-meta"] = false
	return o
}

// run runs a script in the global scope; of a module, its promise is returned.
func (s *Script) run(m *vm) (goja.Value, error) {
	p, fault := s.bundle.program()
	if fault != nil {
		return nil, fault
	}
	if err := m.runWanted(s.bundle, s.bundle.code); err != nil {
		return nil, err
	}
	m.scripts = append(m.scripts, s.bundle)
	v, err := m.rt.RunProgram(p)
	if err != nil || !s.module {
		return goja.Undefined(), err
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		return nil, fmt.Errorf("%s is not a function", s.bundle.script)
	}
	module := m.rt.NewObject()
	exports := m.rt.NewObject()
	_ = module.Set("exports", exports) // a new object takes every property
	return f(goja.Undefined(), exports, m.requireFunc(), module)
}
