'use strict';

// How console shows values: Node's util.inspect with {compact: true,
// breakLength: Infinity}, so that a value is one line. Getters are not called.

// The engine's stack ends at 1000 frames, and a VM that reaches it is lost:
// that bounds the depth of a dump.
const most = { depth: 2, dump: 100, groups: 20, items: 100, string: 10000, values: 1000 };

const custom = Symbol.for('nodejs.util.inspect.custom');
const tagOf = (v) => Object.prototype.toString.call(v).slice(8, -1);
const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

function inspect(value, depth = most.depth) {
  try {
    return new Inspector(depth).value(value, 0);
  } catch {
    return '[an object that throws when it is looked at]';
  }
}

class Inspector {
  constructor(depth) {
    this.depth = depth;
    this.path = []; // the objects around the present one
    this.circles = new Map(); // an object that holds itself → its number
    this.left = most.values;
  }

  value(v, level) {
    if (typeof v === 'function' || (typeof v === 'object' && v !== null)) return this.object(v, level);
    if (typeof v !== 'string') return primitive(v);
    if (v.length <= most.string) return quote(v);
    return quote(v.slice(0, most.string)) + '... ' + plural(v.length - most.string, 'more character');
  }

  object(v, level) {
    if (this.path.includes(v)) {
      if (!this.circles.has(v)) this.circles.set(v, this.circles.size + 1);
      return `[Circular *${this.circles.get(v)}]`;
    }
    if (typeof v[custom] === 'function') return this.own(v, level);
    const shape = shapeOf(v);
    const empty = shape.keys.length === 0 && !shape.size;
    if (level > this.depth && !empty) return `[${shape.name}]`;
    if (--this.left < 0) return '...';
    this.path.push(v);
    const items = shape.items ? shape.items(this, level + 1) : [];
    for (const key of shape.keys) items.push(this.property(v, key, level + 1));
    this.path.pop();
    const text = join(shape, items);
    return this.circles.has(v) ? `<ref *${this.circles.get(v)}> ${text}` : text;
  }

  // own is what an object makes of itself, as Node lets it.
  own(v, level) {
    const depth = this.depth - level;
    if (depth < 0) return `[${nameOf(v)}]`;
    const text = v[custom](depth, {}, (e) => inspect(e, depth - 1));
    return typeof text === 'string' ? text : text === v ? '[Circular]' : this.value(text, level);
  }

  property(v, key, level) {
    const d = Object.getOwnPropertyDescriptor(v, key) || { value: v[key] };
    let name = typeof key === 'symbol' ? `[${String(key)}]` : /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quote(key);
    if (d.enumerable === false) name = `[${String(key)}]`;
    if (d.get) return `${name}: [${d.set ? 'Getter/Setter' : 'Getter'}]`;
    if (d.set) return `${name}: [Setter]`;
    return `${name}: ${this.value(d.value, level)}`;
  }

  array(v, level) {
    const items = [];
    let i = 0;
    for (; i < v.length && items.length < most.items; i++) {
      if (Object.hasOwn(v, i)) {
        items.push(this.value(v[i], level));
        continue;
      }
      const from = i;
      while (i + 1 < v.length && !Object.hasOwn(v, i + 1)) i++;
      items.push(`<${plural(i + 1 - from, 'empty item')}>`);
    }
    return more(items, v.length - i);
  }

  entries(v, show) {
    const items = [];
    for (const e of v) {
      if (items.length === most.items) break;
      items.push(show(e));
    }
    return more(items, v.size - items.length);
  }
}

// shapeOf says how an object is shown: as "prefix { items, keys }". It is bare
// when, without items and keys, the prefix says it all.
function shapeOf(v) {
  const name = nameOf(v);
  const shape = { name: name || 'Object: null prototype', open: '{', close: '}', keys: keysOf(v), size: 0 };
  const known = shapes[kindOf(v)];
  if (known) return Object.assign(shape, known(v, name));
  const prefix = prefixOf(v, name, 'Object');
  return Object.assign(shape, { prefix: prefix === 'Object' ? '' : prefix });
}

// kindOf is the built-in type that an object is of, whatever its tag says.
function kindOf(v) {
  if (typeof v === 'function') return 'Function';
  if (Array.isArray(v)) return 'Array';
  if (v instanceof Uint8Array && nameOf(v) === 'Buffer') return 'Buffer';
  if (ArrayBuffer.isView(v) && typedArrayTag.call(v) !== undefined) return 'TypedArray';
  const tag = tagOf(v);
  const type = types[tag];
  return type === undefined || v instanceof type ? tag : 'Object';
}

const types = { __proto__: null, Map, Set, ArrayBuffer, Error, RegExp, Date, Number, String, Boolean, WeakMap, WeakSet, DataView, Symbol, Promise };

