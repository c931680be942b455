package js

import (
	"fmt"
	"slices"
	"time"

	"github.com/dop251/goja"
)

// run enters the VM: it runs f and all jobs that follow from it, on behalf of c,
// and settles the calls whose promises are settled. What f returns is the
// script's exception, which run returns. An interrupt, a stack overflow or a
// panic loses the job queue, and with it the other calls: the VM is broken.
func (m *vm) run(c *call, cpu time.Duration, f func() error) (err error) {
	if m.hooks.Limit != nil {
		m.hooks.Limit(cpu)
	}
	m.enter(c)
	m.meter.arm(m.rt, cpu)
	defer func() {
		if x := recover(); x != nil {
			err = m.crash(x, c)
		}
		if c != nil {
			c.ran = max(c.ran, m.meter.lateness())
		}
		m.meter.disarm(m.broken != nil)
		m.leave()
	}()
	err = f()
	switch err.(type) {
	case *goja.InterruptedError, *goja.StackOverflowError:
		return m.crash(err, c)
	}
	m.enter(c)
	m.settle()
	m.reportRejections()
	return m.thrown(err, c)
}

// crash breaks the VM, answers the call that was running with the reason, and
// returns it: the one whose job ran, else c, which the run began with. The other
// calls are answered when the VM is replaced.
func (m *vm) crash(x any, c *call) error {
	guilty := m.current
	if guilty == nil {
		guilty = c
	}
	var err error
	switch e := x.(type) {
	case *goja.InterruptedError:
		err = m.spent(e)
	case *goja.StackOverflowError:
		err = m.errorFrom("RangeError: Maximum call stack size exceeded", e.Stack())
	case *goja.Exception, goja.Value: // its text could run script
		err = fmt.Errorf("%w: exception outside of script", ErrCrash)
	default:
		err = fmt.Errorf("%w: %v", ErrCrash, x)
	}
	m.broken = fmt.Errorf("%w: another call broke it: %v", ErrCrash, err) // which is not this call's fault
	if guilty == nil || !guilty.answer(Result{}, err) {
		m.report(guilty, "", err)
	}
	return err
}

// spent is the error of a run that was interrupted.
func (m *vm) spent(e *goja.InterruptedError) error {
	why, ok := e.Value().(error)
	if m.isStopped() || !ok {
		return ErrClosed
	}
	return &spentError{why, m.errorFrom(why.Error(), e.Stack())}
}

// spentError is ErrCPU, or ErrMemory, with the place where the script was.
type spentError struct {
	why error
	at  *Error
}

func (e *spentError) Error() string { return e.at.Error() }

func (e *spentError) Unwrap() []error { return []error{e.why, e.at} }

// settle finishes the calls that returned and whose promises, if they returned
// one, are settled. It belongs into run: what they came to may run script.
func (m *vm) settle() {
	m.mu.Lock()
	m.ready = m.ready[:0]
	for _, c := range m.running {
		if c.isOver() {
			m.ready = append(m.ready, c)
		}
	}
	m.mu.Unlock()
	for _, c := range m.ready {
		m.enter(c)
		m.finish(c)
	}
	m.forget()
}

// forget drops the calls that are settled.
func (m *vm) forget() {
	m.mu.Lock()
	m.running = slices.DeleteFunc(m.running, func(c *call) bool { return c.settled.Load() })
	m.mu.Unlock()
}

// finish answers a call that has its value or its reason. A reason that nobody
// waits for any more is left to be reported as an unhandled rejection.
func (m *vm) finish(c *call) {
	if c.settled.Load() {
		return
	}
	value := c.value
	if p := c.promise; p != nil && c.ended {
		value = nil
	} else if p != nil {
		m.handled(p)
		value = p.Result()
		if p.State() == goja.PromiseStateRejected {
			c.answer(Result{}, m.rejection(value, c))
			return
		}
	}
	r, err := m.result(c, value)
	c.answer(r, err)
}

// result encodes what c came to.
func (m *vm) result(c *call, value goja.Value) (Result, error) {
	r := Result{Effects: c.effects, Ran: max(c.ran, m.meter.lateness())}
	if v, err := m.value(value); err == nil {
		r.Value = v
	}
	if c.first == nil {
		return r, nil
	}
	data, err := c.first.finalData()
	if err != nil {
		return Result{}, m.thrown(err, c)
	}
	r.Data = data
	return r, nil
}

// begin runs a call up to its first await.
func (m *vm) begin(c *call) {
	if c.settled.Load() {
		return
	}
	m.mu.Lock()
	m.running = append(m.running, c)
	m.mu.Unlock()
	if c.Last {
		m.clearTimers()
	}
	err := m.run(c, c.Budget.CPU, func() error {
		f, err := m.function(c.program, c.Func)
		if err != nil {
			return err
		}
		if c.probe {
			c.returned = true
			return m.probe(c)
		}
		args, err := m.arguments(c)
		if err != nil {
			return err
		}
		v, err := f.call(f.this, args...)
		if err != nil {
			return err
		}
		return c.returns(v, m)
	})
	if err != nil && m.broken == nil {
		m.threw(c, err)
		m.forget()
	}
}

// threw answers a call whose handler threw. If that had ended the call, it is said
// in the log alone.
func (m *vm) threw(c *call, err error) {
	if !c.ended {
		c.answer(Result{}, err)
		return
	}
	m.host().Log(c.Origin, LevelError, err.Error())
	r, fault := m.result(c, nil)
	c.answer(r, fault)
}

// try runs f, which may run script outside of a call.
func (m *vm) try(f func()) error {
	if e := m.rt.Try(f); e != nil {
		return e
	}
	return nil
}
