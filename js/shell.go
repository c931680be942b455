package js

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/dop251/goja"
)

// Shell runs scripts one after another in one VM, on the goroutine of its owner, who
// alone calls its methods but for Wake. What is not awaited, timers and so on, goes
// on while a method of the shell waits.
//
// An error of a script is an *Error. A script that was interrupted, by the end of a
// context or by Exit, leaves a shell that is good for nothing but Close.
type Shell struct {
	*core
	vm     *vm
	timers timers
	loader *bundler // of the files that scripts require
	dirs   []string // where they are looked for, beside the working directory
	loaded map[string]goja.Value
	wake   chan struct{}
	fault  error // the first that nobody waited for

	mu    sync.Mutex
	tasks []task
}

// ErrUnsettled says that nothing is left to run that could settle what is awaited.
var ErrUnsettled = errors.New("what is awaited never settles")

// ExitError says that a script has ended itself: see Shell.Exit.
type ExitError struct{ Code int }

func (e *ExitError) Error() string { return fmt.Sprintf("exit %d", e.Code) }

// shellStack is how many frames a shell's VM has.
const shellStack = 10_000

// NewShell starts a VM. Of the options the budgets bound each uninterrupted run.
func NewShell(o Options) (*Shell, error) {
	e, err := newEngine(o)
	if err != nil {
		return nil, err
	}
	s := &Shell{core: newCore(e, &Program{}), wake: make(chan struct{}, 1), loaded: map[string]goja.Value{}}
	seat := seat{
		core: s.core, modules: &modules{}, timers: &s.timers, abandon: func(*vm) {},
		post:  func(_ *vm, t task) { s.post(t) },
		hooks: Hooks{Fault: s.blame},
	}
	s.vm = seat.newVM()
	s.vm.rt.SetMaxCallStackSize(shellStack)
	s.watch.add(s.vm.meter)
	if err := s.vm.start(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// blame keeps the first fault that nobody waits for.
func (s *Shell) blame(err error) {
	if s.fault == nil {
		s.fault = err
	}
}

func (s *Shell) post(t task) {
	s.mu.Lock()
	s.tasks = append(s.tasks, t)
	s.mu.Unlock()
	s.Wake()
}

// Wake has a method that waits look again. Any goroutine may call it.
func (s *Shell) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run runs a script, up to the end of its top level. The error may be that of a timer
// or of a rejection that nobody handled.
func (s *Shell) Run(ctx context.Context, p *Script) error {
	_, err := s.await(ctx, func() (goja.Value, error) { return p.run(s.vm) })
	return err
}

// Call calls an export of a built-in module, and waits for what it returns.
func (s *Shell) Call(ctx context.Context, module, name string, args ...Value) (Value, error) {
	m := s.vm
	v, err := s.await(ctx, func() (goja.Value, error) {
		exports, err := m.module(module)
		if err != nil {
			return nil, err
		}
		f, ok := goja.AssertFunction(exports.ToObject(m.rt).Get(name))
		if !ok {
			return nil, fmt.Errorf("%s has no function %s", module, name)
		}
		var l []goja.Value
		for _, a := range args {
			l = append(l, m.script(a, nil))
		}
		return f(goja.Undefined(), l...)
	})
	if err != nil {
		return nil, err
	}
	var out Value
	err = s.enter(func() (err error) {
		out, err = m.value(v)
		return err
	})
	return out, err
}

// Wait waits until nothing is left to run, or until says so, which is asked after
// each Wake; nil is nothing to wait for.
func (s *Shell) Wait(ctx context.Context, until func() bool) error {
	if until == nil {
		until = func() bool { return false }
	}
	err := s.drive(ctx, until)
	if errors.Is(err, ErrUnsettled) {
		return nil
	}
	return err
}

// Exit ends the script that is running, which calls it through a native: nothing of
// it runs any more, and the shell's method fails with an *ExitError.
func (s *Shell) Exit(code int) { s.vm.rt.Interrupt(&ExitError{code}) }

// IsBroken reports whether the shell is good for nothing but Close.
func (s *Shell) IsBroken() bool { return s.vm.broken != nil }

// Close ends what goes on beside scripts.
func (s *Shell) Close() {
	close(s.stop)
	s.end()
}
