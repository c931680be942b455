package js

import (
	"errors"
	"fmt"
	"slices"

	"github.com/dop251/goja"
)

// natives are what the engine's own functions take of the language: constructors
// of exceptions, when the first is made (each costs a VM kilobytes), and other
// originals.
type natives struct {
	rt     *goja.Runtime
	errors map[string]*goja.Object // that were used
	then   goja.Callable           // Promise.prototype.then
}

func newNatives(rt *goja.Runtime) natives {
	n := natives{rt: rt, errors: map[string]*goja.Object{}}
	proto := rt.Get("Promise").ToObject(rt).Get("prototype").ToObject(rt)
	n.then, _ = goja.AssertFunction(proto.Get("then"))
	return n
}

// thrown is the exception of an error that is not script's.
func (n natives) thrown(err error) *goja.Object {
	var t *Throw
	if !errors.As(err, &t) {
		return n.newError("Error", err.Error())
	}
	o := n.newError(t.Class, t.Message)
	hidden := func(name, value string) {
		_ = o.DefineDataProperty(name, n.rt.ToValue(value), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE) // a new object takes every property
	}
	if !isErrorClass(t.Class) {
		hidden("name", t.Class)
	}
	if t.Code != "" {
		hidden("code", t.Code)
	}
	return o
}

// isErrorClass reports whether the language has a class of errors of that name.
func isErrorClass(name string) bool {
	switch name {
	case "Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError":
		return true
	}
	return false
}

// newError makes an exception, to be thrown with panic.
func (n natives) newError(class, message string) *goja.Object {
	if !isErrorClass(class) {
		class = "Error"
	}
	ctor, ok := n.errors[class]
	if !ok {
		if ctor, ok = n.rt.Get(class).(*goja.Object); !ok { // script has replaced it
			return n.rt.NewTypeError("%s", message)
		}
		n.errors[class] = ctor
	}
	o, err := n.rt.New(ctor, n.rt.ToValue(message))
	if err != nil {
		panic(err) // an interrupt, or what script has in its place
	}
	return o
}

// thrower is what to panic with for err: script's own exception again, or a new
// one of the class that a *Throw names.
func (m *vm) thrower(err error) any {
	switch e := err.(type) {
	case *goja.Exception:
		return e
	case *goja.InterruptedError, *goja.StackOverflowError:
		return e
	}
	return m.natives.thrown(err)
}

// exception is thrower, for code that is not called by script.
func (m *vm) exception(err error) error {
	var t *Throw
	if errors.As(err, &t) {
		return &Error{Message: t.Error()}
	}
	return err
}

// argumentError says that an argument of a native does not encode.
func argumentError(name string, err error) error {
	if _, ok := err.(*goja.Exception); ok {
		return err
	}
	return &Throw{Class: "TypeError", Message: fmt.Sprintf("%s: %v", name, err)}
}

// callNative runs a native: first are its leading arguments, args those of script.
func (m *vm) callNative(n Native, first []Value, args []goja.Value, c *call) goja.Value {
	first = slices.Grow(first, len(args))
	for _, a := range args {
		v, err := m.argument(n, a)
		if _, threw := err.(*goja.Exception); err != nil && n.Loose && !threw {
			v, err = a.String(), nil
		}
		if n.Spells && goja.IsUndefined(a) {
			v = "undefined"
		}
		if err != nil {
			panic(m.thrower(argumentError(n.Name, err)))
		}
		first = append(first, v)
	}
	if n.Async {
		return m.async(n, first, c)
	}
	v, err := n.Call(m.env(c), first)
	if err != nil {
		panic(m.thrower(err))
	}
	if b, ok := v.([]byte); ok && n.Borrow {
		return m.rt.ToValue(m.rt.NewArrayBuffer(b))
	}
	return m.optional(v, c)
}

// argument is an argument of a native.
func (m *vm) argument(n Native, v goja.Value) (Value, error) {
	return m.valueWithin(v, MaxSize, n.Borrow)
}

// env is what a native of c may use.
func (m *vm) env(c *call) Env {
	ctx := m.life
	if c != nil {
		ctx = c.ctx
	}
	return Env{Context: ctx, Origin: m.originOf(c), Host: m.host(), vm: m}
}

// define defines a global function.
func (m *vm) define(name string, f func(goja.FunctionCall) goja.Value) {
	m.defineOn(m.rt.GlobalObject(), name, f)
}

// defineOn defines a method as the language's own are: not enumerable.
func (m *vm) defineOn(o *goja.Object, name string, f func(goja.FunctionCall) goja.Value) {
	_ = o.DefineDataProperty(name, m.newFunction(name, f), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE) // both are extensible
}

// newFunction makes a function of script.
func (m *vm) newFunction(name string, f func(goja.FunctionCall) goja.Value) *goja.Object {
	v := m.rt.ToValue(f).ToObject(m.rt)
	nameFunction(m.rt, v, name)
	return v
}

// nameFunction gives a native the name that script sees; without one it would be that
// of the Go function.
func nameFunction(rt *goja.Runtime, f *goja.Object, name string) {
	_ = f.DefineDataProperty("name", rt.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE) // it is configurable
}
