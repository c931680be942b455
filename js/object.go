package js

import (
	"fmt"
	"slices"

	"github.com/dop251/goja"
)

// maxData bounds a Data property of an object, in encoded bytes.
const maxData = 64 << 10

// classProgram is a Class, with its properties by name. It is shared by all VMs.
type classProgram struct {
	Class
	fields map[string]int // by name: the index in Fields
	data   map[string]int
	names  []string
}

func compileClasses(classes []Class) []*classProgram {
	var l []*classProgram
	for _, c := range classes {
		p := &classProgram{Class: c, fields: map[string]int{}, data: map[string]int{}}
		for i, f := range c.Fields {
			p.fields[f.Name] = i
			p.names = append(p.names, f.Name)
		}
		for i, d := range c.Data {
			p.data[d.Name] = i
			p.names = append(p.names, d.Name)
		}
		l = append(l, p)
	}
	return l
}

// class is a classProgram in one VM: the prototype holds the methods.
type class struct {
	*classProgram
	name  string
	proto *goja.Object
	wrap  goja.Callable // of the Wrapper; nil: none
}

// instance is an Object as a script sees it: its properties are read when they
// are asked for, and kept.
type instance struct {
	m      *vm
	class  *class
	object *Object
	call   *call      // whose argument it is; nil: of none
	around *instance  // in which it stands; nil: in none
	seen   goja.Value // what scripts see of it

	fields []goja.Value // read so far
	data   []goja.Value
}

// class is the one of a name, made when its first object is; nil if there is none.
func (m *vm) class(name string) *class {
	c, ok := m.protos[name]
	if ok {
		return c
	}
	for _, p := range m.classes {
		if p.Name == name {
			c = m.newClass(p)
			m.protos[name] = c
		}
	}
	return c
}

func (m *vm) newClass(p *classProgram) *class {
	c := &class{classProgram: p, name: p.Name, proto: m.rt.NewObject()}
	for _, e := range p.Effects {
		m.method(c, e.Name, func(i *instance, args []goja.Value) goja.Value { return i.effect(e.Name, args) })
	}
	for _, n := range p.Methods {
		m.method(c, n.Name, func(i *instance, args []goja.Value) goja.Value { return i.native(n, args) })
	}
	if p.Wrapper != "" {
		c.wrap = m.wrapper(p.Wrapper)
	}
	_ = c.proto.DefineDataPropertySymbol(goja.SymToStringTag, m.rt.ToValue(p.Name),
		goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE) // a new object takes every property
	return c
}

// method defines a method whose this must be an instance of the class.
func (m *vm) method(c *class, name string, f func(*instance, []goja.Value) goja.Value) {
	m.defineOn(c.proto, name, func(call goja.FunctionCall) goja.Value {
		if i := instanceOf(call.This); i != nil && i.class == c {
			return f(i, call.Arguments)
		}
		panic(m.rt.NewTypeError(fmt.Sprintf("%s.%s is called on something else", c.name, name)))
	})
}

// newInstance makes an object that stands in another, or in none.
func (m *vm) newInstance(o *Object, c *call, around *instance) goja.Value {
	class := m.class(o.Class)
	if class == nil {
		panic(m.rt.NewTypeError(fmt.Sprintf("unknown class %q", o.Class)))
	}
	i := &instance{m: m, class: class, object: o, call: c, around: around}
	v := m.rt.NewDynamicObject(i)
	_ = v.SetPrototype(class.proto) // an extensible object takes any prototype
	if c != nil && c.first == nil {
		c.first = i
	}
	i.seen = v
	if class.wrap != nil {
		i.seen = i.wrapped(v)
	}
	return i.seen
}

// Get is goja's: a property of the object, nil for those of the prototype.
func (i *instance) Get(key string) goja.Value {
	if n, ok := i.class.fields[key]; ok {
		return i.read(&i.fields, i.object.Fields, n, len(i.class.Fields))
	}
	if n, ok := i.class.data[key]; ok {
		return i.read(&i.data, i.object.Data, n, len(i.class.Data))
	}
	return nil
}

