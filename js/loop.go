package js

import (
	"fmt"
	"sync"
	"time"
)

// Loop runs the units of a program on one goroutine, its owner's, which alone calls
// its methods: that of a worker process, which reads calls from a socket. Nothing
// but what Async natives do and the watchdog runs beside it. A call begins at once,
// so it is the owner who bounds how many are pending (Options.MaxPending is not
// looked at), and who ends the process when a script is stuck in native code.
//
// The owner begins calls as they come and has the loop step when it was woken and
// when something is due:
//
//	for {
//		for more := true; more; more = l.Step() {
//			... Begin and Cancel what can be read without waiting
//		}
//		... write results; wait for calls, for Wake, or until Due
//	}
type Loop struct {
	*core
	hooks  Hooks
	lanes  map[laneKey]*loopLane
	open   map[uint32]*call // begun, not settled
	meter  *meter           // of whichever VM runs
	timers timers

	mu    sync.Mutex
	tasks []task // posted, not run
}

// Hooks are what a Loop tells its owner. Done and Wake must be there.
type Hooks struct {
	// Done tells what a call came to, once, unless it was canceled: within Begin, Step
	// or Close. It must not call the loop.
	Done func(id uint32, r Result, err error)
	// Wake says that Step has something to do. Any goroutine calls it.
	Wake func()
	// Enter tells that script begins to run, or goes on, on behalf of a call, which may
	// have ended; 0 is none: the unit's own. Leave tells that none runs any more.
	Enter func(id uint32, unit string)
	// Limit tells, ahead of the first Enter, how long script may run until Leave.
	Limit func(time.Duration)
	Leave func()
	// Fault tells what nobody waits for: what a timer throws, a rejection that is not
	// handled, an interrupt. If nil, it is logged.
	Fault func(error)
}

// NewLoop makes a loop. As of a Pool, a VM is started by the first call it is for.
func NewLoop(p *Program, o Options, h Hooks) (*Loop, error) {
	e, err := newEngine(o)
	if err != nil {
		return nil, err
	}
	l := &Loop{core: newCore(e, p), hooks: h, lanes: map[laneKey]*loopLane{}, open: map[uint32]*call{}}
	l.meter = &meter{watch: l.watch, abandon: func() {}}
	l.watch.add(l.meter)
	return l, nil
}

// Begin starts a call, and runs it up to its first await. id is not that of a call
// that is open, and not 0.
func (l *Loop) Begin(id uint32, c Call) {
	u := l.program.units[c.Unit]
	if u == nil {
		l.hooks.Done(id, Result{}, fmt.Errorf("no scripts of %q", c.Unit))
		return
	}
	t := &call{Call: c, program: u, ctx: l.life, loop: l, id: id}
	t.Budget = l.options.budget(c.Budget)
	lane := l.lane(t)
	if err := lane.start(t); err != nil {
		t.answer(Result{}, err)
		return
	}
	t.deadline = time.Now().Add(t.Budget.Wall)
	m := lane.vm
	m.begin(t)
	if !t.settled.Load() {
		t.vm = m
		l.open[id] = t
	}
	lane.look(m, t.deadline)
}

// Cancel says that nobody waits for a call any more. What it is doing goes on.
func (l *Loop) Cancel(id uint32) {
	if t, ok := l.open[id]; ok {
		delete(l.open, id)
		t.settled.Store(true)
		t.vm.forget()
	}
}

// Due is when Step has something to do, should nothing wake it before; false if
// that is not known.
func (l *Loop) Due() (time.Time, bool) { return l.timers.next() }

// stepTime is about how long one step lasts.
const stepTime = time.Millisecond

// Step runs the timers that are due, and what follows from Async natives. It
// returns after a millisecond, true if there may be more.
func (l *Loop) Step() (more bool) {
	end := time.Now().Add(stepTime)
	for {
		t, posted := l.take()
		if posted {
			t.perform()
			t.vm.lane.look(t.vm, time.Time{})
		}
		now := time.Now()
		m := l.timers.fire(now)
		if m != nil {
			m.lane.look(m, time.Time{})
		}
		if !posted && m == nil {
			return false
		}
		if now.After(end) {
			return true
		}
	}
}

func (l *Loop) take() (t task, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.tasks) == 0 {
		return task{}, false
	}
	t = l.tasks[0]
	l.tasks[0] = task{}
	l.tasks = l.tasks[1:]
	return t, true
}

func (l *Loop) post(_ *vm, t task) {
	l.mu.Lock()
	l.tasks = append(l.tasks, t)
	l.mu.Unlock()
	l.hooks.Wake()
}

// Close ends all VMs: calls that are open fail with ErrClosed. It waits for Async
// natives, whose contexts end.
func (l *Loop) Close() {
	close(l.stop)
	for _, t := range l.open {
		t.answer(Result{}, ErrClosed)
	}
	l.end()
}
