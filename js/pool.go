package js

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/dop251/goja"
)

// Pool runs the units of a program in this process: a VM with an event loop
// for each. It is a Caller, for any number of goroutines.
type Pool struct {
	options  Options
	builtins []builtin
	prelude  *goja.Program
	classes  []*classProgram
	units    map[string]*unit

	mu     sync.Mutex
	closed bool
	calls  sync.WaitGroup // Calls that have not returned

	watch     *watchdog
	loops     sync.WaitGroup // one for each unit
	stop      chan struct{}  // closed when the loops are to end
	stopping  sync.Once
	abandoned atomic.Int64
}

var _ Caller = (*Pool)(nil)

// NewPool starts a VM for each unit, which runs the modules' top level, and
// waits for them. An exception of a top level is an Errors.
func NewPool(p *Program, o Options) (*Pool, error) {
	limitRegexps()
	pool := &Pool{
		options: o,
		classes: compileClasses(o.Classes),
		units:   map[string]*unit{},
		watch:   newWatchdog(),
		stop:    make(chan struct{}),
	}
	var err error
	if pool.builtins, err = compileBuiltins(o.Modules); err != nil {
		return nil, err
	}
	if pool.prelude, err = compileScript("<prelude>", prelude); err != nil {
		return nil, err
	}
	pool.watch.start()
	for _, u := range p.units {
		unit := newUnit(pool, u)
		pool.units[u.name] = unit
		pool.loops.Add(1)
		go unit.run()
	}
	var errs Errors
	for _, u := range p.units {
		errs = appendError(errs, <-pool.units[u.name].started)
	}
	if len(errs) > 0 {
		pool.end()
		return nil, errs
	}
	return pool, nil
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

// Call implements Caller.
func (p *Pool) Call(ctx context.Context, c Call) (Result, error) {
	u, err := p.enter(c.Unit)
	if err != nil {
		return Result{}, err
	}
	defer p.calls.Done()
	if n := u.pending.Add(1); n > p.options.maxPending(c.Unit) {
		u.pending.Add(-1)
		return Result{}, ErrOverload
	}
	defer u.pending.Add(-1)
	c.Budget = p.options.budget(c.Budget)
	if p.options.Encode {
		return p.encoded(ctx, u, c)
	}
	return u.call(ctx, c)
}

// enter counts a call in, unless the pool is closed.
func (p *Pool) enter(unit string) (*unit, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	u, ok := p.units[unit]
	if !ok {
		return nil, fmt.Errorf("no scripts of %q", unit)
	}
	p.calls.Add(1)
	return u, nil
}

// Close implements Caller. Calls that are still running when ctx ends fail with
// ErrClosed; its error is ctx's then.
func (p *Pool) Close(ctx context.Context) error {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	done := make(chan struct{})
	go func() { p.calls.Wait(); close(done) }()
	var err error
	select {
	case <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	p.end()
	<-done
	return err
}

// end stops the loops, interrupting what runs, and waits for them.
func (p *Pool) end() {
	p.stopping.Do(func() { close(p.stop) })
	for _, u := range p.units {
		u.interrupt()
	}
	p.loops.Wait()
	p.watch.end()
}

// Abandoned is how many VMs were stuck in native code and given up, each with
// the goroutine that ran it.
func (p *Pool) Abandoned() int64 { return p.abandoned.Load() }

func (p *Pool) isStopped() bool {
	select {
	case <-p.stop:
		return true
	default:
		return false
	}
}

// compileScript compiles a script of ours.
func compileScript(name, text string) (*goja.Program, error) {
	p, err := goja.Compile(name, text, true)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", name, err)
	}
	return p, nil
}
