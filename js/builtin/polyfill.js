'use strict';

// What the language has had since ES2024 and the engine lacks. Each is defined as
// the specification does it: writable, configurable, not enumerable.

const define = (o, methods) => {
  for (const name of Reflect.ownKeys(methods)) {
    if (!Object.hasOwn(o, name)) Object.defineProperty(o, name, { ...Object.getOwnPropertyDescriptor(methods, name), enumerable: false });
  }
};
const constants = (o, values) => {
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(o, name)) Object.defineProperty(o, name, { value: values[name] });
  }
};
const callable = (f, what) => {
  if (typeof f !== 'function') throw new TypeError(`${what} is not a function`);
  return f;
};

constants(Symbol, { asyncIterator: Symbol('Symbol.asyncIterator'), dispose: Symbol('Symbol.dispose'), asyncDispose: Symbol('Symbol.asyncDispose') });

const grouped = (items, f, add) => {
  callable(f, 'callback');
  let i = 0;
  for (const item of items) add(f(item, i++), item);
};

define(Object, {
  groupBy(items, callback) {
    const groups = Object.create(null);
    grouped(items, callback, (key, item) => {
      const name = typeof key === 'symbol' ? key : `${key}`;
      if (name in groups) groups[name].push(item);
      else groups[name] = [item];
    });
    return groups;
  },
});

define(Map, {
  groupBy(items, callback) {
    const groups = new Map();
    grouped(items, callback, (key, item) => {
      const list = groups.get(key);
      if (list) list.push(item);
      else groups.set(key, [item]);
    });
    return groups;
  },
});

define(Promise, {
  withResolvers() {
    let resolve, reject;
    const promise = new this((ok, no) => { resolve = ok; reject = no; });
    return { promise, resolve, reject };
  },
  try(callback, ...args) {
    return new this((resolve) => { resolve(callback(...args)); });
  },
});

