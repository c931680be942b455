package js

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// compileInline compiles the body of a function as it stands in the configuration
// file, whose positions the engine shows.
func compileInline(in Inline, s scope) (*inlineProgram, *Error) {
	lay := layOut(in)
	script := scriptName("inline", in.At.File)
	p := &inlineProgram{id: in.ID, at: in.At, scope: s.imports, lines: 1 + strings.Count(in.Body, "\n"), name: spelled(script, in.At.File)}
	async := "async "
	if in.Sync {
		async = ""
	}
	text := fmt.Sprintf("(function(%s){return %sfunction(%s){\n%s\n}})", strings.Join(s.names, ","), async, strings.Join(in.Params, ","), in.Body)
	tree, err := parseMapped(script, text, lay.sourceMap(in.At.File))
	if err != nil {
		return nil, p.syntaxError(err, lay)
	}
	if !isOneFunction(tree, len(text)) {
		return nil, errorAt(in.At, `SyntaxError: Unexpected token "}"`)
	}
	p.program, err = goja.CompileAST(tree, true)
	if err != nil {
		return nil, p.earlyError(err)
	}
	return p, nil
}

// isOneFunction reports whether the program is what was wrapped around the body
// and nothing else: a body like "} evil {" closes the wrapper.
func isOneFunction(tree *ast.Program, size int) bool {
	outer, ok := only[*ast.ExpressionStatement](tree.Body)
	if !ok {
		return false
	}
	f, ok := outer.Expression.(*ast.FunctionLiteral)
	if !ok {
		return false
	}
	ret, ok := only[*ast.ReturnStatement](f.Body.List)
	if !ok {
		return false
	}
	inner, ok := ret.Argument.(*ast.FunctionLiteral)
	// The last three bytes are "}})"; positions count from 1.
	return ok && inner.Body.RightBrace == file.Idx(size-2) && f.Body.RightBrace == file.Idx(size-1)
}

func only[T ast.Statement](list []ast.Statement) (one T, ok bool) {
	if len(list) != 1 {
		return one, false
	}
	one, ok = list[0].(T)
	return one, ok
}

// syntaxError places an error of the parser, which knows nothing of the file yet.
// What it reports behind the body, as an unclosed bracket is, is placed at its end.
func (p *inlineProgram) syntaxError(err error, lay layout) *Error {
	msg, pos := syntaxError(err)
	at, ok := lay.find(spot{pos.Line, pos.Column})
	if !ok && pos.Line > 1 {
		msg = "SyntaxError: Unexpected end of script"
	}
	return &Error{File: p.at.File, Line: at.line, Col: at.col, Message: msg}
}

// earlyError places an error of the compiler.
func (p *inlineProgram) earlyError(err error) *Error {
	msg, pos := syntaxError(err)
	at, ok := p.place(pos.Filename, pos.Line, pos.Column)
	if !ok {
		at = p.at
	}
	e := errorAt(at, "%s", msg)
	e.Early = true
	return e
}

// scope is what inline scripts see of the imports: those whose names can be a
// variable's.
type scope struct {
	names   []string
	imports []int // their indexes
}

func scopeOf(imports []Import) scope {
	var s scope
	for i, imp := range imports {
		if isIdentifier(imp.Name) {
			s.names = append(s.names, imp.Name)
			s.imports = append(s.imports, i)
		}
	}
	return s
}

var identifier = regexp.MustCompile(`^[\p{L}_$][\p{L}\p{N}_$]*$`)

// isIdentifier reports whether a module's name can be a variable's.
func isIdentifier(name string) bool {
	if !identifier.MatchString(name) {
		return false
	}
	_, err := goja.Compile("", "(function("+name+"){})", true)
	return err == nil
}