const shapes = {
  __proto__: null,
  Function: (v) => ({ prefix: functionText(v), bare: true }),
  Array: (v, name) => list(v, name === 'Array' ? '' : prefixOf(v, name, 'Array', v.length)),
  Buffer: (v) => ({ prefix: `<Buffer ${hex(v)}>`, keys: keysOf(v).filter((k) => !isIndex(k)), bare: true }),
  TypedArray: (v, name) => list(v, prefixOf(v, name, typedArrayTag.call(v), v.length)),
  Arguments: (v) => list(v, '[Arguments]'),
  Map: (v, name) => ({
    prefix: prefixOf(v, name, 'Map', v.size),
    size: v.size,
    items: (i, level) => i.entries(v, ([k, e]) => `${i.value(k, level)} => ${i.value(e, level)}`),
  }),
  Set: (v, name) => ({
    prefix: prefixOf(v, name, 'Set', v.size),
    size: v.size,
    items: (i, level) => i.entries(v, (e) => i.value(e, level)),
  }),
  ArrayBuffer: (v, name) => ({
    prefix: prefixOf(v, name, 'ArrayBuffer'),
    size: 1,
    items: () => [`[Uint8Contents]: <${hex(new Uint8Array(v))}>`, `byteLength: ${v.byteLength}`],
  }),
  Error: (v) => ({ prefix: errorText(v), keys: errorKeys(v), bare: true }),
  RegExp: (v) => ({ prefix: RegExp.prototype.toString.call(v), bare: true }),
  Date: (v) => ({ prefix: Number.isNaN(+v) ? 'Invalid Date' : Date.prototype.toISOString.call(v), bare: true }),
  Number: (v) => ({ prefix: `[Number: ${primitive(+v)}]`, bare: true }),
  Boolean: (v) => ({ prefix: `[Boolean: ${v.valueOf()}]`, bare: true }),
  Symbol: (v) => ({ prefix: `[Symbol: ${String(v.valueOf())}]`, bare: true }),
  BigInt: (v) => ({ prefix: `[BigInt: ${v}n]`, bare: true }),
  DataView: (v, name) => ({
    prefix: prefixOf(v, name, 'DataView'),
    size: 1,
    items: (i, level) => [`byteLength: ${v.byteLength}`, `byteOffset: ${v.byteOffset}`, `buffer: ${i.value(v.buffer, level)}`],
  }),
  String: (v) => ({ prefix: `[String: ${quote(v.valueOf())}]`, keys: keysOf(v).filter((k) => !isIndex(k)), bare: true }),
  Promise: (v, name) => {
    const came = native.promiseState(v);
    return { prefix: prefixOf(v, name, 'Promise'), size: came ? 1 : 0, items: came && ((i, level) => [outcome(i, level, ...came)]) };
  },
  WeakMap: (v, name) => ({ prefix: prefixOf(v, name, 'WeakMap'), size: 1, items: () => ['<items unknown>'] }),
  WeakSet: (v, name) => ({ prefix: prefixOf(v, name, 'WeakSet'), size: 1, items: () => ['<items unknown>'] }),
};

// outcome is what a promise came to.
function outcome(i, level, state, value) {
  if (state === 'pending') return '<pending>';
  return (state === 'rejected' ? '<rejected> ' : '') + i.value(value, level);
}

function prefixOf(v, name, fallback, size) {
  const own = Object.prototype.propertyIsEnumerable.call(v, Symbol.toStringTag);
  const tag = own ? '' : v[Symbol.toStringTag];
  const text = (name || `[${fallback}: null prototype]`) + (size === undefined ? '' : `(${size})`);
  return typeof tag === 'string' && tag !== '' && tag !== name ? `${text} [${tag}]` : text;
}

const isIndex = (key) => typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key);

function list(v, prefix) {
  const keys = keysOf(v);
  const first = keys.findLastIndex(isIndex) + 1; // indexes come ahead of names
  return { prefix, open: '[', close: ']', keys: keys.slice(first), size: v.length, items: (i, level) => i.array(v, level) };
}

function keysOf(v) {
  const keys = Object.keys(v);
  for (const s of Object.getOwnPropertySymbols(v)) {
    if (Object.prototype.propertyIsEnumerable.call(v, s)) keys.push(s);
  }
  return keys;
}

function nameOf(v) {
  for (let p = v; p !== null; p = Object.getPrototypeOf(p)) {
    const d = Object.getOwnPropertyDescriptor(p, 'constructor');
    if (d && typeof d.value === 'function' && d.value.name !== '') return d.value.name;
  }
  return '';
}

function functionText(f) {
  if (/^class\b/.test(Function.prototype.toString.call(f))) {
    const base = Object.getPrototypeOf(f);
    return `[class ${f.name || '(anonymous)'}${base && base.name ? ' extends ' + base.name : ''}]`;
  }
  return `[${tagOf(f)}${f.name ? ': ' + f.name : ' (anonymous)'}]`;
}

