package js

import (
	"fmt"
	"slices"

	"github.com/dop251/goja"
)

// wrapper is the function wrap of a built-in module.
func (m *vm) wrapper(module string) goja.Callable {
	exports, err := m.module(module) // which scripts may not see
	if err != nil {
		panic(m.thrower(err))
	}
	wrap, ok := goja.AssertFunction(exports.ToObject(m.rt).Get("wrap"))
	if !ok {
		panic(m.rt.NewTypeError(fmt.Sprintf("module %q has no function wrap", module)))
	}
	return wrap
}

// wrapped is what scripts see instead of an object.
func (i *instance) wrapped(v *goja.Object) goja.Value {
	around, call := goja.Value(goja.Undefined()), goja.Value(goja.Undefined())
	if i.class.Inner && i.around != nil {
		around, call = i.around.seen, i.m.rt.ToValue(i.invoke)
	}
	w, err := i.class.wrap(goja.Undefined(), v, call, around)
	if err != nil {
		panic(i.m.thrower(err))
	}
	return w
}

// invoke is what a wrapper calls a function of the unit's with: by module, name and
// ID of an inline function, and its argument. What that throws the host is told, and
// the value is undefined then.
func (i *instance) invoke(c goja.FunctionCall) goja.Value {
	if i.call == nil {
		return goja.Undefined()
	}
	f := Func{Module: c.Argument(0).String(), Name: c.Argument(1).String(), Inline: c.Argument(2).String()}
	fn, err := i.m.function(i.call.program, f)
	if err == nil {
		var v goja.Value
		if v, err = fn.call(fn.this, c.Argument(3)); err == nil {
			return v
		}
	}
	switch err.(type) {
	case *goja.InterruptedError, *goja.StackOverflowError:
		panic(err)
	}
	i.m.blame(f, i.m.thrown(err, i.call), i.call)
	return goja.Undefined()
}

// blame tells the host what a function that c has had called threw, the first time: it
// is asked for "fault" of module, name, ID and AppendError's bytes. If it knows no
// such function, that is logged.
func (m *vm) blame(f Func, err error, c *call) {
	if slices.Contains(c.blamed, f) {
		return
	}
	c.blamed = append(c.blamed, f)
	e := m.env(c)
	if _, fault := e.Host.Ask(e.Context, e.Origin, "fault", []Value{f.Module, f.Name, f.Inline, AppendError(nil, err)}); fault != nil {
		e.Host.Log(e.Origin, LevelError, fmt.Sprintf("%s: %v", f, err))
	}
}
