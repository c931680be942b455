'use strict';

// The global njs (https://nginx.org/en/docs/njs/reference.html#njs), for scripts
// that look for it.

const { fault, invalidType } = require('weir:errors');
const inspect = (v) => require('weir:inspect').inspect(v);

const custom = Symbol.for('nodejs.util.inspect.custom');

const atExit = [];

const njs = {
  ...native.facts(),
  get memoryStats() { return { size: native.memory() }; },
  dump(value, indent) { return dump(value, indentation(indent), '', new Set()); },
  on(event, callback) {
    if (event !== 'exit') throw fault(TypeError, 'ERR_INVALID_ARG_VALUE', `unknown event "${event}"`);
    if (typeof callback !== 'function') throw invalidType('callback', 'function', callback);
    atExit.push(callback);
  },
};
Object.defineProperty(njs, Symbol.toStringTag, { value: 'njs', configurable: true });

function indentation(v) {
  if (v === undefined || v === null) return '';
  return typeof v === 'string' ? v.slice(0, 10) : ' '.repeat(Math.min(Math.max(Math.trunc(+v) || 0, 0), 10));
}

// dump is a value's text: {a:1,b:['x']}, over lines if there is an indentation. What
// is of a class begins with its name.
function dump(v, indent, before, path) {
  if (v instanceof Error) return Error.prototype.toString.call(v);
  const list = Array.isArray(v) || ArrayBuffer.isView(v) && !(v instanceof DataView);
  if (typeof v !== 'object' || v === null || !list && opaque.has(tagOf(v))) return inspect(v);
  if (path.has(v)) return '[Circular]';
  if (!list && typeof v[custom] === 'function') {
    const own = v[custom](2, {}, inspect);
    return typeof own === 'object' && own !== null && own !== v && typeof own[custom] !== 'function' ? dump(own, indent, before, path) : inspect(v);
  }
  if (path.size === 100) return list ? '[Array]' : '[Object]';
  path.add(v);
  const inner = before + indent;
  const items = list
    ? Array.from(v, (e, i) => i in v ? dump(e, indent, inner, path) : '<empty>')
    : Object.keys(v).map((k) => `${name(k)}:${indent && ' '}${property(v, k, indent, inner, path)}`);
  path.delete(v);
  const [open, close] = list ? '[]' : '{}';
  const prefix = classOf(v, list ? 'Array' : 'Object');
  if (items.length === 0 || !indent) return prefix + open + items.join() + close;
  return `${prefix}${open}\n${inner}${items.join(',\n' + inner)}\n${before}${close}`;
}

function property(v, key, indent, inner, path) {
  const d = Object.getOwnPropertyDescriptor(v, key);
  if (d?.get || d?.set) return d.get ? d.set ? '[Getter/Setter]' : '[Getter]' : '[Setter]';
  return dump(v[key], indent, inner, path);
}

const name = (key) => /^[a-zA-Z_$][\w$]*$/.test(key) ? key : inspect(key);

const tagOf = (v) => Object.prototype.toString.call(v).slice(8, -1);

// opaque are the types whose values are more than their properties.
const opaque = new Set([
  'Arguments', 'ArrayBuffer', 'BigInt', 'Boolean', 'DataView', 'Date', 'Map', 'Number', 'Promise', 'RegExp', 'Set', 'String', 'Symbol', 'WeakMap', 'WeakSet',
]);

// classOf is the name of a value's class, ahead of what it holds; plain is that of
// which none is written.
function classOf(v, plain) {
  const tag = tagOf(v);
  const Class = tag === plain || ArrayBuffer.isView(v) ? Object.getPrototypeOf(v)?.constructor?.name : tag;
  return typeof Class !== 'string' || Class === '' || Class === plain ? '' : Class + ' ';
}

module.exports = {
  njs,
  // exit calls what was registered for the end of the VM, all of it, and throws what
  // the first threw that did.
  exit() {
    const thrown = [];
    for (const callback of atExit.splice(0)) {
      try { callback(); } catch (e) { thrown.push(e); }
    }
    if (thrown.length > 0) throw thrown[0];
  },
};
