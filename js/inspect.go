package js

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"
)

// Inspect runs the top level of the modules in throw-away VMs, once for all units
// that have the same, and looks whether what the directives name are functions. It
// evaluates scripts: that is a worker process's business. It returns within
// seconds, whatever they do, and soon when ctx ends. Modules that do not compile
// are passed over.
//
// The host answers what a top level asks as it would the server: with a throw-away
// dictionary, but with no side effect. What it cannot answer so it refuses with
// ErrAbsent, as does no host at all; a top level that fails after that is no fault,
// and what its modules export is not looked at.
func Inspect(ctx context.Context, p *Program, o Options) Errors {
	e, err := newEngine(o)
	if err != nil {
		return appendError(nil, err)
	}
	var errs Errors
	for _, m := range p.modules {
		if ctx.Err() != nil {
			return appendError(errs, context.Cause(ctx))
		}
		errs = append(errs, e.inspect(ctx, m)...)
	}
	return errs
}

// inspect starts a VM with the modules, and asks it what their uses are.
func (e *engine) inspect(ctx context.Context, m *modules) Errors {
	host := &asked{Host: e.options.host()}
	own := *e
	own.options.Host = host
	pool := newPool(&own, &Program{})
	defer pool.end()
	l := newLane(pool, "", m, laneKey{})
	pool.lanes[l.key] = l
	if err := l.ready(ctx); err != nil {
		if host.refused.Load() {
			return nil
		}
		return appendError(nil, err)
	}
	var errs Errors
	for _, use := range m.uses {
		async, err := l.probe(ctx, &unitProgram{modules: m, names: use.names}, use.Func)
		switch {
		case err != nil:
			e := errorAt(use.At, "%v", err)
			if isNotFunction(err) {
				e.Module, e.Export = use.Func.Module, use.Func.Name
			}
			errs = append(errs, e)
		case async && use.Sync:
			e := errorAt(use.At, "%s is async, and its answer cannot wait", use.Func)
			e.Trap, e.Hint = TrapAsync, "what it needs is to be there before: kept by another handler, or in ngx.shared"
			errs = append(errs, e)
		}
	}
	return errs
}

// asked is a host that remembers whether it had to refuse something.
type asked struct {
	Host
	refused atomic.Bool
}

func (h *asked) Ask(ctx context.Context, o Origin, op string, args []Value) (Value, error) {
	v, err := h.Host.Ask(ctx, o, op, args)
	if errors.Is(err, ErrAbsent) {
		h.refused.Store(true)
	}
	return v, err
}

// probe asks whether f is a function, and whether that is async.
func (l *lane) probe(ctx context.Context, u *unitProgram, f Func) (async bool, err error) {
	c := Call{Func: f, Budget: Budget{Wall: 2 * time.Second, CPU: startCPU}}
	r, err := l.await(ctx, &call{Call: c, program: u, ctx: ctx, done: make(chan outcome, 1), probe: true})
	async, _ = r.Value.(bool)
	return async, err
}

// probe answers a probe of a function that is there.
func (m *vm) probe(c *call) error {
	v, _, err := m.lookup(c.program, c.Func)
	if err != nil {
		return err
	}
	return m.try(func() {
		// Methods that are async have the prototype of others: their text shows it.
		kind := v.ToObject(m.rt).Prototype().GetSymbol(goja.SymToStringTag)
		c.value = m.rt.ToValue(kind != nil && kind.String() == "AsyncFunction" || asyncMethod.MatchString(v.String()))
	})
}

var asyncMethod = regexp.MustCompile(`^async\s+[\p{L}_$*\["']`)

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