function errorText(e) {
  const head = Error.prototype.toString.call(e);
  const stack = typeof e.stack === 'string' ? e.stack.trimEnd().replace(/\n\s*at (.*?)\(\d+\)(\)?)$/gm, '\n    at $1$2') : '';
  if (stack === '' || stack === head) return `[${named(head, e)}]`;
  return named(stack, e);
}

// named is the text of an error, under the name of its class if it has no other of
// its own.
function named(text, e) {
  const name = `${e.name}`;
  const Class = nameOf(e);
  if (Class === '' || Class === name || !name.endsWith('Error') || !text.startsWith(name)) return text;
  return (Class.includes(name) ? Class : `${Class} [${name}]`) + text.slice(name.length);
}

function errorKeys(e) {
  const keys = keysOf(e).filter((k) => k !== 'stack' && k !== 'message' && k !== 'name');
  if (Object.hasOwn(e, 'cause') && !keys.includes('cause')) keys.push('cause');
  if (Object.hasOwn(e, 'errors') && !keys.includes('errors')) keys.push('errors');
  return keys;
}

function join(shape, items) {
  const { prefix, open, close } = shape;
  if (items.length === 0) return shape.bare ? prefix : (prefix && prefix + ' ') + open + close;
  return `${prefix && prefix + ' '}${open} ${items.join(', ')} ${close}`;
}

function more(items, n) {
  if (n > 0) items.push('... ' + plural(n, 'more item'));
  return items;
}

const plural = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;

function hex(bytes) {
  const shown = Array.from(bytes.subarray(0, 50), (b) => b.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > 50 ? `${shown} ... ${plural(bytes.length - 50, 'more byte')}` : shown;
}

function primitive(v) {
  if (Object.is(v, -0)) return '-0';
  return typeof v === 'bigint' ? `${v}n` : String(v);
}

const escapes = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

function quote(s) {
  const mark = !s.includes("'") ? "'" : !s.includes('"') ? '"' : !s.includes('`') && !s.includes('${') ? '`' : "'";
  let text = s.replace(/[\0-\x1f\x7f-\x9f\\]/g, (c) => escapes[c] || '\\x' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'));
  if (mark === "'") text = text.replaceAll("'", "\\'");
  return mark + (/[\ud800-\udfff]/.test(text) ? Array.from(text, halved).join('') : text) + mark;
}

// halved shows half a pair of surrogates, which a string's iterator gives by itself.
const halved = (c) => c.length === 1 && c >= '\ud800' && c <= '\udfff' ? '\\u' + c.charCodeAt(0).toString(16) : c;

// format joins what console.log is given, after Node's util.format.
function format(args) {
  let words = args.map((a) => typeof a === 'string' ? a : inspect(a));
  if (args.length < 2 || typeof args[0] !== 'string') return words.join(' ');
  let next = 1;
  const first = args[0].replace(/%[sdifjoOc%]/g, (verb) => {
    if (verb === '%%') return '%';
    if (next >= args.length) return verb;
    return directive(verb, args[next++]);
  });
  return [first, ...words.slice(next)].join(' ');
}

function directive(verb, v) {
  switch (verb) {
    case '%s':
      if (typeof v === 'object' && v !== null) return hasOwnText(v) ? String(v) : inspect(v, 0);
      return typeof v === 'number' || typeof v === 'bigint' ? primitive(v) : String(v);
    case '%d': return typeof v === 'bigint' ? primitive(v) : typeof v === 'symbol' ? 'NaN' : primitive(Number(v));
    case '%i': return typeof v === 'bigint' ? primitive(v) : typeof v === 'symbol' ? 'NaN' : primitive(parseInt(v));
    case '%f': return typeof v === 'symbol' ? 'NaN' : primitive(parseFloat(v));
    case '%j': return json(v);
    case '%o': return inspect(v, 4);
    case '%O': return inspect(v);
  }
  return ''; // %c: style
}

// hasOwnText reports whether an object's toString is not one of the language's.
function hasOwnText(v) {
  for (let p = v; p !== null; p = Object.getPrototypeOf(p)) {
    if (!Object.hasOwn(p, 'toString')) continue;
    const Class = Object.getOwnPropertyDescriptor(p, 'constructor')?.value;
    return typeof Class !== 'function' || !Function.prototype.toString.call(Class).endsWith('{ [native code] }');
  }
  return false;
}

function json(v) {
  try {
    return JSON.stringify(v);
  } catch (e) {
    if (e instanceof TypeError && e.message.includes('circular')) return '[Circular]';
    throw e;
  }
}

module.exports = { format, inspect, most };
