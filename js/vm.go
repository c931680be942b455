package js

import (
	"sync"
	"time"

	"github.com/dop251/goja"
)

// vm is a runtime with its event loop. Its goroutine alone touches it, but for
// the meter and the list of calls.
type vm struct {
	unit    *unit
	rt      *goja.Runtime
	meter   *meter
	natives natives
	started bool // the modules' top level has run

	bindings  []goja.Value // of the imports
	functions map[Func]*function
	protos    map[string]*class
	modules   []*goja.Object // built-in modules that have run, by their indexes

	current  *call // on whose behalf script runs; nil: the unit's own
	rejected []rejection
	timers   timers
	broken   error // why the VM must be replaced

	mu      sync.Mutex
	running []*call // begun, not settled
	tasks   []task  // posted, not begun

	ready []*call // scratch of settle
}

// function is a handler.
type function struct {
	call goja.Callable
	this goja.Value
}

// newVM makes a runtime in which nothing has run yet.
func newVM(u *unit) *vm {
	m := &vm{
		unit:      u,
		rt:        goja.New(),
		functions: map[Func]*function{},
		protos:    map[string]*class{},
	}
	m.meter = &meter{rt: m.rt, watch: u.pool.watch, abandon: func() { u.abandon(m) }}
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

// host and originOf are what natives and logs need.
func (m *vm) host() Host { return m.unit.pool.options.host() }

func (m *vm) originOf(c *call) Origin {
	if c != nil {
		return c.Origin
	}
	return Origin{VHost: m.unit.name}
}

func (m *vm) cpu(c *call) time.Duration {
	if c != nil {
		return c.Budget.CPU
	}
	return m.unit.pool.options.budget(Budget{}).CPU
}
