package js

import (
	"context"
	"sync"
	"time"
)

// lane takes calls to one VM, and replaces it when it broke: calls that had not
// begun go to the next one. A goroutine runs while there is something to do, a
// call or a timer.
type lane struct {
	seat
	pool *Pool
	key  laneKey
	wake chan struct{} // the loop has something to look at

	mu      sync.Mutex
	queue   []*call
	tasks   []task
	launch  *launch   // of the VM; nil: none is wanted yet
	vm      *vm       // nil: none, or it broke
	served  bool      // a goroutine runs, which looks at the queue before it ends
	serving *vm       // whose loop runs; nil between two
	until   time.Time // of a lane for one call that has begun: when it ends
}

func newLane(p *Pool, name string, m *modules, key laneKey) *lane {
	l := &lane{pool: p, key: key, wake: make(chan struct{}, 1)}
	l.seat = seat{core: p.core, name: name, modules: m, timers: &timers{}, post: l.post, abandon: l.abandon}
	return l
}

// call queues c and waits for its outcome, ctx or the deadline.
func (l *lane) call(ctx context.Context, u *unitProgram, c Call) (Result, error) {
	if err := l.ready(ctx); err != nil {
		return Result{}, err
	}
	deadline := time.Now().Add(c.Budget.Wall)
	ctx, cancel := context.WithDeadlineCause(ctx, deadline, ErrTimeout)
	defer cancel()
	return l.await(ctx, &call{Call: c, program: u, ctx: ctx, deadline: deadline, done: make(chan outcome, 1)})
}

// ready waits until there is a VM, which it has started if need be. The wait ends
// within seconds, and counts for no call: the modules' top level has limits of its
// own.
func (l *lane) ready(ctx context.Context) error {
	l.mu.Lock()
	if l.launch == nil {
		l.launch = newLaunch(backOff)
	}
	l.launch = l.launch.following()
	start := l.launch
	if !start.isOver() {
		l.serve()
	}
	l.mu.Unlock()
	select {
	case <-start.done:
		return start.err
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-l.stop:
		return ErrClosed
	}
}

func (l *lane) await(ctx context.Context, c *call) (Result, error) {
	l.mu.Lock()
	l.queue = append(l.queue, c)
	l.serve()
	l.mu.Unlock()
	select {
	case o := <-c.done:
		return o.result, o.err
	case <-ctx.Done():
		c.settled.Store(true)
		return Result{}, context.Cause(ctx)
	case <-l.stop:
		c.settled.Store(true)
		return Result{}, ErrClosed
	}
}

// post has the loop run t, unless its VM breaks before.
func (l *lane) post(m *vm, t task) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.vm == m {
		l.tasks = append(l.tasks, t)
		l.serve()
	}
}

// serve makes sure that a goroutine runs, and that it is awake. The lock is held.
func (l *lane) serve() {
	switch {
	case l.served:
		l.notify()
	case l.pool.loop():
		l.served = true
		go l.run()
	}
}

func (l *lane) notify() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// run runs VMs until nothing is left to do or the pool ends, or until its VM is
// abandoned: then another goroutine has taken its place, and its count in the
// pool's loops.
func (l *lane) run() {
	for m := l.next(); m != nil; m = l.next() {
		if !l.leave(m, l.drive(m)) {
			return
		}
	}
	l.pool.drop(l)
	l.pool.loops.Done()
}

// next returns the VM whose loop is to run, a new one if there is none; nil when
// the goroutine is not needed any more.
func (l *lane) next() *vm {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.launch != nil && l.launch.isOver() && l.launch.err != nil {
		l.answerQueue(l.launch.err)
	}
	starting := l.launch != nil && !l.launch.isOver()
	if l.isStopped() || len(l.queue) == 0 && !starting && len(l.tasks) == 0 {
		l.served = false
		return nil
	}
	if l.launch == nil {
		l.launch = newLaunch(backOff)
	}
	if l.vm == nil {
		l.vm = l.newVM()
	}
	l.serving = l.vm
	l.watch.add(l.vm.meter)
	return l.vm
}

// answerQueue fails what waits. The lock is held.
func (l *lane) answerQueue(err error) {
	for _, c := range l.queue {
		c.answer(Result{}, err)
	}
	l.queue = nil
}

// take gives the VM what it is to begin and to go on with, nil if there is
// nothing. ok is false when m no longer serves the lane.
func (l *lane) take(m *vm) (c *call, t *task, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.serving != m {
		return nil, nil, false
	}
	if len(l.queue) > 0 {
		c = l.queue[0]
		l.queue[0] = nil
		l.queue = l.queue[1:]
		l.until = c.deadline
	}
	if len(l.tasks) > 0 {
		next := l.tasks[0]
		t, l.tasks[0] = &next, task{}
		l.tasks = l.tasks[1:]
	}
	return c, t, true
}

// started lets the calls come that wait for m.
func (l *lane) started(m *vm) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.serving == m {
		l.launch.end(nil)
	}
}
