package js

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/evanw/esbuild/pkg/api"
)

// Exported is what a module exports: names, sorted. Err is ErrHidden where that
// does not show, and Errors where the module has faults.
type Exported struct {
	Names []string
	Err   error
}

// Exports lists what the modules in files export, as far as that shows without
// running them. Of a module that exports an object by default and nothing else, as
// njs's do, it is the object's members. A text can bring its parser, and with that
// the process, down.
func Exports(fsys fs.FS, files []string) []Exported {
	l := make([]Exported, len(files))
	for i, file := range files {
		l[i].Names, l[i].Err = fileExports(fsys, file)
	}
	return l
}

func fileExports(fsys fs.FS, file string) ([]string, error) {
	b := newBundler(fsys, Options{})
	o := b.build(nil, entry{file: file})
	o.Plugins = append([]api.Plugin{packagesApart}, o.Plugins...)
	o.Format = api.FormatESModule
	o.Metafile = true
	r := api.Build(o)
	if errs := b.errors(r); len(errs) > 0 {
		return nil, errs
	}
	l := parseMetafile(file, r.Metafile)
	names, known := l.exports, !l.cjs
	if known && l.dynamic() {
		names, known = members(string(r.OutputFiles[0].Contents))
	}
	if !known {
		return nil, ErrHidden
	}
	return slices.Sorted(slices.Values(names)), nil
}

// ErrHidden says that it takes a module to run to know what it exports.
var ErrHidden = errors.New("what the module exports shows only when it runs")

// packagesApart leaves out what is imported by a name, and no path: it says
// nothing of what the module exports.
var packagesApart = api.Plugin{Name: "packages", Setup: func(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: `^[^./<]`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		if a.Kind == api.ResolveEntryPoint || a.Namespace == entrySpace {
			return api.OnResolveResult{}, nil
		}
		return api.OnResolveResult{Path: a.Path, External: true}, nil
	})
}}

var (
	importLine = regexp.MustCompile(`(?m)^import .*;$`)
	exportList = regexp.MustCompile(`(?s)\nexport \{\s*(\S+) as default\s*\};\s*$`)
)

// members are those of the object that a module, as esbuild writes it, exports by
// default.
func members(text string) (names []string, known bool) {
	m := exportList.FindStringSubmatchIndex(text)
	if m == nil {
		return nil, false
	}
	name := text[m[2]:m[3]]
	tree, err := goja.Parse("", importLine.ReplaceAllString(text[:m[0]+1], ""))
	if err != nil {
		return nil, false
	}
	object := objectOf(tree, name)
	if object == nil {
		return nil, false
	}
	for _, p := range object.Value {
		switch p := p.(type) {
		case *ast.PropertyShort:
			names = append(names, p.Name.Name.String())
		case *ast.PropertyKeyed:
			key, ok := p.Key.(*ast.StringLiteral)
			if !ok || p.Computed {
				return nil, false
			}
			names = append(names, key.Value.String())
		default:
			return nil, false
		}
	}
	return names, true
}

// objectOf finds the object literal that a variable of the top level is; nil if it
// is something else.
func objectOf(tree *ast.Program, name string) *ast.ObjectLiteral {
	values := map[string]ast.Expression{}
	for _, s := range tree.Body {
		var list []*ast.Binding
		switch s := s.(type) {
		case *ast.VariableStatement:
			list = s.List
		case *ast.LexicalDeclaration:
			list = s.List
		}
		for _, b := range list {
			if id, ok := b.Target.(*ast.Identifier); ok {
				values[id.Name.String()] = b.Initializer
			}
		}
	}
	for range len(values) {
		switch v := values[name].(type) {
		case *ast.ObjectLiteral:
			return v
		case *ast.Identifier:
			name = v.Name.String()
		default:
			return nil
		}
	}
	return nil
}
