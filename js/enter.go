package js

import (
	"context"
	"fmt"
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
	if err := s.enter(s.vm.complete); err != nil {
		return "", false, err
	}
	v, err := s.await(ctx, run)
	if err != nil {
		return "", false, err
	}
	if box, ok := v.(*goja.Object); ok && box.ClassName() == "Array" {
		v = box.Get("0")
	}
	err = s.enter(func() error {
		exports, err := s.vm.module("weir:inspect")
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
	tree, err := parseMapped(prompt, text, nil)
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
	p, err := compileEntered(code)
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
	if _, err := parseMapped(prompt, text, nil); err != nil && strings.Contains(err.Error(), "Unexpected end of input") {
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

// global has the function in a script return the value of its last statement, in an
// array, and make what it declares global ahead of that.
func global(code string) (string, error) {
	tree, err := parseMapped(prompt, code, nil)
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
