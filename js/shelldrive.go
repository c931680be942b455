package js

import (
	"context"
	"fmt"
	"time"

	"github.com/dop251/goja"
)

// enter runs f in the VM.
func (s *Shell) enter(f func() error) error {
	err := s.vm.run(nil, s.vm.cpu(nil), f)
	if s.vm.broken != nil {
		s.fault = nil // which is err
	}
	return err
}

// await runs f, and what goes on, until what f returned settles, if it is a promise.
func (s *Shell) await(ctx context.Context, f func() (goja.Value, error)) (v goja.Value, err error) {
	defer s.within(ctx)()
	var o settlement
	err = s.enter(func() error {
		v, err := f()
		if err != nil {
			return err
		}
		return s.vm.observe(v, &o)
	})
	if err != nil {
		return nil, err
	}
	if err := s.drive(ctx, func() bool { return o.settled }); err != nil {
		return nil, err
	}
	return o.value, o.err
}

// within has the end of ctx interrupt script, until the function that it returns is
// called.
func (s *Shell) within(ctx context.Context) func() {
	stop := context.AfterFunc(ctx, func() { s.vm.rt.Interrupt(context.Cause(ctx)) })
	return func() { stop() }
}

// drive runs what is due until done says that this is enough.
func (s *Shell) drive(ctx context.Context, done func() bool) error {
	for {
		switch {
		case s.fault != nil:
			err := s.fault
			s.fault = nil
			return err
		case done():
			return nil
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case s.step():
		case s.vm.isIdle():
			return ErrUnsettled
		default:
			s.sleep(ctx)
		}
	}
}

// step runs what another goroutine has posted, or a timer that is due; false if there
// is neither.
func (s *Shell) step() bool {
	s.mu.Lock()
	tasks := s.tasks
	s.tasks = nil
	s.mu.Unlock()
	for _, t := range tasks {
		t.perform()
	}
	return len(tasks) > 0 || s.timers.fire(time.Now()) != nil
}

// sleep waits for something to do.
func (s *Shell) sleep(ctx context.Context) {
	var due <-chan time.Time
	if at, ok := s.timers.next(); ok {
		due = time.After(time.Until(at))
	}
	select {
	case <-s.wake:
	case <-due:
	case <-ctx.Done():
	}
}

// settlement is what a promise came to.
type settlement struct {
	settled bool
	value   goja.Value
	err     error
}

// observe fills o when v settles, at once if it is no promise.
func (m *vm) observe(v goja.Value, o *settlement) error {
	obj, ok := v.(*goja.Object)
	if !ok || obj.ExportType() != promiseType {
		o.settled, o.value = true, v
		return nil
	}
	fulfilled := func(c goja.FunctionCall) goja.Value {
		o.settled, o.value = true, c.Argument(0)
		return goja.Undefined()
	}
	rejected := func(c goja.FunctionCall) goja.Value {
		o.settled, o.err = true, m.rejection(c.Argument(0), nil)
		return goja.Undefined()
	}
	_, err := m.natives.then(v, m.rt.ToValue(fulfilled), m.rt.ToValue(rejected))
	return err
}

// module is a built-in module, though scripts may not import it.
func (m *vm) module(name string) (goja.Value, error) {
	for _, b := range m.core.builtins {
		if b.Name == name {
			return m.exports(b)
		}
	}
	return nil, fmt.Errorf("there is no module %s", name)
}
