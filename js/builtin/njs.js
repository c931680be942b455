'use strict';

// The global njs (https://nginx.org/en/docs/njs/reference.html#njs), for scripts
// that look for it.

const { fault, invalidType } = require('weir:errors');
const inspect = (v) => require('weir:inspect').inspect(v);

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

// dump is a value's text: {a:1,b:['x']}, over lines if there is an indentation.
function dump(v, indent, before, path) {
  if (typeof v !== 'object' || v === null || !isBare(v)) return inspect(v);
  if (path.has(v)) return '[Circular]';
  if (path.size === 100) return Array.isArray(v) ? '[Array]' : '[Object]';
  path.add(v);
  const inner = before + indent;
  const items = Array.isArray(v)
    ? Array.from(v, (e) => dump(e, indent, inner, path))
    : Object.keys(v).map((k) => `${name(k)}:${indent && ' '}${property(v, k, indent, inner, path)}`);
  path.delete(v);
  const [open, close] = Array.isArray(v) ? '[]' : '{}';
  if (items.length === 0 || !indent) return open + items.join() + close;
  return `${open}\n${inner}${items.join(',\n' + inner)}\n${before}${close}`;
}

function property(v, key, indent, inner, path) {
  const d = Object.getOwnPropertyDescriptor(v, key);
  if (d?.get || d?.set) return d.get ? d.set ? '[Getter/Setter]' : '[Getter]' : '[Setter]';
  return dump(v[key], indent, inner, path);
}

const name = (key) => /^[a-zA-Z_$][\w$]*$/.test(key) ? key : inspect(key);

// isBare reports whether a value is an array or has properties only.
function isBare(v) {
  return Array.isArray(v) || Object.prototype.toString.call(v) === '[object Object]' && !(v instanceof Map) && !(v instanceof Set);
}

module.exports = {
  njs,
  // exit calls what was registered for the end of the VM.
  exit() { for (const callback of atExit.splice(0)) callback(); },
};
