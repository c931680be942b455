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
	m.installClasses()
	if err := m.installPrelude(); err != nil {
		return err
	}
	if err := m.installBuiltins(); err != nil {
		return err
	}
	if err := m.runModules(); err != nil {
		return err
	}
	for _, i := range m.unit.program.inline {
		if err := m.runInline(i); err != nil {
			return err
		}
	}
	return nil
}

// runModules runs the bundle and takes the bindings from its exports.
func (m *vm) runModules() error {
	u := m.unit.program
	if u.bundle == nil {
		return nil
	}
	v, err := m.rt.RunProgram(u.bundle.program)
	if err != nil {
		return err
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		return fmt.Errorf("modules of %q are not a function", m.unit.name)
	}
	module := m.rt.NewObject()
	exports := m.rt.NewObject()
	_ = module.Set("exports", exports) // a new object takes every property
	if _, err := f(goja.Undefined(), exports, m.requireFunc(), module); err != nil {
		return err
	}
	all := module.Get("exports").ToObject(m.rt)
	for i := range u.imports {
		m.bindings = append(m.bindings, binding(all.Get(fmt.Sprintf("m%d", i))))
	}
	return nil
}

// binding is what a module's name stands for: its namespace, or, of a module
// that exports an object by default and nothing else, as njs's do, that object.
func binding(namespace goja.Value) goja.Value {
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

// runInline makes an inline block's function.
func (m *vm) runInline(i *inlineProgram) error {
	v, err := m.rt.RunProgram(i.program)
	if err != nil {
		return err
	}
	outer, ok := goja.AssertFunction(v)
	if !ok {
		return fmt.Errorf("inline script %q is not a function", i.id)
	}
	var args []goja.Value
	for _, n := range i.scope {
		args = append(args, m.bindings[n])
	}
	f, err := outer(goja.Undefined(), args...)
	if err != nil {
		return err
	}
	call, ok := goja.AssertFunction(f)
	if !ok {
		return fmt.Errorf("inline script %q is not a function", i.id)
	}
	m.functions[Func{Inline: i.id}] = &function{call: call, this: goja.Undefined()}
	return nil
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
