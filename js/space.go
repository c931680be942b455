package js

import (
	"errors"
	"fmt"

	"github.com/dop251/goja"
)

// space is what a unit's handlers are in a VM.
type space struct {
	*unitProgram
	functions map[Func]*function
}

// function is a handler.
type function struct {
	call goja.Callable
	this goja.Value
}

// space is that of a unit.
func (m *vm) space(u *unitProgram) *space {
	s, ok := m.spaces[u]
	if !ok {
		s = &space{u, map[Func]*function{}}
		m.spaces[u] = s
	}
	return s
}

// function finds a handler. Modules can replace their exports only while their
// top level runs: what was found is kept.
func (m *vm) function(u *unitProgram, f Func) (*function, error) {
	s := m.space(u)
	if fn, ok := s.functions[f]; ok {
		return fn, nil
	}
	v, this, err := m.lookup(u, f)
	if err != nil {
		return nil, err
	}
	call, ok := goja.AssertFunction(v)
	if !ok {
		return nil, notFunction(f, v)
	}
	fn := &function{call: call, this: this}
	s.functions[f] = fn
	return fn, nil
}

// lookup finds the value that f names, nil if there is none.
func (m *vm) lookup(u *unitProgram, f Func) (v, this goja.Value, err error) {
	if i := u.inlineOf(f); i != nil {
		v, err = m.inline(u, i)
		return v, goja.Undefined(), err
	}
	n := u.names.find(f.Module)
	if n < 0 {
		return nil, nil, fmt.Errorf("no function %s", f)
	}
	b, ok := m.binding(n).(*goja.Object)
	if !ok {
		return nil, goja.Undefined(), nil
	}
	err = m.try(func() { v = b.Get(f.Name) })
	return v, b, err
}

// binding is the n-th module of the bundle, as handlers see it.
func (m *vm) binding(n int) goja.Value {
	if n < 0 || n >= len(m.bindings) {
		return goja.Undefined()
	}
	return m.bindings[n]
}

// inline makes an inline script's function.
func (m *vm) inline(u *unitProgram, i *inlineProgram) (goja.Value, error) {
	p, fault := i.program()
	if fault != nil {
		return nil, fault
	}
	text := i.Body
	if i.lowered != nil {
		text = i.lowered.code
	}
	if err := m.runWanted(i, text); err != nil {
		return nil, err
	}
	v, err := m.rt.RunProgram(p)
	if err != nil {
		return nil, err
	}
	var args []goja.Value
	if i.lowered != nil {
		if v, err = m.apply(v, m.requireFunc()); err != nil {
			return nil, err
		}
	} else if len(i.outer()) > len(i.scope.names) {
		args = append(args, m.requireFunc())
	}
	for _, n := range i.scope.imports {
		args = append(args, m.binding(u.names.index[n]))
	}
	return m.apply(v, args...)
}

func (m *vm) apply(f goja.Value, args ...goja.Value) (goja.Value, error) {
	call, ok := goja.AssertFunction(f)
	if !ok {
		return nil, errors.New("inline script is not a function")
	}
	return call(goja.Undefined(), args...)
}
