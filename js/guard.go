package js

import (
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// What one native may be asked for. These keep common accidents from becoming
// a process out of memory or a stack overflow, which Go cannot recover from; a
// worker process is what holds against intent.
const (
	maxString  = 16 << 20 // UTF-16 units that repeat and padding make
	maxBuffer  = 64 << 20 // bytes of a buffer
	maxBits    = 1 << 20  // that a BigInt is wrapped to
	maxArgs    = 1 << 20  // elements of an array-like
	maxJSON    = 512      // depth of parsed JSON
	maxPattern = 2048     // of a regular expression made at run time

	// regexpTimeout ends a match that the interrupt cannot reach. It reads as no
	// match, so it is longer than any CPU limit that makes sense.
	regexpTimeout = 2 * time.Second
)

// elementSizes are the bytes of an element, of what has a length.
var elementSizes = map[string]int64{
	"ArrayBuffer": 1, "Int8Array": 1, "Uint8Array": 1, "Uint8ClampedArray": 1, "Int16Array": 2, "Uint16Array": 2,
	"Int32Array": 4, "Uint32Array": 4, "Float32Array": 4, "Float64Array": 8, "BigInt64Array": 8, "BigUint64Array": 8,
}

// limitRegexps bounds the matches of goja's backtracking engine.
var limitRegexps = sync.OnceFunc(func() { regexp2.DefaultMatchTimeout = regexpTimeout })

func (m *vm) installGuards() {
	m.guardStrings()
	m.guardArrayLikes()
	m.guard("JSON", "parse", func(c *goja.FunctionCall) {
		text := c.Argument(0).String()
		if jsonDepth(text) > maxJSON {
			panic(m.natives.newError("SyntaxError", "JSON is nested too deep"))
		}
		m.setArgument(c, 0, m.rt.ToValue(text))
	})
	for name, size := range elementSizes {
		m.guardConstructor(name, func(args []goja.Value) { m.limit(args, maxBuffer/size, "buffer is too large") })
	}
	for _, name := range []string{"asIntN", "asUintN"} {
		m.guard("BigInt", name, func(c *goja.FunctionCall) { m.limit(c.Arguments, maxBits, "number is too long") })
	}
	m.guardConstructor("RegExp", func(args []goja.Value) {
		if len(args) > 0 && len(args[0].String()) > maxPattern {
			panic(m.natives.newError("SyntaxError", "regular expression is too long"))
		}
		m.expandPattern(args)
	})
	m.forbidEval()
	_ = m.rt.GlobalObject().Delete("GoError") // the engine's own, and no class of the language
	if m.options.NoBigInt {
		m.forbidBigInt()
	}
}

// forbidBigInt takes away what makes a BigInt.
func (m *vm) forbidBigInt() {
	global := m.rt.GlobalObject()
	for _, name := range []string{"BigInt", "BigInt64Array", "BigUint64Array"} {
		_ = global.Delete(name) // the originals are configurable
	}
	view := m.rt.Get("DataView").ToObject(m.rt).Get("prototype").ToObject(m.rt)
	for _, name := range []string{"getBigInt64", "getBigUint64", "setBigInt64", "setBigUint64"} {
		_ = view.Delete(name) // as above
	}
}

// expandPattern does for a pattern that script makes what compileTree does for
// those in its text.
func (m *vm) expandPattern(args []goja.Value) {
	if len(args) < 2 {
		return
	}
	pattern, ok := args[0].(goja.String)
	flags, too := args[1].(goja.String)
	if !ok || !too || !needsExpansion(pattern.String(), flags.String()) {
		return
	}
	p, f, err := expandPattern(pattern.String(), flags.String())
	if err != nil {
		panic(m.natives.newError("SyntaxError", "Invalid regular expression: "+err.Error()))
	}
	args[0], args[1] = m.rt.ToValue(p), m.rt.ToValue(f)
}

func (m *vm) guardStrings() {
	m.guard("String.prototype", "repeat", func(c *goja.FunctionCall) {
		s, n := c.This.ToString(), c.Argument(0).ToInteger()
		if n > 0 && int64(s.(goja.String).Length()) > maxString/n {
			panic(m.natives.newError("RangeError", "string is too long"))
		}
		c.This = s
		m.setArgument(c, 0, m.rt.ToValue(n))
	})
	for _, name := range []string{"padStart", "padEnd"} {
		m.guard("String.prototype", name, func(c *goja.FunctionCall) {
			n := c.Argument(0).ToInteger()
			if n > maxString {
				panic(m.natives.newError("RangeError", "string is too long"))
			}
			m.setArgument(c, 0, m.rt.ToValue(n))
		})
	}
}

// guardArrayLikes limits what turns an object with a length into arguments, or
// into a copy.
func (m *vm) guardArrayLikes() {
	for _, g := range []struct {
		path, name string
		arg        int
	}{{"Array", "from", 0}, {"Function.prototype", "apply", 1}, {"Reflect", "apply", 2}, {"Reflect", "construct", 1}} {
		m.guard(g.path, g.name, func(c *goja.FunctionCall) {
			if length(c.Argument(g.arg)) > maxArgs {
				panic(m.natives.newError("RangeError", "array-like is too long"))
			}
		})
	}
	for _, name := range []string{"sort", "toSorted"} { // which allocate for the length
		m.guard("Array.prototype", name, func(c *goja.FunctionCall) {
			if length(c.This) > maxArgs {
				panic(m.natives.newError("RangeError", "array-like is too long"))
			}
		})
	}
}

// length is that of an array-like; 0 of what is none.
func length(v goja.Value) int64 {
	o, ok := v.(*goja.Object)
	if !ok {
		return 0
	}
	n := o.Get("length")
	if n == nil {
		return 0
	}
	return n.ToInteger()
}

// guard has check look at the calls of a native, and change them.
func (m *vm) guard(path, name string, check func(*goja.FunctionCall)) {
	o := m.rt.GlobalObject()
	for p := range strings.SplitSeq(path, ".") {
		o = o.Get(p).ToObject(m.rt)
	}
	native, ok := goja.AssertFunction(o.Get(name))
	if !ok {
		return
	}
	m.defineOn(o, name, func(c goja.FunctionCall) goja.Value {
		check(&c)
		v, err := native(c.This, c.Arguments...)
		if err != nil {
			panic(m.thrower(err))
		}
		return v
	})
}

func (m *vm) setArgument(c *goja.FunctionCall, n int, v goja.Value) {
	if n < len(c.Arguments) {
		c.Arguments[n] = v
	}
}

// guardConstructor has check look at the arguments of a global constructor. It
// stays the same constructor to script.
func (m *vm) guardConstructor(name string, check func([]goja.Value)) {
	native := m.rt.Get(name)
	if native == nil {
		return
	}
	target := native.ToObject(m.rt)
	construct, _ := goja.AssertConstructor(target)
	call, _ := goja.AssertFunction(target)
	var guarded *goja.Object
	proxy := m.rt.NewProxy(target, &goja.ProxyTrapConfig{
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			check(args)
			if newTarget == guarded {
				newTarget = target
			}
			o, err := construct(newTarget, args...)
			if err != nil {
				panic(m.thrower(err))
			}
			return o
		},
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			check(args)
			v, err := call(this, args...)
			if err != nil {
				panic(m.thrower(err))
			}
			return v
		},
	})
	guarded = m.rt.ToValue(proxy).ToObject(m.rt)
	m.keepInstances(guarded, target)
	m.replace(m.rt.GlobalObject(), name, guarded)
	m.replace(target.Get("prototype").ToObject(m.rt), "constructor", guarded)
}

