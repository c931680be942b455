package js

import "github.com/dop251/goja"

// queueMicrotask runs a callback as a job; what it throws is an unhandled
// rejection (HTML, 8.7).
func (m *vm) queueMicrotask(c goja.FunctionCall) goja.Value {
	f, ok := goja.AssertFunction(c.Argument(0))
	if !ok {
		panic(m.rt.NewTypeError("callback is not a function"))
	}
	job := m.rt.ToValue(func(goja.FunctionCall) goja.Value {
		if _, err := f(goja.Undefined()); err != nil {
			panic(m.thrower(err))
		}
		return goja.Undefined()
	})
	p, resolve, _ := m.rt.NewPromise()
	if err := resolve(goja.Undefined()); err != nil {
		panic(err)
	}
	if _, err := m.natives.then(m.rt.ToValue(p), job); err != nil {
		panic(m.thrower(err))
	}
	return goja.Undefined()
}
