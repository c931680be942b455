package js

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dop251/goja"
)

// Inspect runs the top level of each unit's modules in a throw-away VM, and looks
// whether what the directives name are functions. It evaluates scripts: that is
// a worker process's business. It returns within seconds, whatever they do. Units
// whose scripts do not compile are passed over.
func Inspect(ctx context.Context, p *Program, o Options) Errors {
	var errs Errors
	for _, u := range p.units {
		if u.faulty {
			continue
		}
		one := &Program{units: []*unitProgram{u}}
		pool, err := NewPool(one, o)
		if err != nil {
			errs = appendErrors(errs, err)
			continue
		}
		errs = append(errs, pool.units[u.name].inspect(ctx)...)
		pool.end()
	}
	return errs
}

func appendErrors(l Errors, err error) Errors {
	var errs Errors
	if !errors.As(err, &errs) {
		return appendError(l, err)
	}
	for _, e := range errs {
		if !slices.ContainsFunc(l, func(o *Error) bool { return *o == *e }) {
			l = append(l, e)
		}
	}
	return l
}

// inspect asks the unit's VM what its uses are.
func (u *unit) inspect(ctx context.Context) Errors {
	var errs Errors
	for _, use := range u.program.uses {
		c := Call{Func: use.Func, Budget: Budget{Wall: 2 * time.Second, CPU: startCPU}}
		t := &call{Call: c, ctx: ctx, done: make(chan outcome, 1), probe: true}
		if _, err := u.await(ctx, t); err != nil {
			e := errorAt(use.At, "%v", err)
			if isNotFunction(err) {
				e.Module, e.Export = use.Func.Module, use.Func.Name
			}
			errs = append(errs, e)
		}
	}
	return errs
}

// notFunctionError says what stands in the place of a function.
type notFunctionError struct {
	f    Func
	kind string // "" if nothing does
}

func (e *notFunctionError) Error() string {
	if e.kind == "" {
		return fmt.Sprintf("module %q has no export %q", e.f.Module, e.f.Name)
	}
	return fmt.Sprintf("export %q of module %q is %s, not a function", e.f.Name, e.f.Module, e.kind)
}

func isNotFunction(err error) bool {
	var e *notFunctionError
	return errors.As(err, &e)
}

func notFunction(f Func, v goja.Value) error {
	if v == nil || goja.IsUndefined(v) {
		return &notFunctionError{f: f}
	}
	return &notFunctionError{f, kindOf(v)}
}
