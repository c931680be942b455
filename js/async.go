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
	deadline := time.Now().Add(asyncTime)
	if c != nil {
		deadline = c.deadline
	}
	pool := m.unit.pool
	pool.asyncs.Go(func() {
		ctx, cancel := context.WithDeadlineCause(pool.life, deadline, ErrTimeout)
		defer cancel()
		e.Context = ctx
		v, err := n.Call(e, args)
		m.post(task{c, func() error {
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
	return m.nested(v, c)
}

// task is what another goroutine has the VM's run on behalf of a call.
type task struct {
	call *call
	run  func() error
}

// post has the loop run t, unless the VM breaks before.
func (m *vm) post(t task) {
	m.mu.Lock()
	m.tasks = append(m.tasks, t)
	m.mu.Unlock()
	m.unit.mu.Lock()
	defer m.unit.mu.Unlock()
	if m.unit.vm == m {
		m.unit.serve()
	}
}

// hasTasks says whether something was posted that has not run. The unit's lock
// may be held.
func (m *vm) hasTasks() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.tasks) > 0
}

// runTask runs the first of what was posted, and reports whether there was
// anything.
func (m *vm) runTask() bool {
	m.mu.Lock()
	if len(m.tasks) == 0 {
		m.mu.Unlock()
		return false
	}
	t := m.tasks[0]
	m.tasks[0] = task{}
	m.tasks = m.tasks[1:]
	m.mu.Unlock()
	if err := m.run(t.call, m.cpu(t.call), t.run); err != nil && m.broken == nil {
		m.host().Log(m.originOf(t.call), LevelError, err.Error())
	}
	return true
}
