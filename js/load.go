package js

import (
	"io/fs"

	"github.com/dop251/goja"
)

// Load says where files are looked for that are required, or imported by an import()
// whose module shows only when it runs. Each is a bundle with what it imports, which
// nothing else shares. The global require is made for it. Enter needs it.
func (s *Shell) Load(fsys fs.FS, dirs []string) {
	s.loader, s.dirs = newBundler(fsys, s.options), dirs
	s.vm.load = s.load
	s.vm.replace(s.vm.rt.GlobalObject(), "require", s.vm.requireFunc())
}

// load is the namespace of a module in a file; nil if there is none.
func (s *Shell) load(spec string) (goja.Value, error) {
	file, err := s.loader.files.find(spec, s.dirs)
	if err == errNoModule {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if s.loaded[file] == nil {
		if s.loaded[file], err = s.loadFile(file); err != nil {
			return nil, err
		}
	}
	return s.loaded[file], nil
}

func (s *Shell) loadFile(file string) (goja.Value, error) {
	imports := []Import{{File: file, Dirs: s.dirs}}
	b, errs := s.loader.bundle(imports, []*link{{file: file}})
	if len(errs) > 0 {
		return nil, &Throw{Class: "SyntaxError", Message: errs[0].Error()}
	}
	s.vm.scripts = append(s.vm.scripts, b)
	all, err := s.vm.exportsOf(b)
	if err != nil {
		return nil, err
	}
	module := all.Get("m0").ToObject(s.vm.rt)
	_ = module.DefineDataProperty("__esModule", s.vm.rt.ToValue(true), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE) // esbuild's mark of one that has a default of its own
	return module, nil
}
