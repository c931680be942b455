package js

import (
	"context"
	"time"

	"github.com/dop251/goja"
)

// asyncTime is how long an Async native may take that no call asked for: one of
// the modules' top level.
const asyncTime = 30 * time.Second

// async calls a native on a goroutine of its own, and returns the promise of its
// outcome. It may outlast the call that asked for it, but not that call's time.
func (m *vm) async(n Native, args []Value, c *call) goja.Value {
	promise, resolve, reject := m.rt.NewPromise()
	e := m.env(c)
	deadline := time.Now().Add(max(asyncTime, m.options.Budget.Wall))
	if c != nil {
		deadline = c.deadline
	}
	m.waiting++
	c.hold(1)
	m.asyncs.Go(func() {
		ctx, cancel := context.WithDeadlineCause(m.life, deadline, ErrTimeout)
		defer cancel()
		e.Context = ctx
		v, err := n.Call(e, args)
		m.post(task{m, c, func() error {
			m.waiting--
			c.hold(-1)
			if err != nil {
				return reject(m.natives.thrown(err))
			}
			return resolve(m.optional(v, c))
		}})
	})
	return m.rt.ToValue(promise)
}

// optional is a native's answer: none is undefined.
func (m *vm) optional(v Value, c *call) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return m.nested(v, c, nil)
}

// task is what another goroutine has a VM's run on behalf of a call.
type task struct {
	vm   *vm
	call *call
	run  func() error
}

// perform runs a task, unless its VM broke meanwhile.
func (t task) perform() {
	m := t.vm
	if m.broken != nil {
		return
	}
	if err := m.run(t.call, m.cpu(t.call), t.run); err != nil && m.broken == nil {
		m.report(t.call, "", err)
	}
}