define(Array, {
  async fromAsync(items, map, self) {
    if (map !== undefined) callable(map, 'the mapping function');
    const make = (n) => (typeof this === 'function' ? Reflect.construct(this, n === undefined ? [] : [n]) : new Array(n ?? 0));
    const put = (list, i, value) => Object.defineProperty(list, i, { value, writable: true, enumerable: true, configurable: true });
    const iterate = items[Symbol.asyncIterator] ?? items[Symbol.iterator];
    let n = 0;
    if (iterate === undefined || iterate === null) {
      const length = Math.min(Math.max(Math.trunc(Number(items.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
      const list = make(length);
      for (; n < length; n++) put(list, n, map ? await map.call(self, await items[n], n) : await items[n]);
      list.length = n;
      return list;
    }
    const list = make();
    const iterator = iterate.call(items);
    for (;;) {
      const step = await iterator.next();
      if (step.done) break;
      try {
        const value = await step.value;
        put(list, n, map ? await map.call(self, value, n) : value);
      } catch (e) {
        try { await iterator.return?.(); } catch { /* the first fault is the one to tell */ }
        throw e;
      }
      n++;
    }
    list.length = n;
    return list;
  },
});

// isLone is true of half a surrogate pair, as a string's iterator gives it.
const isLone = (c) => c.length === 1 && c >= '\uD800' && c <= '\uDFFF';

define(String.prototype, {
  isWellFormed() {
    for (const c of String(this)) if (isLone(c)) return false;
    return true;
  },
  toWellFormed() {
    let s = '';
    for (const c of String(this)) s += isLone(c) ? '\uFFFD' : c;
    return s;
  },
});

define(RegExp, {
  escape(text) {
    if (typeof text !== 'string') throw new TypeError('the text is not a string');
    const controls = { '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r' };
    const hex = (c) => {
      const code = c.charCodeAt(0);
      return code < 256 ? '\\x' + code.toString(16).padStart(2, '0') : '\\u' + code.toString(16).padStart(4, '0');
    };
    let s = '';
    for (const c of text) {
      if (s === '' && /[0-9A-Za-z]/.test(c)) s += hex(c);
      else if (/[\^$\\.*+?()[\]{}|/]/.test(c)) s += '\\' + c;
      else if (c in controls) s += controls[c];
      else if (isLone(c) || /[,\-=<>#&!%:;@~'`"\s\uFEFF]/.test(c)) s += hex(c);
      else s += c;
    }
    return s;
  },
});

define(Error, {
  // captureStackTrace gives an object the stack of its caller, as an own property.
  captureStackTrace(target) {
    Object.defineProperty(target, 'stack', { value: new Error(target.message ?? '').stack, writable: true, configurable: true });
  },
});

// Numbers as en-US writes them, whatever locale and options are given (ECMA-262,
// 21.1.3.4, leaves both open): the engine would take a locale for a radix.
const grouped1000 = (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
const { toFixed, valueOf: numberOf } = Number.prototype;
const big = typeof BigInt === 'function' && { make: BigInt, text: BigInt.prototype.toString }; // taken away in the server's process
Object.defineProperties(Number.prototype, {
  toLocaleString: { value: { toLocaleString() {
    const n = numberOf.call(this);
    if (Number.isNaN(n)) return 'NaN';
    const sign = n < 0 || Object.is(n, -0) ? '-' : '';
    if (!Number.isFinite(n)) return sign + '∞';
    const size = Math.abs(n);
    const [whole, fraction = ''] = size < 1e21 ? toFixed.call(size, 3).split('.') : [big ? String(big.make(size)) : String(size)];
    return sign + grouped1000(whole) + `.${fraction}`.replace(/\.?0*$/, '');
  } }.toLocaleString },
});
if (big) Object.defineProperties(big.make.prototype, {
  toLocaleString: { value: { toLocaleString() {
    const digits = big.text.call(this);
    return digits[0] === '-' ? '-' + grouped1000(digits.slice(1)) : grouped1000(digits);
  } }.toLocaleString },
});

define(ArrayBuffer.prototype, {
  transfer(length) {
    const copy = this.slice(0, length);
    if (length === undefined || copy.byteLength >= length) return copy;
    const longer = new ArrayBuffer(length);
    new Uint8Array(longer).set(new Uint8Array(copy));
    return longer;
  },
});
define(ArrayBuffer.prototype, { transferToFixedLength: ArrayBuffer.prototype.transfer });

// Iterator and its helpers (ECMA-262, 27.1).

const prototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

function Iterator() {
  if (new.target === undefined || new.target === Iterator) throw new TypeError('Iterator is abstract');
}
Object.defineProperty(Iterator, 'prototype', { value: prototype, writable: false });

// What Iterator.prototype has cannot be replaced there, only in what inherits from it
// (27.1.4.1 and 27.1.4.14).
const inherited = (key, value) => {
  if (Object.hasOwn(prototype, key)) return;
  Object.defineProperty(prototype, key, {
    get() { return value; },
    set(v) {
      if (Object(this) !== this || this === prototype) throw new TypeError(`Iterator.prototype.${String(key)} cannot be replaced`);
      if (Object.hasOwn(this, key)) this[key] = v;
      else Object.defineProperty(this, key, { value: v, writable: true, enumerable: true, configurable: true });
    },
    configurable: true,
  });
};
inherited('constructor', Iterator);
inherited(Symbol.toStringTag, 'Iterator');


// direct is an iterator with its next method, taken once.
const direct = (iterator) => {
  if (Object(iterator) !== iterator) throw new TypeError('the iterator is not an object');
  return { iterator, next: iterator.next };
};
const step = (d) => {
  const r = d.next.call(d.iterator);
  if (Object(r) !== r) throw new TypeError('the iterator gave no object');
  return r;
};
const close = (d) => { d.iterator.return?.(); };
const closing = (d, f) => {
  try {
    return f();
  } catch (e) {
    try { close(d); } catch { /* the first fault is the one to tell */ }
    throw e;
  }
};
const checked = (iterator, f) => {
  const d = { iterator };
  if (Object(iterator) !== iterator) throw new TypeError('this is not an iterator');
  closing(d, () => callable(f, 'callback'));
  return direct(iterator);
};
const count = (iterator, n) => {
  if (Object(iterator) !== iterator) throw new TypeError('this is not an iterator');
  const limit = closing({ iterator }, () => {
    const number = Number(n);
    if (Number.isNaN(number) || Math.trunc(number) < 0) throw new RangeError(`${n} is not a count`);
    return Math.trunc(number);
  });
  return [direct(iterator), limit];
};

// helper is the iterator that a generator makes: closing it closes what it reads,
// also before it has begun.
const helperPrototype = Object.create(prototype);
const state = new WeakMap();
define(helperPrototype, {
  next() { return own(this).generator.next(); },
  return() {
    const s = own(this);
    if (!s.begun) {
      s.begun = true;
      s.generator.return();
      close(s.source);
      return { value: undefined, done: true };
    }
    return s.generator.return();
  },
  [Symbol.toStringTag]: 'Iterator Helper',
});
const own = (helper) => {
  const s = state.get(helper);
  if (s === undefined) throw new TypeError('this is not an iterator helper');
  return s;
};
const helper = (source, body) => {
  const s = { source, begun: false };
  s.generator = (function* () {
    s.begun = true;
    let open = true; // there may be more to read: whoever stops closes it
    const next = () => {
      open = false;
      const r = step(source);
      open = !r.done;
      return r;
    };
    try {
      yield* body(next);
    } catch (e) {
      if (open) {
        open = false;
        try { close(source); } catch { /* the first fault is the one to tell */ }
      }
      throw e;
    } finally {
      if (open) close(source);
    }
  })();
  const h = Object.create(helperPrototype);
  state.set(h, s);
  return h;
};

// each runs f over what is left; it stops when f returns true.
const each = (d, f) => {
  for (let i = 0; ; i++) {
    const r = step(d);
    if (r.done) return false;
    if (closing(d, () => f(r.value, i))) {
      close(d);
      return true;
    }
  }
};

define(prototype, {
  map(f) {
    return helper(checked(this, f), function* (next) {
      for (let i = 0, r; !(r = next()).done; i++) yield f(r.value, i);
    });
  },
  filter(f) {
    return helper(checked(this, f), function* (next) {
      for (let i = 0, r; !(r = next()).done; i++) if (f(r.value, i)) yield r.value;
    });
  },
  take(n) {
    const [source, limit] = count(this, n);
    return helper(source, function* (next) {
      for (let i = 0, r; i < limit && !(r = next()).done; i++) yield r.value;
    });
  },
  drop(n) {
    const [source, limit] = count(this, n);
    return helper(source, function* (next) {
      for (let i = 0, r; !(r = next()).done; i++) if (i >= limit) yield r.value;
    });
  },
  flatMap(f) {
    return helper(checked(this, f), function* (next) {
      for (let i = 0, r; !(r = next()).done; i++) {
        const inner = f(r.value, i);
        if (Object(inner) !== inner) throw new TypeError('the callback gave no iterable');
        const iterate = inner[Symbol.iterator];
        const it = direct(iterate ? iterate.call(inner) : inner);
        let open = true;
        try {
          for (let s; open = false, s = step(it), open = true, !s.done;) yield s.value;
          open = false;
        } finally {
          if (open) close(it);
        }
      }
    });
  },
  reduce(f, ...initial) {
    const d = checked(this, f);
    let value = initial[0];
    let i = 0;
    if (initial.length === 0) {
      const r = step(d);
      if (r.done) throw new TypeError('reduce of no values without an initial one');
      value = r.value;
      i = 1;
    }
    each(d, (v, n) => { value = f(value, v, n + i); });
    return value;
  },
  toArray() {
    const list = [];
    each(direct(this), (v) => { list.push(v); });
    return list;
  },
  forEach(f) { each(checked(this, f), (v, i) => { f(v, i); }); },
  some(f) { return each(checked(this, f), (v, i) => Boolean(f(v, i))); },
  every(f) { return !each(checked(this, f), (v, i) => !f(v, i)); },
  find(f) {
    let found;
    each(checked(this, f), (v, i) => {
      if (!f(v, i)) return false;
      found = v;
      return true;
    });
    return found;
  },
});

const wrapPrototype = Object.create(prototype);
const wrapped = new WeakMap();
define(wrapPrototype, {
  next() {
    const d = wrapped.get(this);
    return d.next.call(d.iterator);
  },
  return() {
    const { iterator } = wrapped.get(this);
    return iterator.return ? iterator.return() : { value: undefined, done: true };
  },
});

define(Iterator, {
  from(value) {
    if (typeof value !== 'string' && Object(value) !== value) throw new TypeError('the value is not iterable');
    const iterate = value[Symbol.iterator];
    const d = direct(iterate === undefined || iterate === null ? value : iterate.call(value));
    if (prototype.isPrototypeOf(d.iterator)) return d.iterator;
    const w = Object.create(wrapPrototype);
    wrapped.set(w, d);
    return w;
  },
});

// WeakRef holds on to what it refers to, as the specification allows;
// FinalizationRegistry never calls back, as it allows, too.
class WeakRef {
  #target;
  constructor(target) {
    if (Object(target) !== target && typeof target !== 'symbol') throw new TypeError('the target is not an object');
    this.#target = target;
  }
  deref() { return this.#target; }
  get [Symbol.toStringTag]() { return 'WeakRef'; }
}

class FinalizationRegistry {
  constructor(callback) { callable(callback, 'callback'); }
  register(target) { if (Object(target) !== target && typeof target !== 'symbol') throw new TypeError('the target is not an object'); }
  unregister() { return false; }
  get [Symbol.toStringTag]() { return 'FinalizationRegistry'; }
}

define(globalThis, { Iterator, WeakRef, FinalizationRegistry });
