package js

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// unit takes the calls of one Source to the VM that serves it, and replaces a VM
// that broke: calls that had not begun go to the next one. A goroutine runs while
// there is something to do, a call or a timer.
type unit struct {
	pool    *Pool
	name    string
	program *unitProgram
	pending atomic.Int64
	wake    chan struct{} // the loop has something to look at

	mu      sync.Mutex
	queue   []*call
	launch  *launch // of the VM; nil: none is wanted yet
	vm      *vm     // nil: none, or it broke
	served  bool    // a goroutine runs, which looks at the queue before it ends
	serving *vm     // whose loop runs; nil between two
}

func newUnit(p *Pool, name string, u *unitProgram) *unit {
	return &unit{pool: p, name: name, program: u, wake: make(chan struct{}, 1)}
}

// call queues c and waits for its outcome, ctx or the deadline.
func (u *unit) call(ctx context.Context, c Call) (Result, error) {
	if err := u.ready(ctx); err != nil {
		return Result{}, err
	}
	deadline := time.Now().Add(c.Budget.Wall)
	ctx, cancel := context.WithDeadlineCause(ctx, deadline, ErrTimeout)
	defer cancel()
	return u.await(ctx, &call{Call: c, ctx: ctx, deadline: deadline, done: make(chan outcome, 1)})
}

// ready waits until there is a VM, which it has started if need be. The wait ends
// within seconds, and counts for no call: the modules' top level has limits of its
// own.
func (u *unit) ready(ctx context.Context) error {
	u.mu.Lock()
	if u.launch == nil {
		u.launch = newLaunch(backOff)
	}
	u.launch = u.launch.following()
	l := u.launch
	if !l.isOver() {
		u.serve()
	}
	u.mu.Unlock()
	select {
	case <-l.done:
		return l.err
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-u.pool.stop:
		return ErrClosed
	}
}

func (u *unit) await(ctx context.Context, t *call) (Result, error) {
	u.mu.Lock()
	u.queue = append(u.queue, t)
	u.serve()
	u.mu.Unlock()
	select {
	case o := <-t.done:
		return o.result, o.err
	case <-ctx.Done():
		t.settled.Store(true)
		return Result{}, context.Cause(ctx)
	case <-u.pool.stop:
		t.settled.Store(true)
		return Result{}, ErrClosed
	}
}

// serve makes sure that a goroutine runs, and that it is awake. The lock is held.
func (u *unit) serve() {
	switch {
	case u.served:
		u.notify()
	case u.pool.loop():
		u.served = true
		go u.run()
	}
}

func (u *unit) notify() {
	select {
	case u.wake <- struct{}{}:
	default:
	}
}

// run runs VMs until nothing is left to do or the pool ends, or until its VM is
// abandoned: then another goroutine has taken its place, and its count in the
// pool's loops.
func (u *unit) run() {
	for m := u.next(); m != nil; m = u.next() {
		if !u.leave(m, m.serve()) {
			return
		}
	}
	u.pool.loops.Done()
}

// next returns the VM whose loop is to run, a new one if there is none; nil when
// the goroutine is not needed any more.
func (u *unit) next() *vm {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.launch != nil && u.launch.isOver() && u.launch.err != nil {
		u.answerQueue(u.launch.err)
	}
	starting := u.launch != nil && !u.launch.isOver()
	tasks := u.vm != nil && u.vm.hasTasks()
	if u.pool.isStopped() || len(u.queue) == 0 && !starting && !tasks {
		u.served = false
		return nil
	}
	if u.launch == nil {
		u.launch = newLaunch(backOff)
	}
	if u.vm == nil {
		u.vm = newVM(u)
	}
	u.serving = u.vm
	u.pool.watch.add(u.vm.meter)
	return u.vm
}

// answerQueue fails what waits. The lock is held.
func (u *unit) answerQueue(err error) {
	for _, c := range u.queue {
		c.answer(Result{}, err)
	}
	u.queue = nil
}

// take gives the VM its next call. ok is false when m no longer serves the unit.
func (u *unit) take(m *vm) (c *call, ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.serving != m {
		return nil, false
	}
	if len(u.queue) == 0 {
		return nil, true
	}
	c = u.queue[0]
	u.queue[0] = nil
	u.queue = u.queue[1:]
	return c, true
}

// started lets the calls come that wait for m.
func (u *unit) started(m *vm) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.serving == m {
		u.launch.end(nil)
	}
}

// leave says that m's loop has ended. If err says that it broke, m is dropped, and
// its calls are answered. It reports false if m had been abandoned before.
func (u *unit) leave(m *vm, err error) bool {
	u.pool.watch.remove(m.meter)
	u.mu.Lock()
	own := u.serving == m
	if own {
		u.serving = nil
	}
	if own && err != nil {
		u.drop(err)
	}
	u.mu.Unlock()
	if own && err != nil {
		m.fail(err)
	}
	return own
}

// drop forgets the VM, for the next one to be started by whoever needs it: at once
// if it broke in its work, after a while if it failed to start. The lock is held.
func (u *unit) drop(err error) {
	u.vm = nil
	if u.launch.isOver() {
		u.launch = nil
	} else {
		u.launch.end(err)
	}
}

// errStuck says why the calls of an abandoned VM have no result.
var errStuck = fmt.Errorf("%w: it did not come back from native code", ErrCrash)

// abandon gives up a VM that does not react to its interrupt: another goroutine
// serves the unit from now on. The old one ends if it ever comes back. Called by
// the watchdog.
func (u *unit) abandon(m *vm) {
	u.mu.Lock()
	own := u.serving == m
	if own {
		u.serving = nil
		u.drop(errStuck)
	}
	u.mu.Unlock()
	if !own {
		return
	}
	u.pool.watch.remove(m.meter)
	u.pool.abandoned.Add(1)
	u.pool.options.host().Log(Origin{VHost: u.name}, LevelError, "script is stuck in native code: its VM is abandoned")
	m.fail(errStuck)
	go u.run()
}

// interrupt ends what runs, for the pool's end.
func (u *unit) interrupt() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.vm != nil {
		u.vm.meter.expire()
	}
	u.notify()
}
