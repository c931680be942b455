package js

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
)

// errEscapes says that a body is more than a function's body.
var errEscapes = errors.New(`SyntaxError: Unexpected token "}"`)

// compileInline compiles the body of a function as it stands in the
// configuration file. The text that goja sees has the body at its true line and
// column, so that the engine's positions are the file's, without a source map:
// what comes ahead of it stands in the line above.
func compileInline(in Inline, imports []Import) (inlineProgram, *Error) {
	p := inlineProgram{id: in.ID, at: in.At, body: in.Body}
	var names []string
	for i, imp := range imports {
		if isIdentifier(imp.Name) {
			names = append(names, imp.Name)
			p.scope = append(p.scope, i)
		}
	}
	head := p.head(names, in)
	text := head + in.Body + "\n}})"
	tree, err := parser.ParseFile(nil, in.At.File, text, 0, parser.WithDisableSourceMaps)
	if err == nil && !isOneFunction(tree, len(text)) {
		err = errEscapes
	}
	if err == nil {
		p.program, err = goja.CompileAST(tree, true)
	}
	if err != nil {
		return p, p.syntaxError(err)
	}
	return p, nil
}

// head is the text ahead of the body. In a file's first line there is no line
// above it: there the body may have to stand further right than it does.
func (p *inlineProgram) head(names []string, in Inline) string {
	async := "async "
	if in.Sync {
		async = ""
	}
	open := fmt.Sprintf("(function(%s){return %sfunction(%s){", strings.Join(names, ","), async, strings.Join(in.Params, ","))
	pad := in.At.Col - 1
	if in.At.Line > 1 {
		return strings.Repeat("\n", in.At.Line-2) + open + "\n" + strings.Repeat(" ", pad)
	}
	p.shift = max(len(open)-pad, 0)
	return strings.Repeat(" ", max(pad-len(open), 0)) + open
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

// syntaxError places err. What is reported behind the body, as an unclosed
// bracket is, is placed at its end.
func (p *inlineProgram) syntaxError(err error) *Error {
	msg, pos := syntaxError(err)
	at, ok := p.place(pos.Line, pos.Column)
	if !ok && pos.Line > p.at.Line {
		lines := strings.Split(p.body, "\n")
		at, ok = p.place(p.at.Line+len(lines)-1, len(lines[len(lines)-1])+1+p.margin(len(lines)))
		msg = "SyntaxError: Unexpected end of script"
	}
	if !ok {
		at = p.at
	}
	return errorAt(at, "%s", msg)
}

// margin is how far right the body's last line begins, in bytes.
func (p *inlineProgram) margin(lines int) int {
	if lines > 1 {
		return 0
	}
	return p.at.Col - 1 + p.shift
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
