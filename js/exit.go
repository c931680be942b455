package js

import (
	"context"
	"time"

	"github.com/dop251/goja"
)

// exitTime is how long the ends of VMs may take together, what their scripts have
// registered for them included. Each is bounded by the CPU limit, too.
const exitTime = 3 * time.Second

// exit calls what scripts have registered for the end of the VM: the export that each
// module which has run names. Timers are over. It belongs into run.
func (m *vm) exit() error {
	m.clearTimers()
	for _, b := range m.core.builtins {
		if !m.exits(b) {
			continue
		}
		f, ok := goja.AssertFunction(m.loaded[b.index].Get("exports").ToObject(m.rt).Get(b.Exit))
		if !ok {
			continue
		}
		if _, err := f(goja.Undefined()); err != nil {
			return err
		}
	}
	return nil
}

// exits reports whether a module has something to do at the VM's end.
func (m *vm) exits(b *builtin) bool {
	return b.Exit != "" && m.loaded != nil && m.loaded[b.index] != nil
}

// end runs exit, if there is something to do.
func (m *vm) end() {
	for _, b := range m.core.builtins {
		if m.exits(b) {
			task{vm: m, run: m.exit}.perform()
			return
		}
	}
}

// Exit has all VMs call what their scripts have registered for their end. What they
// throw is logged. No call is to follow.
func (l *Loop) Exit() {
	for _, lane := range l.lanes {
		if m := lane.vm; m != nil {
			m.end()
			lane.look(m, time.Time{})
		}
	}
}

// exit is Loop's Exit, within exitTime and as long as ctx lasts.
func (p *Pool) exit(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, exitTime)
	defer cancel()
	var ends []chan struct{}
	for _, l := range p.allLanes() {
		l.mu.Lock()
		m := l.vm
		l.mu.Unlock()
		if m == nil {
			continue
		}
		over := make(chan struct{})
		ends = append(ends, over)
		l.post(m, task{vm: m, run: func() error {
			defer close(over)
			return m.exit()
		}})
	}
	for _, over := range ends {
		select {
		case <-over:
		case <-ctx.Done():
			return
		}
	}
}
