package js

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// inline compiles an inline script, and keeps that.
func (b *bundler) inline(in Inline, s scope) (*inlineProgram, Errors) {
	p := newInline(in, s)
	tree, err := p.parse()
	if err != nil {
		if b.compileLowered(p) {
			return p, nil
		}
		return nil, Errors{err}
	}
	if errs := b.findTraps(tree, in.Body, p.place); len(errs) > 0 {
		return nil, errs
	}
	program, err := p.compileTree(tree)
	if err != nil {
		if b.compileLowered(p) {
			return p, nil
		}
		return nil, Errors{err}
	}
	p.program = func() (*goja.Program, *Error) { return program, nil }
	return p, nil
}

// newInline is an inline script that is not compiled yet.
func newInline(in Inline, s scope) *inlineProgram {
	p := &inlineProgram{
		Inline: in, scope: s,
		lines: 1 + strings.Count(in.Body, "\n"),
		name:  spelled(scriptName("inline", in.At.File), in.At.File),
	}
	p.program = sync.OnceValues(p.compile)
	return p
}

func (p *inlineProgram) compile() (*goja.Program, *Error) {
	tree, err := p.parse()
	if err != nil {
		return nil, err
	}
	return p.compileTree(tree)
}

// parse parses the body of a function as it stands in the configuration file, whose
// positions the engine shows.
func (p *inlineProgram) parse() (*ast.Program, *Error) {
	script := scriptName("inline", p.At.File)
	if l := p.lowered; l != nil {
		tree, err := parseMapped(script, l.code, l.mapping)
		if err != nil || !isOneFunctionLowered(tree) {
			return nil, errorAt(p.At, "SyntaxError: Unexpected token")
		}
		return tree, nil
	}
	lay := layOut(p.Inline)
	text := p.wrapped(p.outer())
	tree, err := parseMapped(script, text, lay.sourceMap(p.At.File))
	if err != nil {
		return nil, p.syntaxError(err, lay)
	}
	if !isOneFunction(tree, len(text)) {
		return nil, errorAt(p.At, `SyntaxError: Unexpected token "}"`)
	}
	return tree, nil
}

// wrapped is the body in the function that it is the body of, and that in one whose
// parameters are what the body sees of its unit. It begins the second line.
func (p *inlineProgram) wrapped(outer []string) string {
	async := "async "
	if p.Sync || !strings.Contains(p.Body, "await") { // which costs more than all the rest of a call
		async = ""
	}
	return fmt.Sprintf("(function(%s){return %sfunction(%s){\n%s\n}})", strings.Join(outer, ","), async, strings.Join(p.Params, ","), p.Body)
}

// outer are the names of the unit's that the body sees, require first, unless a module
// has that name.
func (p *inlineProgram) outer() []string {
	if slices.Contains(p.scope.names, "require") {
		return p.scope.names
	}
	return append([]string{"require"}, p.scope.names...)
}

func (p *inlineProgram) compileTree(tree *ast.Program) (*goja.Program, *Error) {
	program, err := compileTree(tree, p.Body, true)
	if err != nil {
		return nil, p.earlyError(err)
	}
	return program, nil
}

// isOneFunction reports whether the program is what was wrapped around the body
// and nothing else: a body like "} evil {" closes the wrapper.
func isOneFunction(tree *ast.Program, size int) bool {
	outer, ok := only[*ast.ExpressionStatement](tree.Body)
	if !ok || !returnsFunction(outer.Expression) {
		return false
	}
	f := outer.Expression.(*ast.FunctionLiteral)
	inner := f.Body.List[0].(*ast.ReturnStatement).Argument.(*ast.FunctionLiteral)
	// The last three bytes are "}})"; positions count from 1.
	return inner.Body.RightBrace == file.Idx(size-2) && f.Body.RightBrace == file.Idx(size-1)
}

// returnsFunction reports whether an expression is a function that does nothing but
// return one.
func returnsFunction(e ast.Expression) bool {
	f, ok := e.(*ast.FunctionLiteral)
	if !ok {
		return false
	}
	ret, ok := only[*ast.ReturnStatement](f.Body.List)
	if !ok {
		return false
	}
	_, ok = ret.Argument.(*ast.FunctionLiteral)
	return ok
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
	e := &Error{File: p.At.File, Line: at.line, Col: at.col, Message: msg}
	if p.Sync && strings.Contains(p.Body, "await") {
		e.Hint = "this block cannot await: its answer is needed at once"
	}
	return e
}

// earlyError places an error of the compiler.
func (p *inlineProgram) earlyError(err error) *Error {
	msg, pos := syntaxError(err)
	at, ok := p.place(pos.Filename, pos.Line, pos.Column)
	if !ok {
		at = p.At
	}
	e := errorAt(at, "%s", msg)
	e.Early = true
	return e
}

// scope is what inline scripts see of the imports: those whose names can be a
// variable's.
type scope struct {
	names   []string
	imports []int // their indexes in the unit's names
}

func scopeOf(list []string) scope {
	var s scope
	for i, name := range list {
		if isIdentifier(name) && !slices.Contains(s.names, name) { // a name that is there twice has a finding elsewhere
			s.names = append(s.names, name)
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
