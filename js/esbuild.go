package js

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"weir/confparse"
)

// Namespaces of esbuild: of module files, of the entry that we write, and of built-in
// modules that are bundled.
const (
	fileSpace    = "weir"
	entrySpace   = "entry"
	builtinSpace = "builtin"
	// entryName lies in a directory that is not there: esbuild lists that of an
	// entry, on the disk, at each build.
	entryName = "<entry>/modules"
)

// entry is what a build begins with: a module file, or text of ours.
type entry struct {
	file, text string
	roots      []string // see mayImport
}

// build are esbuild's options for one build. The target is what goja runs: ES2022
// without a few things, which esbuild rewrites.
func (b *bundler) build(dirs []string, e entry) api.BuildOptions {
	return api.BuildOptions{
		EntryPoints: []string{entryName},

		Bundle:      true,
		Platform:    api.PlatformNeutral,
		Target:      api.ES2022,
		Supported:   supported(),
		Outfile:     "modules.js",
		TsconfigRaw: "{}",
		LogLevel:    api.LogLevelSilent,
		LogOverride: map[string]api.LogLevel{"import-is-undefined": api.LogLevelError},
		Plugins:     []api.Plugin{b.plugin(dirs, e)},
	}
}

// supported says where the engine differs from ES2022. Regular expressions stay as
// they are: see compileTree.
func supported() map[string]bool {
	return map[string]bool{
		"async-generator": false, "for-await": false, "dynamic-import": false, "decorators": false,
		"using": false, "top-level-await": false, "regexp-set-notation": true,
		"unicode-escapes": false, // the parser's panic: see parseMapped
	}
}

// plugin resolves and loads modules through the bundler's files, and nothing else.
func (b *bundler) plugin(dirs []string, e entry) api.Plugin {
	return api.Plugin{Name: fileSpace, Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			if a.Kind == api.ResolveEntryPoint {
				return e.resolved(), nil
			}
			return b.resolve(a, dirs, e.roots), nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: entrySpace}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			return api.OnLoadResult{Contents: &e.text, Loader: api.LoaderJS}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: builtinSpace}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text := "module.exports = require(" + quote(a.Path) + ");"
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: fileSpace}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text, err := b.files.open(a.Path)
			if a.Path == b.main {
				text += "\nexport {};" // esbuild doubts that what only imports is a module
			}
			return api.OnLoadResult{Contents: &text, Loader: loader(a.Path)}, err
		})
	}}
}

func (e entry) resolved() api.OnResolveResult {
	if e.file != "" {
		return api.OnResolveResult{Path: e.file, Namespace: fileSpace}
	}
	return api.OnResolveResult{Path: entryName, Namespace: entrySpace}
}

func (b *bundler) resolve(a api.OnResolveArgs, dirs, roots []string) api.OnResolveResult {
	switch {
	case a.Namespace == entrySpace || strings.HasPrefix(a.Importer, entrySpace+":"):
		return api.OnResolveResult{Path: a.Path, Namespace: fileSpace}
	case b.shell && a.Namespace == builtinSpace:
		return api.OnResolveResult{Path: a.Path, External: true}
	case b.shell && b.isBuiltin(a.Path):
		return api.OnResolveResult{Path: a.Path, Namespace: builtinSpace}
	case b.isBuiltin(a.Path):
		return api.OnResolveResult{Path: a.Path, External: true}
	}
	name, err := b.find(a, dirs)
	if err == nil && mayImport(name, a.Importer, roots) {
		return api.OnResolveResult{Path: name, Namespace: fileSpace}
	}
	if err == nil {
		return api.OnResolveResult{Errors: []api.Message{outside(a.Path, name)}}
	}
	m := api.Message{ID: unresolved, Text: "module " + quote(a.Path) + ": " + err.Error()}
	if err == errNoModule {
		m.Text = "module " + quote(a.Path) + " not found"
		m.Notes = []api.Note{{Text: b.elsewhere(a)}}
	}
	return api.OnResolveResult{Errors: []api.Message{m}}
}

// find finds the file that an import means.
func (b *bundler) find(a api.OnResolveArgs, dirs []string) (string, error) {
	beside := path.Dir(a.Importer)
	where := dirs
	if isRelative(a.Path) {
		where = []string{beside}
		if inPackages(beside) {
			return b.files.findFile(path.Join(beside, a.Path))
		}
	}
	if b.shell { // as njs's does, beside the importing file first
		where = append([]string{beside}, dirs...)
	}
	if !inPackages(beside) {
		name, err := b.files.find(a.Path, where)
		if err != errNoModule || isRelative(a.Path) || path.IsAbs(a.Path) {
			return name, err
		}
	}
	kind := "import"
	if a.Kind == api.ResolveJSRequireCall {
		kind = "require"
	}
	return b.files.findPackage(a.Path, beside, kind)
}

func isRelative(spec string) bool {
	return spec == "." || spec == ".." || strings.HasPrefix(spec, "./") || strings.HasPrefix(spec, "../")
}

func inPackages(dir string) bool { return slices.Contains(strings.Split(dir, "/"), "node_modules") }

// elsewhere says what to do about a module that is not found.
func (b *bundler) elsewhere(a api.OnResolveArgs) string {
	if isRelative(a.Path) || path.IsAbs(a.Path) {
		return ""
	}
	var names []string
	for _, m := range b.options.Modules {
		names = append(names, m.Name)
	}
	if near := confparse.Suggest(strings.TrimPrefix(a.Path, "node:"), names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "no built-in module has this name, no file in js_path, and no package in node_modules beside " + a.Importer + " and above"
}

// unresolved marks the plugin's own messages.
const unresolved = "unresolved"

func (b *bundler) isBuiltin(spec string) bool {
	name := strings.TrimPrefix(spec, "node:")
	return name != "" && slices.ContainsFunc(b.options.Modules, func(m Module) bool { return m.Name == name && !m.internal() })
}

func loader(name string) api.Loader {
	switch path.Ext(name) {
	case ".ts", ".mts", ".cts":
		return api.LoaderTS
	case ".json":
		return api.LoaderJSON
	}
	return api.LoaderJS
}

// errors turns esbuild's messages into ours.
func (b *bundler) errors(r api.BuildResult) Errors {
	var errs Errors
	for _, m := range r.Errors {
		e := &Error{Message: message(m)}
		if l := m.Location; l != nil {
			e.File = path.Clean(strings.TrimPrefix(l.File, fileSpace+":"))
			e.Line, e.Col = l.Line, runeCol(l.LineText, l.Column+1)
		}
		e.Hint = hintOf(m)
		errs = append(errs, e)
	}
	return errs
}

// hintOf is the first note that says what to do.
func hintOf(m api.Message) string {
	for _, n := range m.Notes {
		if m.PluginName == fileSpace || strings.HasPrefix(n.Text, "Did you mean") {
			return strings.Replace(n.Text, "Did you", "did you", 1)
		}
	}
	return ""
}

func message(m api.Message) string {
	switch {
	case strings.HasPrefix(m.Text, "Top-level await"):
		return "SyntaxError: a module cannot await at its top level: do it in a function"
	case m.PluginName == fileSpace && strings.HasPrefix(m.Text, "module "):
		return m.Text
	}
	return "SyntaxError: " + strings.ReplaceAll(m.Text, `"`+fileSpace+":", `"`)
}
