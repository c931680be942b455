package js

import "github.com/dop251/goja"

// installPrelude defines what the language's hosts have and goja has not.
func (m *vm) installPrelude() error {
	m.define("queueMicrotask", m.queueMicrotask)
	f, err := m.rt.RunProgram(m.prelude)
	if err != nil {
		return err
	}
	return m.rt.GlobalObject().DefineDataProperty("structuredClone", f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

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

// prelude's value is structuredClone (HTML, 2.7): a copy of everything that a
// value refers to, in which cycles stay cycles.
const prelude = `(() => {
	const copy = (v, seen) => {
		if (typeof v === 'function' || typeof v === 'symbol') throw new TypeError('a ' + typeof v + ' cannot be cloned');
		if (Object(v) !== v) return v;
		if (seen.has(v)) return seen.get(v);
		const keep = (c) => { seen.set(v, c); return c; };
		const properties = (c) => { for (const k of Object.keys(v)) c[k] = copy(v[k], seen); return c; };
		switch (true) {
		case Array.isArray(v): return properties(keep(new Array(v.length)));
		case v instanceof Date: return keep(new Date(v.getTime()));
		case v instanceof RegExp: return keep(new RegExp(v.source, v.flags));
		case v instanceof ArrayBuffer: return keep(v.slice(0));
		case ArrayBuffer.isView(v): return keep(new v.constructor(copy(v.buffer, seen), v.byteOffset, v.length ?? v.byteLength));
		case v instanceof Map: {
			const c = keep(new Map());
			v.forEach((value, key) => c.set(copy(key, seen), copy(value, seen)));
			return c;
		}
		case v instanceof Set: {
			const c = keep(new Set());
			v.forEach((value) => c.add(copy(value, seen)));
			return c;
		}
		case v instanceof Error: {
			const c = keep(Object.create(Object.getPrototypeOf(v)));
			for (const k of ['name', 'message', 'stack', 'cause']) if (k in v) c[k] = copy(v[k], seen);
			return c;
		}
		case v instanceof Promise || v instanceof WeakMap || v instanceof WeakSet: throw new TypeError('a ' + v.constructor.name + ' cannot be cloned');
		}
		return properties(keep({}));
	};
	return { structuredClone(value) { return copy(value, new Map()); } }.structuredClone;
})()`
