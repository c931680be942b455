'use strict';

// Headers (Fetch, 5.1), with what njs has beside it: getAll, and the headers
// themselves as properties, whatever the case of their names.

const { asInterface } = require('weir:interface');

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// Headers, and what its proxy is before → {values: lower case name → array, changes: how
// many there were, immutable}
const lists = new WeakMap();

function listOf(headers) {
  const list = lists.get(headers);
  if (list === undefined) throw new TypeError('"this" is not a Headers object');
  return list;
}

function nameOf(name) {
  const s = `${name}`;
  if (!token.test(s)) throw new TypeError('invalid header name');
  return s.toLowerCase();
}

// valueOf trims a value. Each of its characters becomes a byte.
function valueOf(value) {
  const s = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\n\r]|[^\0-\xff]/.test(s)) throw new TypeError('invalid header value');
  return s;
}

// need throws unless a method has got the arguments that it needs.
function need(args, n) {
  if (args.length < n) throw new TypeError(n === 1 ? '1st argument is required' : '2 arguments are required');
}

function change(list, verb) {
  if (list.immutable) throw new TypeError(`cannot ${verb} immutable object`);
  list.changes++;
}

function append(list, name, value) {
  const [n, v] = [nameOf(name), valueOf(value)];
  change(list, 'append to');
  const values = list.values.get(n);
  if (values) values.push(v);
  else list.values.set(n, [v]);
}

// fill appends what a Headers may be made of.
function fill(list, init) {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) throw new TypeError('Headers is not an object');
  if (lists.has(init)) {
    for (const [name, values] of lists.get(init).values) {
      for (const value of values) append(list, name, value);
    }
  } else if (init[Symbol.iterator] !== undefined && init[Symbol.iterator] !== null) {
    for (const pair of init) {
      const items = typeof pair === 'object' && pair !== null ? [...pair] : [];
      if (items.length !== 2) throw new TypeError('header does not contain exactly two items');
      append(list, items[0], items[1]);
    }
  } else {
    for (const name of Reflect.ownKeys(init)) {
      if (Reflect.getOwnPropertyDescriptor(init, name)?.enumerable) append(list, name, init[name]);
    }
  }
}

// sorted is what iterations see: names in order, the values of each joined, but
// for cookies, which cannot be.
function sorted({ values }) {
  const l = [];
  for (const name of [...values.keys()].sort()) {
    if (name === 'set-cookie') for (const v of values.get(name)) l.push([name, v]);
    else l.push([name, values.get(name).join(', ')]);
  }
  return l;
}

// pairs are those of a list as it is when each is asked for (Web IDL, 3.7.9).
function* pairs(list) {
  let l = sorted(list);
  let seen = list.changes;
  for (let i = 0; ; i++) {
    if (seen !== list.changes) [l, seen] = [sorted(list), list.changes];
    if (i >= l.length) return;
    yield l[i];
  }
}

// iterate walks over what of each pair is wanted.
function* iterate(list, of) {
  for (const pair of pairs(list)) yield of(pair);
}

Object.defineProperty(iterate.prototype, Symbol.toStringTag, { value: 'Headers Iterator', configurable: true });

class Headers {
  constructor(init = undefined) {
    const list = { values: new Map(), changes: 0, immutable: false };
    const headers = new Proxy(this, traps);
    lists.set(this, list);
    lists.set(headers, list);
    if (init !== undefined) fill(list, init);
    return headers;
  }

  append(name, value) {
    need(arguments, 2);
    append(listOf(this), name, value);
  }

  delete(name) {
    need(arguments, 1);
    const [list, n] = [listOf(this), nameOf(name)];
    change(list, 'delete from');
    list.values.delete(n);
  }

  get(name) {
    need(arguments, 1);
    return listOf(this).values.get(nameOf(name))?.join(', ') ?? null;
  }

  getAll(name) {
    need(arguments, 1);
    return [...listOf(this).values.get(nameOf(name)) ?? []];
  }

  getSetCookie() { return [...listOf(this).values.get('set-cookie') ?? []]; }

  has(name) {
    need(arguments, 1);
    return listOf(this).values.has(nameOf(name));
  }

  set(name, value) {
    need(arguments, 2);
    const [list, n, v] = [listOf(this), nameOf(name), valueOf(value)];
    change(list, 'set in');
    list.values.set(n, [v]);
  }

  // forEach passes the name first, as njs does; the Web passes the value first.
  forEach(callback, thisArg = undefined) {
    need(arguments, 1);
    const list = listOf(this);
    if (typeof callback !== 'function') throw new TypeError('"callback" is not a function');
    for (const [name, value] of pairs(list)) callback.call(thisArg, name, value, this);
  }

  entries() { return iterate(listOf(this), (pair) => pair); }
  keys() { return iterate(listOf(this), ([name]) => name); }
  values() { return iterate(listOf(this), ([, value]) => value); }
}

// traps show the headers as properties, behind those of the class.
const traps = {
  has: (target, key) => Reflect.has(target, key) || find(target, key) !== undefined,
  get: (target, key, receiver) => find(target, key) ?? Reflect.get(target, key, receiver),
  ownKeys(target) {
    const names = [...lists.get(target).values.keys()].filter((n) => !Reflect.has(target, n)).sort();
    return [...new Set(names.concat(Reflect.ownKeys(target)))];
  },
  getOwnPropertyDescriptor(target, key) {
    const value = find(target, key);
    if (value === undefined) return Reflect.getOwnPropertyDescriptor(target, key);
    return { value, enumerable: true, configurable: true, writable: false };
  },
};

function find(target, key) {
  if (typeof key !== 'string' || Reflect.has(target, key)) return undefined;
  return lists.get(target).values.get(key.toLowerCase())?.join(', ');
}

asInterface(Headers);
Object.defineProperty(Headers.prototype, Symbol.iterator, { value: Headers.prototype.entries, writable: true, configurable: true });

// received makes Headers of what the server received, which cannot be changed.
function received(pairs) {
  const headers = new Headers();
  const list = lists.get(headers);
  for (let i = 0; i < pairs.length; i++) {
    const name = pairs[i][0];
    const values = list.values.get(name);
    if (values) values.push(pairs[i][1]);
    else list.values.set(name, [pairs[i][1]]);
  }
  list.immutable = true;
  return headers;
}

// copied is a copy that can be changed only if the original can.
function copied(headers) {
  const copy = new Headers(headers);
  lists.get(copy).immutable = lists.get(headers).immutable;
  return copy;
}

// pairsOf are the headers as they came, one by one.
function pairsOf(headers) {
  const l = [];
  for (const [name, values] of listOf(headers).values) for (const v of values) l.push([name, v]);
  return l;
}

module.exports = { Headers, copied, pairsOf, received };
