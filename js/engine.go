package js

import (
	"errors"
	"fmt"

	"github.com/dop251/goja"
)

// engine is what all VMs of a pool have in common, compiled.
type engine struct {
	options   Options
	builtins  []*builtin
	functions *goja.Program // see forbidEval
	classes   []*classProgram
}

func newEngine(o Options) (*engine, error) {
	limitRegexps()
	e := &engine{options: o, classes: compileClasses(o.Classes), builtins: newBuiltins(o.Modules)}
	var err error
	if e.functions, err = compileScript("<functions>", functions); err != nil {
		return nil, err
	}
	return e, nil
}

// compileScript compiles a script of ours.
func compileScript(name, text string) (*goja.Program, error) {
	p, err := goja.Compile(name, text, true)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", name, err)
	}
	return p, nil
}

func appendError(l Errors, err error) Errors {
	var e *Error
	switch {
	case err == nil:
		return l
	case errors.As(err, &e):
		return append(l, e)
	}
	return append(l, &Error{Message: err.Error()})
}
