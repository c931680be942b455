package js

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"
)

// builtin is a Module, compiled. Running it returns a function of exports,
// module, require and native.
type builtin struct {
	Module
	program *goja.Program
}

func compileBuiltins(modules []Module) ([]builtin, error) {
	var l []builtin
	for _, m := range modules {
		p, err := compileScript(m.file(), "(function(exports,module,require,native){"+m.Source+"\n})")
		if err != nil {
			return nil, err
		}
		l = append(l, builtin{m, p})
	}
	return l, nil
}

// file is the module's name in stacks.
func (m Module) file() string {
	if m.Name == "" {
		return "<builtin>"
	}
	return "<" + m.Name + ">"
}

// require loads a built-in module, once.
func (m *vm) require(spec string) (goja.Value, error) {
	name := strings.TrimPrefix(spec, "node:")
	if module, ok := m.modules[name]; ok {
		return module.ToObject(m.rt).Get("exports"), nil
	}
	for _, b := range m.unit.pool.builtins {
		if b.Name == name && name != "" {
			return m.instantiate(b)
		}
	}
	return nil, &Throw{Class: "Error", Message: fmt.Sprintf("module %q is not available", spec)}
}

// instantiate runs a built-in module, and returns its exports.
func (m *vm) instantiate(b builtin) (goja.Value, error) {
	v, err := m.rt.RunProgram(b.program)
	if err != nil {
		return nil, err
	}
	f, _ := goja.AssertFunction(v)
	module := m.rt.NewObject()
	exports := m.rt.NewObject()
	_ = module.Set("exports", exports) // a new object takes every property
	if b.Name != "" {
		m.modules[b.Name] = module
	}
	if _, err := f(goja.Undefined(), exports, module, m.requireFunc(), m.nativeObject(b.Natives)); err != nil {
		delete(m.modules, b.Name)
		return nil, err
	}
	return module.Get("exports"), nil
}

// requireFunc is the require that modules see.
func (m *vm) requireFunc() goja.Value {
	return m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		v, err := m.require(c.Argument(0).String())
		if err != nil {
			panic(m.thrower(err))
		}
		return v
	})
}

// nativeObject holds the natives of a module.
func (m *vm) nativeObject(l []Native) *goja.Object {
	o := m.rt.NewObject()
	for _, n := range l {
		m.defineOn(o, n.Name, func(c goja.FunctionCall) goja.Value {
			return m.callNative(n, nil, c.Arguments, m.current)
		})
	}
	return o
}
