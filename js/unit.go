package js

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// unit takes the calls of one Source to the VM that serves it, and replaces a VM
// that broke. Calls that had not begun go to the next one.
type unit struct {
	pool    *Pool
	program *unitProgram
	pending atomic.Int64
	wake    chan struct{} // the loop has something to look at

	once    sync.Once
	started chan error // of the first VM

	mu    sync.Mutex
	queue []*call
	vm    *vm // that serves; nil between two
}

func newUnit(p *Pool, u *unitProgram) *unit {
	return &unit{pool: p, program: u, wake: make(chan struct{}, 1), started: make(chan error, 1)}
}

// call queues c and waits for its outcome, ctx or the deadline.
func (u *unit) call(ctx context.Context, c Call) (Result, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.Budget.Wall, ErrTimeout)
	defer cancel()
	return u.await(ctx, &call{Call: c, ctx: ctx, done: make(chan outcome, 1)})
}

func (u *unit) await(ctx context.Context, t *call) (Result, error) {
	u.mu.Lock()
	u.queue = append(u.queue, t)
	u.mu.Unlock()
	u.notify()
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

func (u *unit) notify() {
	select {
	case u.wake <- struct{}{}:
	default:
	}
}

// take gives the VM its next call. ok is false when m no longer serves the unit.
func (u *unit) take(m *vm) (c *call, ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.vm != m {
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

// run makes VMs and runs their loops until the pool ends, or until the VM is
// abandoned: then another goroutine has taken its place, and its count in the
// pool's loops.
func (u *unit) run() {
	for !u.pool.isStopped() {
		m := newVM(u)
		u.install(m)
		startErr := m.start()
		err := startErr
		if err == nil {
			u.report(nil)
			err = m.loop()
		}
		if !u.uninstall(m, err) {
			return
		}
		if startErr != nil {
			u.report(startErr)
			u.failQueue(startErr)
		}
	}
	u.answerQueue(ErrClosed)
	u.pool.loops.Done()
}

// report tells NewPool how the first start went.
func (u *unit) report(err error) {
	u.once.Do(func() { u.started <- err })
}

func (u *unit) install(m *vm) {
	u.mu.Lock()
	u.vm = m
	u.mu.Unlock()
	u.pool.watch.add(m.meter)
}

// uninstall retires m and answers its calls. It reports false if m had been
// abandoned before.
func (u *unit) uninstall(m *vm, err error) bool {
	own := u.remove(m)
	if own {
		m.fail(err)
	}
	return own
}

func (u *unit) remove(m *vm) bool {
	u.pool.watch.remove(m.meter)
	u.mu.Lock()
	defer u.mu.Unlock()
	own := u.vm == m
	if own {
		u.vm = nil
	}
	return own
}

// failQueue answers what waits with the error of a start, and waits for the next
// call to try again.
func (u *unit) failQueue(err error) {
	u.answerQueue(fmt.Errorf("%w: %w", ErrCrash, err))
	select {
	case <-u.wake:
	case <-u.pool.stop:
	}
}

func (u *unit) answerQueue(err error) {
	u.mu.Lock()
	queue := u.queue
	u.queue = nil
	u.mu.Unlock()
	for _, c := range queue {
		c.answer(Result{}, err)
	}
}

// errStuck says why the calls of an abandoned VM have no result.
var errStuck = fmt.Errorf("%w: it did not come back from native code", ErrCrash)

// abandon gives up a VM that does not react to its interrupt: another goroutine
// serves the unit from now on. The old one ends if it ever comes back. Called by
// the watchdog.
func (u *unit) abandon(m *vm) {
	if !u.remove(m) {
		return
	}
	u.pool.abandoned.Add(1)
	u.pool.options.host().Log(Origin{VHost: u.program.name}, LevelError, "script is stuck in native code: its VM is abandoned")
	m.fail(errStuck)
	u.report(errStuck)
	go u.run()
}

// interrupt ends what runs, for the pool's end.
func (u *unit) interrupt() {
	u.mu.Lock()
	m := u.vm
	u.mu.Unlock()
	if m != nil {
		m.meter.expire()
	}
	u.notify()
}
