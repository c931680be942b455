package js

import (
	"fmt"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

// builtin is a Module, compiled when it is run first. Running the program returns
// a function of exports, module, require and native.
type builtin struct {
	Module
	index   int
	program func() (*goja.Program, error)
	wanters sync.Map // scripts (*bundle, *inlineProgram) → whether their text is Wanted's
}

func newBuiltins(modules []Module) []*builtin {
	var l []*builtin
	for i, m := range modules {
		l = append(l, &builtin{Module: m, index: i, program: sync.OnceValues(func() (*goja.Program, error) {
			return compileScript(m.file(), "(function(exports,module,require,native){"+m.Source+"\n})")
		})})
	}
	return l
}

// file is the module's name in stacks.
func (m Module) file() string {
	if m.Name == "" {
		return "<builtin>"
	}
	return "<" + m.Name + ">"
}

// atStart reports whether the module runs when a VM starts.
func (m Module) atStart() bool { return m.Name == "" && len(m.Globals) == 0 && m.Wanted == nil }

// isWantedBy reports whether a script's text is such that the module must have run.
func (b *builtin) isWantedBy(script any, text string) bool {
	if b.Wanted == nil {
		return false
	}
	is, ok := b.wanters.Load(script)
	if !ok {
		is = b.Wanted.MatchString(text)
		b.wanters.Store(script, is)
	}
	return is.(bool)
}

// runWanted runs the modules that a script wants, ahead of it.
func (m *vm) runWanted(script any, text string) error {
	for _, b := range m.core.builtins {
		if m.loaded[b.index] != nil || !b.isWantedBy(script, text) {
			continue
		}
		if _, err := m.exports(b); err != nil {
			return err
		}
	}
	return nil
}

// complete runs all modules that some script might want.
func (m *vm) complete() error {
	for _, b := range m.core.builtins {
		if b.Wanted == nil {
			continue
		}
		if _, err := m.exports(b); err != nil {
			return err
		}
	}
	return nil
}

// installBuiltins runs the modules that do so at the start, and prepares the
// globals of the others.
func (m *vm) installBuiltins() error {
	builtins := m.core.builtins
	m.loaded = make([]*goja.Object, len(builtins))
	for _, b := range builtins {
		for _, name := range b.Globals {
			m.defineLazy(name, b)
		}
		if b.atStart() {
			if _, err := m.exports(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// defineLazy makes an export of a module a global: an accessor, which becomes a
// property as the language's own are once it is read or written. One function
// does both: each costs every VM half a kilobyte.
func (m *vm) defineLazy(name string, b *builtin) {
	access := m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		if len(c.Arguments) > 0 { // it is the setter
			m.settleLazy(name, c.Argument(0))
			return goja.Undefined()
		}
		exports, err := m.exports(b)
		if err != nil {
			panic(m.thrower(err))
		}
		v := exports.ToObject(m.rt).Get(name)
		if v == nil {
			panic(m.natives.newError("ReferenceError", name+" is not defined"))
		}
		m.settleLazy(name, v)
		return v
	}).ToObject(m.rt)
	nameFunction(m.rt, access, name)
	_ = m.rt.GlobalObject().DefineAccessorProperty(name, access, access, goja.FLAG_TRUE, goja.FLAG_FALSE) // it is extensible yet
}

// settleLazy makes a lazy global a plain property, unless script has frozen it.
func (m *vm) settleLazy(name string, v goja.Value) {
	_ = m.rt.GlobalObject().DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// builtin loads a built-in module, once; nil if there is none of this name.
func (m *vm) builtin(spec string, internal bool) (goja.Value, error) {
	if name := strings.TrimPrefix(spec, "node:"); name != "" {
		for _, b := range m.core.builtins {
			if b.Name == name && (internal || !b.internal()) {
				return m.exports(b)
			}
		}
	}
	return nil, nil
}

// require loads a module that a script names: a built-in one, or one that load finds.
func (m *vm) require(spec string) (goja.Value, error) {
	if v, err := m.builtin(spec, false); v != nil || err != nil {
		return v, err
	}
	if m.load != nil {
		if v, err := m.load(spec); v != nil || err != nil {
			return v, err
		}
	}
	return nil, &Throw{Class: "Error", Message: fmt.Sprintf("module %q is not available", spec)}
}

// exports runs a built-in module, unless that was done, and returns its exports.
func (m *vm) exports(b *builtin) (goja.Value, error) {
	if module := m.loaded[b.index]; module != nil {
		return module.Get("exports"), nil
	}
	p, err := b.program()
	if err != nil {
		return nil, err
	}
	v, err := m.rt.RunProgram(p)
	if err != nil {
		return nil, err
	}
	f, _ := goja.AssertFunction(v)
	module := m.rt.NewObject()
	exports := m.rt.NewObject()
	_ = module.Set("exports", exports) // a new object takes every property
	m.loaded[b.index] = module
	if _, err := f(goja.Undefined(), exports, module, m.requireBuiltin(), m.nativeObject(b.Natives)); err != nil {
		m.loaded[b.index] = nil
		return nil, err
	}
	return module.Get("exports"), nil
}

// requireBuiltin is the require that built-in modules see.
func (m *vm) requireBuiltin() goja.Value {
	return m.loader(func(spec string) (goja.Value, error) {
		v, err := m.builtin(spec, true)
		if v == nil && err == nil {
			err = fmt.Errorf("no built-in module %q", spec)
		}
		return v, err
	})
}

// requireFunc is the require that scripts see.
func (m *vm) requireFunc() goja.Value { return m.loader(m.require) }

// loader makes a function of script of one that loads.
func (m *vm) loader(load func(spec string) (goja.Value, error)) goja.Value {
	f := m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		v, err := load(c.Argument(0).String())
		if err != nil {
			panic(m.thrower(err))
		}
		return v
	}).ToObject(m.rt)
	nameFunction(m.rt, f, "require")
	return f
}
