package js

import (
	"fmt"

	"github.com/dop251/goja"
)

// start prepares the VM and runs the top level of the unit's modules.
func (m *vm) start() error {
	err := m.run(nil, startCPU, func() error {
		var err error
		if e := m.rt.Try(func() { err = m.install() }); e != nil {
			return e
		}
		return err
	})
	if err == nil && m.broken != nil {
		return m.broken
	}
	return err
}

func (m *vm) install() error {
	m.natives = newNatives(m.rt)
	m.installGuards()
	m.installTimers()
	m.define("queueMicrotask", m.queueMicrotask)
	if err := m.installBuiltins(); err != nil {
		return err
	}
	if err := m.installPreloads(); err != nil {
		return err
	}
	return m.runModules()
}

// runModules runs the bundle and takes the bindings from its exports.
func (m *vm) runModules() error {
	if m.modules.bundle == nil {
		return nil
	}
	all, err := m.exportsOf(m.modules.bundle)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		v := all.Get(fmt.Sprintf("m%d", i))
		if v == nil {
			return nil
		}
		m.bindings = append(m.bindings, bindingOf(v))
	}
}

// exportsOf runs a bundle, and returns its exports.
func (m *vm) exportsOf(b *bundle) (*goja.Object, error) {
	p, fault := b.program()
	if fault != nil {
		return nil, fault
	}
	if err := m.runWanted(b, b.code); err != nil {
		return nil, err
	}
	v, err := m.rt.RunProgram(p)
	if err != nil {
		return nil, err
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		return nil, fmt.Errorf("modules of %q are not a function", m.name)
	}
	module := m.rt.NewObject()
	exports := m.rt.NewObject()
	_ = module.Set("exports", exports) // a new object takes every property
	if _, err := f(goja.Undefined(), exports, m.requireFunc(), module); err != nil {
		return nil, err
	}
	return module.Get("exports").ToObject(m.rt), nil
}

// bindingOf is what a module's name stands for: its namespace, or, of a module
// that exports an object by default and nothing else, as njs's do, that object.
func bindingOf(namespace goja.Value) goja.Value {
	o, ok := namespace.(*goja.Object)
	if !ok {
		return namespace
	}
	if keys := o.Keys(); len(keys) == 1 && keys[0] == "default" {
		if d, ok := o.Get("default").(*goja.Object); ok {
			if _, isFunc := goja.AssertFunction(d); !isFunc {
				return d
			}
		}
	}
	return namespace
}

// arguments makes a call's arguments values of script.
func (m *vm) arguments(c *call) ([]goja.Value, error) {
	l := make([]goja.Value, len(c.Args))
	err := m.try(func() {
		for i, a := range c.Args {
			l[i] = m.script(a, c)
		}
	})
	return l, err
}
