package js

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
)

// compile gives esbuild's output to goja, which reads positions through the
// source map wherever it shows them.
func (b *bundle) compile() (*goja.Program, *Error) {
	tree, fault := b.parse()
	if fault != nil {
		return nil, fault
	}
	return b.compileTree(tree)
}

func (b *bundle) parse() (*ast.Program, *Error) {
	tree, err := parseMapped(b.script, b.code, b.mapping)
	if err != nil {
		return nil, b.syntaxError(err)
	}
	return tree, nil
}

func (b *bundle) compileTree(tree *ast.Program) (*goja.Program, *Error) {
	p, err := compileTree(tree, b.code, !b.sloppy)
	if err != nil {
		return nil, b.syntaxError(err)
	}
	return p, nil
}

// parseMapped parses a script that has a source map, unless that is nil.
func parseMapped(name, code string, mapping []byte) (tree *ast.Program, err error) {
	defer func() { // of a few texts, as '\u{10FFFF}', the engine's parser makes a panic
		if r := recover(); r != nil {
			err = fmt.Errorf("SyntaxError: the engine cannot read the script: %v", r)
		}
	}()
	if mapping == nil {
		return goja.Parse(name, code)
	}
	return parser.ParseFile(nil, name, code+"\n//# sourceMappingURL=map", 0,
		parser.WithSourceMapLoader(func(string) ([]byte, error) { return mapping, nil }))
}

func (b *bundle) place(file string, line, col int) (Place, bool) {
	name, ok := b.names[file]
	if !ok {
		return Place{}, false
	}
	return Place{File: name, Line: line, Col: col}, true
}

func (b *bundle) syntaxError(err error) *Error {
	msg, pos := syntaxError(err)
	e := &Error{Message: msg}
	if p, ok := b.place(pos.Filename, pos.Line, pos.Column); ok {
		e.File, e.Line, e.Col = p.File, p.Line, p.Col
	}
	return e
}

// syntaxError takes the position out of an error of goja's parser or compiler.
func syntaxError(err error) (string, file.Position) {
	var list parser.ErrorList
	var early *goja.CompilerSyntaxError
	switch {
	case errors.As(err, &list) && len(list) > 0:
		return "SyntaxError: " + strings.TrimPrefix(list[0].Message, "SyntaxError: "), list[0].Position
	case errors.As(err, &early) && early.File != nil:
		return "SyntaxError: " + early.Message, early.File.Position(early.Offset)
	}
	return err.Error(), file.Position{}
}

// adaptMap makes esbuild's source map fit goja, which counts columns from 1 when
// it asks and takes them for such when it is answered: all columns, generated
// and original, become one higher. sources are the names of the map's files.
func adaptMap(mapping []byte) (adapted []byte, sources []string, err error) {
	var m struct {
		Version  int      `json:"version"`
		Sources  []string `json:"sources"`
		Names    []string `json:"names"`
		Mappings string   `json:"mappings"`
	}
	if err := json.Unmarshal(mapping, &m); err != nil {
		return nil, nil, err
	}
	for i, s := range m.Sources {
		m.Sources[i] = strings.TrimPrefix(s, fileSpace+":")
	}
	m.Mappings = shiftColumns(m.Mappings)
	adapted, err = json.Marshal(m)
	return adapted, m.Sources, err
}

// shiftColumns adds one to every column. Columns are differences: the generated
// one from the segment before it in the line, the original one from the segment
// before it in the map (source map revision 3). So the first of each changes.
func shiftColumns(mappings string) string {
	lines := strings.Split(mappings, ";")
	original := false
	for i, line := range lines {
		if line == "" {
			continue
		}
		first, rest, more := strings.Cut(line, ",")
		fields := decodeVLQ(first)
		if len(fields) == 0 {
			continue
		}
		fields[0]++
		if !original && len(fields) >= 4 {
			fields[3]++
			original = true
		}
		lines[i] = string(appendVLQ(nil, fields...))
		if more {
			lines[i] += "," + rest
		}
	}
	return strings.Join(lines, ";")
}
