package js

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/evanw/esbuild/pkg/api"
)

// Enter runs what was typed at a prompt in the global scope, and returns how its value
// is shown. It may import, and await: what it declares is global all the same. more
// says that it is the beginning of something, and nothing was done.
func (s *Shell) Enter(ctx context.Context, text string) (shown string, more bool, err error) {
	if strings.TrimSpace(text) == "" {
		return "", false, nil
	}
	run, more, err := s.entered(text)
	if more || err != nil {
		return "", more, err
	}
	v, err := s.await(ctx, run)
	if err != nil {
		return "", false, err
	}
	if box, ok := v.(*goja.Object); ok && box.ClassName() == "Array" {
		v = box.Get("0")
	}
	err = s.enter(func() error {
		exports, err := s.vm.require("weir:inspect")
		if err != nil {
			return err
		}
		inspect, _ := goja.AssertFunction(exports.ToObject(s.vm.rt).Get("inspect"))
		text, err := inspect(goja.Undefined(), v)
		if err == nil {
			shown = text.String()
		}
		return err
	})
	return shown, false, err
}

// prompt is the file that positions in what was typed are of.
const prompt = "<prompt>"

// entered is what runs a text: it returns the value, in an array of one that await
// does not look into, or a promise of such.
func (s *Shell) entered(text string) (run func() (goja.Value, error), more bool, err error) {
	if literal := strings.TrimSpace(text); strings.HasPrefix(literal, "{") && !strings.HasSuffix(literal, ";") {
		if p, err := compileEntered("(" + text + "\n)"); err == nil { // an object, as in Node
			return s.plainly(p), false, nil
		}
	}
	if !awaits.MatchString(text) {
		if p, err := compileEntered(text); err == nil {
			return s.plainly(p), false, nil
		}
	}
	return s.rewritten(text)
}

// awaits finds what the engine cannot run, or would take for a name.
var awaits = regexp.MustCompile(`\bawait\b`)

func compileEntered(text string) (*goja.Program, error) {
	tree, err := goja.Parse(prompt, text)
	if err != nil {
		return nil, err
	}
	return compileTree(tree, text, false)
}

func (s *Shell) plainly(p *goja.Program) func() (goja.Value, error) {
	return func() (goja.Value, error) {
		v, err := s.vm.rt.RunProgram(p)
		if err != nil {
			return nil, err
		}
		return s.vm.rt.NewArray(v), nil
	}
}

// rewritten runs a text as an async function, whose variables are global.
func (s *Shell) rewritten(text string) (run func() (goja.Value, error), more bool, err error) {
	body := importStatement.ReplaceAllStringFunc(text, importOf)
	o := s.loader.shellOptions(nil, entry{})
	r := api.Transform("async function "+enteredName+"() {\n"+body+"\n}", api.TransformOptions{
		Target: o.Target, Supported: o.Supported, Charset: o.Charset, LogLevel: api.LogLevelSilent, Loader: api.LoaderTS,
	})
	if len(r.Errors) > 0 {
		return nil, isBeginning(body), &Error{Message: "SyntaxError: " + r.Errors[0].Text}
	}
	code, err := global(string(r.Code))
	if err != nil {
		return nil, false, err
	}
	p, err := goja.Compile(prompt, code, false)
	if err != nil {
		msg, _ := syntaxError(err)
		return nil, false, &Error{Message: msg}
	}
	return func() (goja.Value, error) {
		v, err := s.vm.rt.RunProgram(p)
		if err != nil {
			return nil, err
		}
		f, ok := goja.AssertFunction(v)
		if !ok {
			return nil, fmt.Errorf("%s is not a function", prompt)
		}
		return f(goja.Undefined(), s.vm.requireFunc())
	}, false, nil
}

// enteredName is the function that holds what was typed.
const enteredName = "__entered"

