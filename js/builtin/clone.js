'use strict';

// structuredClone (HTML, 2.7): a copy of all that a value refers to, in which
// cycles stay cycles. Objects wait in a queue for what they hold to be copied, so
// that their depth does not matter.

const { DOMException } = require('weir:domexception');

const viewTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const views = Object.fromEntries([
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  ...globalThis.BigInt64Array ? [BigInt64Array, BigUint64Array] : [], // taken away in the server's process
].map((View) => [View.name, View]));
const errors = { __proto__: null, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

function refused(what) {
  return new DOMException(`${what} could not be cloned.`, 'DataCloneError');
}

// text says which value it is that cannot be cloned.
function text(v) {
  if (typeof v === 'function') return Function.prototype.toString.call(v);
  return typeof v === 'symbol' ? String(v) : `#<${v.constructor?.name || 'Object'}>`;
}

// is makes a test of class that a prototype does not pass: method throws for all
// that was not made by the class.
const is = (Class, method) => (v) => {
  if (!(v instanceof Class)) return false;
  try {
    method.call(v);
    return true;
  } catch {
    return false;
  }
};

// boxes are the classes of objects that hold a primitive.
const boxes = [Number, String, Boolean, ...typeof BigInt === 'function' ? [BigInt] : []]
  .map((Class) => ({ test: is(Class, Class.prototype.valueOf), valueOf: Class.prototype.valueOf }));
const boxOf = (v) => boxes.find((box) => box.test(v));

// kinds are how objects are copied: the shell of the copy, and what fills it. An
// object is of the first kind whose test it passes.
const kinds = [
  { test: Array.isArray, shell: (v) => new Array(v.length), fill: properties },
  { test: boxOf, shell: (v) => Object(boxOf(v).valueOf.call(v)) },
  { test: is(Date, Date.prototype.getTime), shell: (v) => new Date(Date.prototype.getTime.call(v)) },
  { test: (v) => v instanceof RegExp, shell: (v) => new RegExp(v.source, v.flags) },
  { test: is(ArrayBuffer, getter(ArrayBuffer, 'byteLength')), shell: (v) => ArrayBuffer.prototype.slice.call(v, 0) },
  { test: ArrayBuffer.isView, shell: view },
  {
    test: is(Map, getter(Map, 'size')),
    shell: () => new Map(),
    fill(v, c, copy) { for (const [key, value] of [...v]) c.set(copy(key), copy(value)); },
  },
  {
    test: is(Set, getter(Set, 'size')),
    shell: () => new Set(),
    fill(v, c, copy) { for (const value of [...v]) c.add(copy(value)); },
  },
  { test: (v) => v instanceof DOMException, shell: (v) => new DOMException(v.message, v.name) },
  { test: (v) => v instanceof Error, shell: error, fill: cause },
  {
    test: (v) => typeof v === 'function' || v instanceof Symbol || v instanceof Promise || v instanceof WeakMap || v instanceof WeakSet,
    shell(v) { throw refused(text(v)); },
  },
];
const plain = { shell: () => ({}), fill: properties };

function kindOf(v) {
  return Object.getPrototypeOf(v) === Object.prototype ? plain : kinds.find((kind) => kind.test(v)) ?? plain;
}

function getter(Class, name) { return Object.getOwnPropertyDescriptor(Class.prototype, name).get; }

function properties(v, c, copy) {
  for (const key of Object.keys(v)) {
    const value = copy(v[key]);
    if (key === '__proto__') Object.defineProperty(c, key, { value, writable: true, enumerable: true, configurable: true });
    else c[key] = value;
  }
}

function cause(v, c, copy) {
  if (Object.hasOwn(v, 'cause')) Object.defineProperty(c, 'cause', { value: copy(v.cause), writable: true, configurable: true });
}

function view(v, copy) {
  const buffer = copy(v.buffer);
  const tag = viewTag.call(v);
  return tag === undefined ? new DataView(buffer, v.byteOffset, v.byteLength) : new views[tag](buffer, v.byteOffset, v.length);
}

function error(v) {
  const Class = errors[v.name] ?? Error;
  const d = Object.getOwnPropertyDescriptor(v, 'message');
  const c = d && 'value' in d ? new Class(d.value) : new Class();
  Object.defineProperty(c, 'stack', { value: `${v.stack}`, writable: true, configurable: true });
  return c;
}

function clone(value) {
  const seen = new Map();
  const waiting = [];
  const copy = (v) => {
    if (typeof v === 'symbol') throw refused(text(v));
    if (Object(v) !== v) return v;
    if (seen.has(v)) return seen.get(v);
    const kind = kindOf(v);
    const c = kind.shell(v, copy);
    seen.set(v, c);
    if (kind.fill !== undefined) waiting.push(() => kind.fill(v, c, copy));
    return c;
  };
  const root = copy(value);
  for (let i = 0; i < waiting.length; i++) waiting[i]();
  return root;
}

function structuredClone(value, options = undefined) {
  if (arguments.length === 0) {
    const e = new TypeError('The "value" argument must be specified');
    e.code = 'ERR_MISSING_ARGS';
    throw e;
  }
  const transfer = [...options?.transfer ?? []];
  if (transfer.some((b, i) => !(b instanceof ArrayBuffer) || transfer.indexOf(b) !== i)) {
    throw new DOMException('Value not transferable', 'DataCloneError');
  }
  return clone(value);
}

exports.structuredClone = structuredClone;
