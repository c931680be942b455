package js

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// Pool runs the units of a program in this process: a VM with an event loop for
// each that is called. It is a Caller, for any number of goroutines.
type Pool struct {
	*engine
	program *Program

	mu     sync.Mutex
	closed bool
	units  map[string]*unit // that were called
	calls  sync.WaitGroup   // Calls that have not returned

	watch     *watchdog
	loops     sync.WaitGroup  // one for each unit that has something to do
	stop      chan struct{}   // closed when the loops are to end
	life      context.Context // until then
	die       context.CancelFunc
	asyncs    sync.WaitGroup // calls of Async natives
	abandoned atomic.Int64
}

var _ Caller = (*Pool)(nil)

// NewPool makes a pool. A unit's VM is started by its first call: that is when the
// modules' top level runs, on a budget of its own. If it fails, so does the call,
// and one that comes some time later tries again. Units that are idle cost nothing
// but their VM's memory.
func NewPool(p *Program, o Options) (*Pool, error) {
	e, err := newEngine(o)
	if err != nil {
		return nil, err
	}
	return newPool(e, p), nil
}

func newPool(e *engine, p *Program) *Pool {
	pool := &Pool{engine: e, program: p, units: map[string]*unit{}, watch: newWatchdog(), stop: make(chan struct{})}
	pool.life, pool.die = context.WithCancel(context.Background())
	pool.watch.start()
	return pool
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
func (p *Pool) enter(name string) (*unit, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	u, ok := p.units[name]
	if !ok {
		program := p.program.units[name]
		if program == nil {
			return nil, fmt.Errorf("no scripts of %q", name)
		}
		u = newUnit(p, name, program)
		p.units[name] = u
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
	p.mu.Lock()
	p.closed = true
	if !p.isStopped() {
		close(p.stop)
	}
	units := slices.Collect(maps.Values(p.units))
	p.mu.Unlock()
	for _, u := range units {
		u.interrupt()
	}
	p.die()
	p.loops.Wait()
	p.asyncs.Wait()
	p.watch.end()
}

// loop counts a loop in, unless the pool has ended.
func (p *Pool) loop() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isStopped() {
		return false
	}
	p.loops.Add(1)
	return true
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