// isBeginning reports whether a text goes on in the next line.
func isBeginning(text string) bool {
	if _, err := goja.Parse(prompt, text); err != nil && strings.Contains(err.Error(), "Unexpected end of input") {
		return true
	}
	r := api.Transform(text, api.TransformOptions{LogLevel: api.LogLevelSilent, Loader: api.LoaderTS})
	for _, m := range r.Errors {
		if strings.Contains(m.Text, "end of file") {
			return true
		}
	}
	return false
}

var importStatement = regexp.MustCompile(
	`(?m)^[ \t]*import\s*(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s*as\s+([\w$]+))?\s*(?:\bfrom\b)?\s*('[^'\n]+'|"[^"\n]+");?`)

// importOf is an import statement as declarations of what import() gives.
func importOf(statement string) string {
	m := importStatement.FindStringSubmatch(statement)
	whole, named, all, from := m[1], m[2], m[3], m[4]
	var b strings.Builder
	if whole == "" && named == "" && all == "" {
		fmt.Fprintf(&b, "await import(%s);", from)
	}
	if all != "" {
		fmt.Fprintf(&b, "const %s = await import(%s);", all, from)
	}
	var names []string
	if whole != "" {
		names = append(names, "default: "+whole)
	}
	for n := range strings.SplitSeq(named, ",") {
		if n = strings.TrimSpace(n); n != "" {
			names = append(names, strings.Replace(n, " as ", ": ", 1))
		}
	}
	if len(names) > 0 {
		fmt.Fprintf(&b, "const { %s } = await import(%s);", strings.Join(names, ", "), from)
	}
	return b.String()
}

// global has the function in a script return the value of its last statement, in an
// array, and make what it declares global ahead of that.
func global(code string) (string, error) {
	tree, err := goja.Parse(prompt, code)
	if err != nil {
		msg, _ := syntaxError(err)
		return "", &Error{Message: msg}
	}
	f, ok := tree.Body[len(tree.Body)-1].(*ast.FunctionDeclaration) // behind helpers of esbuild's
	if !ok {
		return "", fmt.Errorf("%s: not a function", prompt)
	}
	body := f.Function.Body
	end := int(body.RightBrace) - 1
	at, value := end, ""
	if n := len(body.List); n > 0 {
		if last, ok := body.List[n-1].(*ast.ExpressionStatement); ok {
			at = 1 + strings.LastIndexByte(code[:last.Idx0()-1], '\n') // ahead of parentheses: esbuild writes a statement a line
			value = "return [" + strings.TrimRight(code[at:end], " \n;") + "]"
		}
	}
	exports := "Object.assign(globalThis, { " + strings.Join(declared(body.List), ", ") + " });\n"
	return "(function(require) {" + code[:at] + exports + value + "\n}\nreturn " + enteredName + "();\n})", nil
}

// declared are the names that statements declare.
func declared(list []ast.Statement) []string {
	var names []string
	for _, st := range list {
		switch st := st.(type) {
		case *ast.VariableStatement:
			names = append(names, bound(st.List)...)
		case *ast.LexicalDeclaration:
			names = append(names, bound(st.List)...)
		case *ast.FunctionDeclaration:
			names = append(names, st.Function.Name.Name.String())
		case *ast.ClassDeclaration:
			names = append(names, st.Class.Name.Name.String())
		}
	}
	return names
}

// bound are the names in bindings, which may be patterns.
func bound(list any) []string {
	var names []string
	visit := func(n any) bool {
		switch n := n.(type) {
		case *ast.Binding:
			names = append(names, bound(n.Target)...)
			return false
		case *ast.Identifier:
			names = append(names, n.Name.String())
		case *ast.PropertyShort:
			names = append(names, n.Name.Name.String())
			return false
		case *ast.PropertyKeyed:
			names = append(names, bound(n.Value)...)
			return false
		case *ast.AssignExpression: // with a default
			names = append(names, bound(n.Left)...)
			return false
		}
		return true
	}
	walkValue(reflect.ValueOf(list), visit)
	return names
}
