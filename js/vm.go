package js

import (
	"sync"
	"time"

	"github.com/dop251/goja"
)

// vm is a runtime with its event loop. Its goroutine alone touches it, but for
// the meter and the list of calls.
type vm struct {
	*core
	name    string // of the unit, "" for one that units share
	modules *modules
	post    func(task) // has the VM's goroutine run something, unless the VM breaks before
	timers  *timers

	hooks Hooks
	lane  *loopLane // of a Loop's VM

	rt      *goja.Runtime
	meter   *meter
	natives natives
	started bool // the modules' top level has run

	starting *call // of a Loop: for which that runs
	shown    *call // what Enter told last, inside
	inside   bool  // there was no Leave

	scripts  []*bundle                             // a Shell's, that have run
	load     func(spec string) (goja.Value, error) // a Shell's: modules of files
	bindings []goja.Value                          // of the bundle's modules
	spaces   map[*unitProgram]*space
	protos   map[string]*class
	loaded   []*goja.Object // built-in modules that have run, by their indexes

	guarded     map[*goja.Object]*goja.Object // the originals of constructors
	hasInstance *goja.Object                  // of all of them

	current   *call // on whose behalf script runs; nil: the unit's own
	rejected  []rejection
	pending   map[int64]*timer // by ID
	lastTimer int64            // the newest ID
	idle      int              // how many of pending nobody waits for
	waiting   int              // Async natives whose outcome has not been seen
	broken    error            // why the VM must be replaced

	mu      sync.Mutex
	running []*call // begun, not settled

	ready []*call // scratch of settle
}

// seat is where a VM is: what it belongs to.
type seat struct {
	*core
	name    string
	modules *modules
	timers  *timers
	post    func(*vm, task)
	hooks   Hooks
	meter   *meter    // of all VMs, one of which runs at a time; nil: each has its own
	abandon func(*vm) // gives up a VM that does not react to its interrupt
}

// newVM makes a runtime in which nothing has run yet.
func (s seat) newVM() *vm {
	m := &vm{
		core: s.core, name: s.name, modules: s.modules, timers: s.timers, hooks: s.hooks,
		rt:      goja.New(),
		spaces:  map[*unitProgram]*space{},
		protos:  map[string]*class{},
		pending: map[int64]*timer{},
		guarded: map[*goja.Object]*goja.Object{},
	}
	m.post = func(t task) { s.post(m, t) }
	m.meter = s.meter
	if m.meter == nil {
		m.meter = &meter{watch: s.watch, abandon: func() { s.abandon(m) }}
	}
	m.rt.SetMaxCallStackSize(maxStack)
	m.rt.SetAsyncContextTracker(tracker{m})
	m.rt.SetPromiseRejectionTracker(m.trackRejection)
	return m
}

// fail answers every call that has begun.
func (m *vm) fail(err error) {
	m.mu.Lock()
	running := m.running
	m.running = nil
	m.mu.Unlock()
	for _, c := range running {
		c.answer(Result{}, err)
	}
}

// enter says on whose behalf script runs from now on.
func (m *vm) enter(c *call) {
	m.current = c
	if c == nil {
		c = m.starting
	}
	if m.hooks.Enter == nil || m.inside && c == m.shown {
		return
	}
	m.inside, m.shown = true, c
	if c == nil {
		m.hooks.Enter(0, m.name)
	} else {
		m.hooks.Enter(c.id, c.Unit)
	}
}

// leave says that no script runs any more.
func (m *vm) leave() {
	m.current, m.shown, m.inside = nil, nil, false
	if m.hooks.Leave != nil {
		m.hooks.Leave()
	}
}

// isIdle reports whether nothing of the VM is left to run.
func (m *vm) isIdle() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.running) == 0 && len(m.pending) == m.idle && m.waiting == 0
}

// host and originOf are what natives and logs need.
func (m *vm) host() Host { return m.options.host() }

func (m *vm) originOf(c *call) Origin {
	if c != nil {
		return c.Origin
	}
	return Origin{VHost: m.name}
}

func (m *vm) cpu(c *call) time.Duration {
	if c != nil {
		return c.Budget.CPU
	}
	return m.options.budget(Budget{}).CPU
}

// report says what nobody waits for: what a timer throws, say.
func (m *vm) report(c *call, what string, err error) {
	if m.hooks.Fault != nil {
		m.hooks.Fault(err)
		return
	}
	m.host().Log(m.originOf(c), LevelError, what+err.Error())
}

// place is where a position that the engine reports is in a file of the operator's.
func (m *vm) place(file string, line, col int) (p Place, ok bool) {
	for u := range m.spaces {
		if p, ok := u.place(file, line, col); ok {
			return p, true
		}
	}
	for _, s := range m.scripts {
		if p, ok := s.place(file, line, col); ok {
			return p, true
		}
	}
	if m.modules.bundle != nil {
		return m.modules.bundle.place(file, line, col)
	}
	return Place{}, false
}