// keepInstances makes instanceof work, which goja does not know of proxies. One
// function does for all constructors: each would cost the VM half a kilobyte.
// Classes that extend a constructor inherit it.
func (m *vm) keepInstances(guarded, target *goja.Object) {
	m.guarded[guarded] = target
	if m.hasInstance == nil {
		native, _ := goja.AssertFunction(target.GetSymbol(goja.SymHasInstance))
		m.hasInstance = m.newFunction("[Symbol.hasInstance]", func(c goja.FunctionCall) goja.Value {
			class := c.This
			if o, ok := class.(*goja.Object); ok && m.guarded[o] != nil {
				class = m.guarded[o]
			}
			v, err := native(class, c.Argument(0))
			if err != nil {
				panic(m.thrower(err))
			}
			return v
		})
	}
	_ = target.DefineDataPropertySymbol(goja.SymHasInstance, m.hasInstance, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE) // it has none of its own
}

// limit refuses a length, the first argument if that is a number, or that of the
// first argument.
func (m *vm) limit(args []goja.Value, most int64, message string) {
	if len(args) == 0 {
		return
	}
	if goja.IsNumber(args[0]) && args[0].ToFloat() > float64(most) || length(args[0]) > most {
		panic(m.natives.newError("RangeError", message))
	}
}

// forbidEval takes away what makes code from strings.
func (m *vm) forbidEval() {
	refuse := func(goja.FunctionCall) goja.Value {
		panic(m.natives.newError("EvalError", "code cannot be made from strings"))
	}
	m.define("eval", refuse)
	m.guardConstructor("Function", func([]goja.Value) { refuse(goja.FunctionCall{}) })
	f, err := m.rt.RunProgram(m.functions)
	if err != nil {
		return
	}
	for _, name := range f.ToObject(m.rt).Keys() {
		constructor := m.rt.ToValue(refuse).ToObject(m.rt)
		nameFunction(m.rt, constructor, name)
		m.replace(f.ToObject(m.rt).Get(name).ToObject(m.rt).Prototype(), "constructor", constructor)
	}
}

// functions are one of each kind whose constructor is no global, by its name.
const functions = "({GeneratorFunction: function*(){}, AsyncFunction: async function(){}})"

func (m *vm) replace(o *goja.Object, name string, v goja.Value) {
	_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE) // the originals are configurable
}

// jsonDepth is how deep the arrays and objects of a JSON text nest.
func jsonDepth(s string) int {
	depth, deepest := 0, 0
	inString := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '[' || c == '{':
			depth++
			deepest = max(deepest, depth)
		case c == ']' || c == '}':
			depth--
		}
	}
	return deepest
}
