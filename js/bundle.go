package js

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"
)

// bundle is the modules of a unit as one script, so that a module that is
// imported twice is one instance. Running it returns a function of exports,
// require and module, as in CommonJS; the exports are "m0", "m1", ...: the
// namespaces of the imports.
type bundle struct {
	code    string
	mapping []byte   // its source map, as goja wants it; nil: it is as it stands in its file
	sources []string // the files of the map
	sloppy  bool     // not strict unless it says so

	program func() (*goja.Program, *Error) // compiles it, once
	script  string                         // what goja calls it
	names   map[string]string              // file names as the engine spells them → as they are
}

// newBundle is a bundle that is not compiled yet.
func newBundle(code string, mapping []byte, sources []string) *bundle {
	b := &bundle{code: code, mapping: mapping, sources: sources, script: "modules", names: map[string]string{}}
	if len(sources) > 0 {
		b.script = scriptName(b.script, sources[0])
	}
	for _, s := range sources {
		if s != entrySpace+":"+entryName {
			b.names[spelled(b.script, s)] = s
		}
	}
	b.program = sync.OnceValues(b.compile)
	return b
}

// link is what is known of one module without running it.
type link struct {
	file    string
	exports []string
	cjs     bool
}

// dynamic reports whether the module's exports show only when it runs.
func (l *link) dynamic() bool {
	return l.cjs || len(l.exports) == 1 && l.exports[0] == "default"
}

// bundler makes bundles with esbuild, in process. What is asked for twice is
// made once: vhosts often have the same imports.
type bundler struct {
	options Options // its Modules may be imported without a file
	shell   bool    // for a Shell: see shellOptions
	main    string  // of a Shell: the module that is run
	files   *moduleFiles
	links   map[string]linked
	bundles map[string]bundled
	exports map[string][]string // of built-in modules that were imported

	warnings Errors
}

type linked struct {
	link *link
	errs Errors
}

type bundled struct {
	bundle *bundle
	errs   Errors
}

func newBundler(fsys fs.FS, o Options) *bundler {
	return &bundler{
		options: o,
		files:   &moduleFiles{fsys: fsys, read: map[string]moduleFile{}},
		links:   map[string]linked{},
		bundles: map[string]bundled{},
		exports: map[string][]string{},
	}
}

// link resolves an import and builds its module alone: faults of one module then
// hide no others, and the exports are known.
func (b *bundler) link(imp Import) (*link, Errors) {
	file, err := b.files.find(imp.File, imp.Dirs)
	if err != nil {
		e := errorAt(imp.At, "module %q: %v", imp.File, err)
		if err == errNoModule {
			e = errorAt(imp.At, "module %q not found%s", imp.File, searched(imp))
		}
		e.Module = imp.Name
		return nil, Errors{e}
	}
	key := linkKey(file, imp.Dirs)
	l, ok := b.links[key]
	if !ok {
		l.link, l.errs = b.buildLink(file, imp.Dirs)
		b.links[key] = l
	}
	return l.link, l.errs
}

func searched(imp Import) string {
	if path.IsAbs(imp.File) || len(imp.Dirs) == 0 {
		return ""
	}
	return " in " + strings.Join(imp.Dirs, ", ")
}

func (b *bundler) buildLink(file string, dirs []string) (*link, Errors) {
	o := b.build(dirs, entry{file: file, roots: append([]string{path.Dir(file)}, dirs...)})
	o.Format = api.FormatESModule
	o.Metafile = true
	r := api.Build(o)
	if errs := b.errors(r); len(errs) > 0 {
		return nil, errs
	}
	return parseMetafile(file, r.Metafile), nil
}

// parseMetafile takes the exports of a module from esbuild's account of a build.
func parseMetafile(file, metafile string) *link {
	var meta struct {
		Inputs  map[string]struct{ Format string }
		Outputs map[string]struct {
			EntryPoint string
			Exports    []string
		}
	}
	l := &link{file: file}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		l.cjs = true // nothing is known
		return l
	}
	for _, o := range meta.Outputs {
		if o.EntryPoint != "" {
			l.exports = o.Exports
			l.cjs = meta.Inputs[o.EntryPoint].Format == "cjs"
		}
	}
	return l
}

// bundle builds the modules of all imports together.
func (b *bundler) bundle(imports []Import, links []*link) (*bundle, Errors) {
	var entry strings.Builder
	var dirs []string
	for i, imp := range imports {
		fmt.Fprintf(&entry, "export * as m%d from %s;\n", i, quote(links[i].file))
		dirs = append(dirs, imp.Dirs...)
	}
	key := fmt.Sprintf("%s%q", entry.String(), dirs)
	made, ok := b.bundles[key]
	if !ok {
		made.bundle, made.errs = b.buildBundle(entry.String(), dirs, rootsOf(imports, links))
		b.bundles[key] = made
	}
	return made.bundle, made.errs
}

func (b *bundler) buildBundle(text string, dirs, roots []string) (*bundle, Errors) {
	if b.shell {
		roots = nil
	}
	o := b.build(dirs, entry{text: text, roots: roots})
	o.Format = api.FormatCommonJS
	return b.wrapped(o, "function")
}

// wrapped builds a bundle that is a function of exports, require and module.
func (b *bundler) wrapped(o api.BuildOptions, function string) (*bundle, Errors) {
	o.Sourcemap, o.SourcesContent = api.SourceMapExternal, api.SourcesContentExclude
	o.Banner = map[string]string{"js": "(" + function + "(exports,require,module){"}
	o.Footer = map[string]string{"js": "})"}
	r := api.Build(o)
	if errs := b.errors(r); len(errs) > 0 {
		return nil, errs
	}
	made, errs := bundleOf(r)
	if len(errs) > 0 {
		return nil, errs
	}
	if errs := b.check(made); len(errs) > 0 {
		return nil, errs
	}
	return made, nil
}

// check looks for faults in a bundle and compiles it, and keeps that.
func (b *bundler) check(made *bundle) Errors {
	tree, fault := made.parse()
	if fault != nil {
		return Errors{fault}
	}
	if errs := b.findTraps(tree, made.code, made.place); len(errs) > 0 {
		return errs
	}
	program, fault := made.compileTree(tree)
	if fault != nil {
		return Errors{fault}
	}
	made.program = func() (*goja.Program, *Error) { return program, nil }
	return nil
}

// bundleOf is what esbuild made: a script and its source map.
func bundleOf(r api.BuildResult) (*bundle, Errors) {
	var code, mapping []byte
	for _, f := range r.OutputFiles {
		if strings.HasSuffix(f.Path, ".map") {
			mapping = f.Contents
		} else {
			code = f.Contents
		}
	}
	mapping, sources, err := adaptMap(mapping)
	if err != nil {
		return nil, Errors{{Message: fmt.Sprintf("source map: %v", err)}}
	}
	return newBundle(string(code), mapping, sources), nil
}

func quote(s string) string {
	b, _ := json.Marshal(s) //nolint:errcheck // a string always encodes
	return string(b)
}
