package js

import (
	"encoding/json"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/evanw/esbuild/pkg/api"
)

// lowered is an inline script without what the engine lacks of the language. Running
// it gives a function of require, which returns what the script as it stands would
// give. That must not be a parameter where esbuild sees it: it would rename it.
type lowered struct {
	code    string
	mapping []byte // to the configuration file, as goja wants it
}

// lower has esbuild rewrite an inline script; nil if it finds fault with it.
func (p *inlineProgram) lower() *lowered {
	r := api.Transform("weir="+p.wrapped(p.scope.names), api.TransformOptions{
		Banner:         "(function(require){var weir;",
		Footer:         "return weir})",
		Format:         api.FormatCommonJS,
		Target:         api.ES2022,
		Supported:      supported(),
		Sourcemap:      api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude,
		LogLevel:       api.LogLevelSilent,
	})
	if len(r.Errors) > 0 {
		return nil
	}
	mapping, err := layOut(p.Inline).follow(p.Inline, r.Map)
	if err != nil {
		return nil
	}
	return &lowered{string(r.Code), mapping}
}

// isOneFunctionLowered is isOneFunction of a lowered script: in its function are
// declarations, the first of which is ours, the assignment, and the return.
func isOneFunctionLowered(tree *ast.Program) bool {
	all, ok := only[*ast.ExpressionStatement](tree.Body)
	if !ok {
		return false
	}
	f, ok := all.Expression.(*ast.FunctionLiteral)
	if !ok || len(f.Body.List) < 3 {
		return false
	}
	list := f.Body.List[:len(f.Body.List)-1]
	for _, s := range list[:len(list)-1] {
		if _, ok := s.(*ast.VariableStatement); !ok {
			return false
		}
	}
	last, ok := only[*ast.ExpressionStatement](list[len(list)-1:])
	if !ok {
		return false
	}
	assign, ok := last.Expression.(*ast.AssignExpression)
	return ok && returnsFunction(assign.Right)
}

// compileLowered rewrites the script, and keeps that and what it compiles to; false if
// that does not help.
func (b *bundler) compileLowered(p *inlineProgram) bool {
	p.lowered = p.lower()
	if p.lowered == nil {
		return false
	}
	tree, err := p.parse()
	if err != nil || len(b.findTraps(tree, p.lowered.code, p.place)) > 0 {
		p.lowered = nil
		return false
	}
	program, err := p.compileTree(tree)
	if err != nil {
		p.lowered = nil
		return false
	}
	p.program = func() (*goja.Program, *Error) { return program, nil }
	return true
}

// follow is the source map of what esbuild made of the text, to the configuration
// file.
func (l layout) follow(in Inline, mapping []byte) ([]byte, error) {
	var m struct {
		Mappings string `json:"mappings"`
	}
	if err := json.Unmarshal(mapping, &m); err != nil {
		return nil, err
	}
	places := l.units(in.Body)
	var b []byte
	var from, at, last spot // 0-based, but for last, which is as sourceMap counts
	last = spot{1, 0}
	for i, line := range strings.Split(m.Mappings, ";") {
		if i > 0 {
			b = append(b, ';')
		}
		from.col = 0
		column := 0
		first := true
		for segment := range strings.SplitSeq(line, ",") {
			fields := decodeVLQ(segment)
			if len(fields) < 4 {
				continue
			}
			from.col += fields[0]
			at.line += fields[2]
			at.col += fields[3]
			place, ok := places[spot{at.line + 1, at.col}]
			if !ok {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			b = appendVLQ(b, from.col+1-column, 0, place.line-last.line, place.col-last.col)
			column, last = from.col+1, place
		}
	}
	return json.Marshal(map[string]any{"version": 3, "sources": []string{in.At.File}, "mappings": string(b)})
}

// units are the places in the file, by the lines of the text, from 1, and the columns
// in UTF-16 units, from 0, as source maps count.
func (l layout) units(body string) map[spot]spot {
	places := make(map[spot]spot, len(l))
	line, col := 0, 0
	i := 0
	for _, r := range body {
		if l[i].text.line != line {
			line, col = l[i].text.line, 0
		}
		places[spot{line, col}] = l[i].file
		i++
		if col++; r > 0xffff {
			col++
		}
	}
	return places
}
