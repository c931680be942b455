package js

import (
	"fmt"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"

	"weir/confparse"
)

// Trap is something that reads as if it would work.
type Trap string

// Traps.
const (
	TrapAsync  Trap = "async"  // an error: a function that is async where that cannot be
	TrapLocale Trap = "locale" // toLocaleString and Intl: the engine knows no locales
	TrapEval   Trap = "eval"   // eval and Function: code cannot be made from strings
)

// trapFinder looks through a script for what runs and does not do what it says, for
// what must not be there, and for imports of nothing.
type trapFinder struct {
	tree     *ast.Program
	place    func(file string, line, col int) (Place, bool)
	noBigInt bool
	exports  func(builtin string) []string // nil: not known

	imported map[string]string // variables that are imports → built-in modules
	warnings Errors
	errors   Errors
}

// mayHaveTraps spares most scripts the search.
func mayHaveTraps(text string) bool {
	return slices.ContainsFunc([]string{"toLocale", "Intl", "require(", "BigInt", "eval(", "Function("}, func(s string) bool { return strings.Contains(text, s) }) ||
		bigLiteral.MatchString(text)
}

var bigLiteral = regexp.MustCompile(`\b[0-9][0-9A-Fa-f_xXoObB]*n\b`)

// findTraps keeps the warnings and returns the errors.
func (b *bundler) findTraps(tree *ast.Program, text string, place func(string, int, int) (Place, bool)) Errors {
	if !mayHaveTraps(text) {
		return nil
	}
	f := trapFinder{tree: tree, place: place, noBigInt: b.options.NoBigInt, exports: b.builtinExports, imported: map[string]string{}}
	walk(tree, f.visitImport) // whose use may stand ahead of them
	walk(tree, f.visit)
	b.warnings = append(b.warnings, f.warnings...)
	return f.errors
}

func (f *trapFinder) visitImport(node any) bool {
	if b, ok := node.(*ast.Binding); ok {
		f.importOf(b)
	}
	return true
}

func (f *trapFinder) visit(node any) bool {
	switch n := node.(type) {
	case *ast.UnaryExpression:
		return n.Operator.String() != "typeof" // which is how scripts ask
	case *ast.DotExpression:
		f.member(n)
	case *ast.CallExpression:
		f.evaluation(n.Callee)
		f.call(n)
	case *ast.NewExpression:
		f.evaluation(n.Callee)
	case *ast.Identifier:
		if n.Name == "Intl" {
			f.warn(n.Idx, TrapLocale, "Intl is not there", "scripts know no locales: format by hand")
		}
		if n.Name == "BigInt" {
			f.bigInt(n.Idx)
		}
	case *ast.NumberLiteral:
		if _, ok := n.Value.(*big.Int); ok {
			f.bigInt(n.Idx)
		}
	}
	return true
}

// evaluation is a call of what throws an EvalError here.
func (f *trapFinder) evaluation(callee ast.Expression) {
	if id, ok := callee.(*ast.Identifier); ok && (id.Name == "eval" || id.Name == "Function") {
		f.warn(id.Idx, TrapEval, id.Name.String()+" throws: code cannot be made from strings", "write the function, or choose among some by name")
	}
}

// bigInt is a use of numbers without bounds.
func (f *trapFinder) bigInt(at file.Idx) {
	if f.noBigInt {
		f.errors = append(f.errors, f.errorAt(at, "BigInt is not available where scripts run in the server's own process: it could take all memory"))
	}
}

func (f *trapFinder) call(n *ast.CallExpression) {
	callee, ok := n.Callee.(*ast.DotExpression)
	if !ok || len(n.ArgumentList) == 0 {
		return
	}
	switch name := callee.Identifier.Name.String(); name {
	case "toLocaleString", "toLocaleDateString", "toLocaleTimeString":
		f.warn(callee.Identifier.Idx, TrapLocale, name+" ignores the locale and the options that it is given", "scripts know no locales: format by hand, or use toISOString")
	}
}

// importOf remembers a variable that is a built-in module, as esbuild writes imports.
func (f *trapFinder) importOf(b *ast.Binding) {
	id, ok := b.Target.(*ast.Identifier)
	if !ok || b.Initializer == nil {
		return
	}
	name := id.Name.String()
	call, ok := b.Initializer.(*ast.CallExpression)
	if ok && calls(call, "__toESM") && len(call.ArgumentList) > 0 {
		call, ok = call.ArgumentList[0].(*ast.CallExpression)
	} else if !strings.HasPrefix(name, "import_") {
		return
	}
	if !ok || !calls(call, "require") || len(call.ArgumentList) != 1 {
		return
	}
	if spec, ok := call.ArgumentList[0].(*ast.StringLiteral); ok {
		f.imported[name] = spec.Value.String()
	}
}

func calls(c *ast.CallExpression, name string) bool {
	id, ok := c.Callee.(*ast.Identifier)
	return ok && id.Name.String() == name
}

// member finds imports of names that a built-in module does not export.
func (f *trapFinder) member(n *ast.DotExpression) {
	id, ok := n.Left.(*ast.Identifier)
	if !ok {
		return
	}
	spec, ok := f.imported[id.Name.String()]
	name := n.Identifier.Name.String()
	if !ok || name == "default" {
		return
	}
	known := f.exports(strings.TrimPrefix(spec, "node:"))
	if known == nil || slices.Contains(known, name) {
		return
	}
	e := f.errorAt(n.Idx0(), "SyntaxError: module %q has no export %q", spec, name)
	if near := confparse.Suggest(name, known); near != "" {
		e.Hint = fmt.Sprintf("did you mean %q?", near)
	}
	f.errors = append(f.errors, e)
}

// warn leaves out packages: they are not the operator's to change.
func (f *trapFinder) warn(at file.Idx, t Trap, message, hint string) {
	e := f.errorAt(at, "%s", message)
	e.Trap, e.Hint = t, hint
	if !inPackages(path.Dir(e.File)) {
		f.warnings = append(f.warnings, e)
	}
}

func (f *trapFinder) errorAt(at file.Idx, format string, args ...any) *Error {
	pos := f.tree.File.Position(int(at) - 1)
	p, _ := f.place(pos.Filename, pos.Line, pos.Column) //nolint:errcheck // it is no error
	return errorAt(p, "%s", fmt.Sprintf(format, args...))
}