// read makes the n-th of values one of script, once.
func (i *instance) read(cache *[]goja.Value, values []Value, n, size int) goja.Value {
	if *cache == nil {
		*cache = make([]goja.Value, size)
	}
	v := (*cache)[n]
	if v == nil {
		v = goja.Undefined()
		if n < len(values) {
			v = i.m.nested(values[n], i.call, i)
		}
		(*cache)[n] = v
	}
	return v
}

// nested is script, for what stands inside of an object, or of nothing that is an
// argument.
func (m *vm) nested(v Value, c *call, around *instance) goja.Value {
	if c != nil && c.first == nil {
		defer func() { c.first = nil }() // not an argument of its own
	}
	if o, ok := v.(*Object); ok && o != nil {
		return m.newInstance(o, c, around)
	}
	return m.script(v, c)
}

// Set is goja's. Data takes what encodes; the other properties are read-only.
func (i *instance) Set(key string, v goja.Value) bool {
	n, ok := i.class.data[key]
	if !ok {
		panic(i.m.rt.NewTypeError(fmt.Sprintf("property %q of a %s cannot be set", key, i.class.name)))
	}
	if _, err := i.encoded(key, v); err != nil {
		panic(i.m.thrower(err))
	}
	i.Get(key)
	i.data[n] = v
	return true
}

// Has is goja's.
func (i *instance) Has(key string) bool {
	_, field := i.class.fields[key]
	_, data := i.class.data[key]
	return field || data
}

// Delete is goja's: nothing can be deleted.
func (i *instance) Delete(key string) bool { return !i.Has(key) }

// Keys is goja's.
func (i *instance) Keys() []string { return slices.Clone(i.class.names) }

// encoded copies what a Data property holds. What is wrong with it is a *Throw,
// or a *goja.Exception.
func (i *instance) encoded(key string, v goja.Value) (Value, error) {
	out, err := i.m.valueWithin(v, maxData, false)
	if _, threw := err.(*goja.Exception); err == nil || threw {
		return out, err
	}
	if err == errLarge {
		err = fmt.Errorf("larger than %d bytes", maxData)
	}
	return nil, &Throw{Class: "TypeError", Message: fmt.Sprintf("%s.%s: %v", i.class.name, key, err)}
}

// finalData is what the handler left of the Data; what it never read is as it was.
func (i *instance) finalData() ([]Value, error) {
	l := slices.Clone(i.object.Data)
	for n, v := range i.data {
		if v == nil || n >= len(l) {
			continue
		}
		out, err := i.encoded(i.class.Data[n].Name, v)
		if err != nil {
			return nil, i.m.exception(err)
		}
		l[n] = out
	}
	return l, nil
}

// effect records a call of a method, while the handler's call runs.
func (i *instance) effect(name string, args []goja.Value) goja.Value {
	if i.call == nil || i.call.settled.Load() {
		panic(i.m.natives.newError("Error", fmt.Sprintf("%s: the call has ended", name)))
	}
	e := Effect{Name: name}
	for _, a := range args {
		v, err := i.m.value(a)
		if err != nil {
			panic(i.m.thrower(argumentError(name, err)))
		}
		e.Args = append(e.Args, v)
	}
	if len(i.call.effects) >= maxEffects {
		panic(i.m.natives.newError("RangeError", "too many decisions in one call"))
	}
	i.call.effects = append(i.call.effects, e)
	if i == i.call.first && slices.Contains(i.class.Ends, name) {
		i.call.ended = true
	}
	return goja.Undefined()
}

// maxEffects bounds what one call records.
const maxEffects = 1024

func (i *instance) native(n Native, args []goja.Value) goja.Value {
	o := i.object
	if i.class.Inner && i.around != nil {
		o = i.around.object
	}
	return i.m.callNative(n, []Value{o.Fields}, args, i.call)
}
