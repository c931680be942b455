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
	*core

	mu     sync.Mutex
	closed bool
	units  map[string]*unit // that were called
	lanes  map[laneKey]*lane
	begun  uint64         // calls that got a lane of their own
	calls  sync.WaitGroup // Calls that have not returned

	loops     sync.WaitGroup // one for each lane that has something to do
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
	return &Pool{core: newCore(e, p), units: map[string]*unit{}, lanes: map[laneKey]*lane{}}
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
		u = &unit{pool: p, name: name, program: program}
		p.units[name] = u
	}
	p.calls.Add(1)
	return u, nil
}

// Close implements Caller. Calls that are still running when ctx ends fail with
// ErrClosed; its error is ctx's then. Else the VMs call what their scripts have
// registered for their end, which may take seconds.
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
	if err == nil {
		p.exit(ctx)
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
	p.mu.Unlock()
	for _, l := range p.allLanes() {
		l.interrupt()
	}
	p.die()
	p.loops.Wait()
	p.core.end()
}

// allLanes are those that there are.
func (p *Pool) allLanes() []*lane {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Collect(maps.Values(p.lanes))
}

// lane is the one that a call of u takes.
func (p *Pool) lane(u *unit, c *Call) *lane {
	key := u.program.laneKey(u.name, c)
	p.mu.Lock()
	defer p.mu.Unlock()
	var start *launch
	if u.program.model == PerCall {
		p.begun++
		key.call = p.begun
		if u.failed != nil {
			start = u.failed.following()
		}
	}
	l, ok := p.lanes[key]
	if !ok {
		l = newLane(p, key.unit, u.program.modules, key)
		l.launch = start
		p.lanes[key] = l
	}
	return l
}

// learn remembers how the start of a lane for one call went, for those to come.
func (p *Pool) learn(u *unit, l *lane) {
	l.mu.Lock()
	start, served := l.launch, l.served
	l.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !served {
		delete(p.lanes, l.key)
	}
	switch {
	case start == nil || !start.isOver() || start.err == nil:
		u.failed = nil
	case u.failed == nil || u.failed.pause <= start.pause:
		u.failed = start
	}
}

// drop forgets a lane that was for one call.
func (p *Pool) drop(l *lane) {
	if l.key.call == 0 {
		return
	}
	p.mu.Lock()
	delete(p.lanes, l.key)
	p.mu.Unlock()
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
