'use strict';

// The Web's URL and URLSearchParams (URL Standard, 6). The natives parse; an
// object keeps what they return.

const { fault, invalidType } = require('weir:errors');
const custom = Symbol.for('nodejs.util.inspect.custom');

const members = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
const at = Object.fromEntries(members.map((name, i) => [name, i]));

function invalid(input, base) {
  const e = fault(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
  e.input = input;
  if (base !== undefined) e.base = base;
  return e;
}

function missing(...names) {
  const l = names.map((n) => `"${n}"`);
  const all = l.length < 2 ? `${l[0]} argument` : `${l.slice(0, -1).join(', ')} and ${l.at(-1)} arguments`;
  return fault(TypeError, 'ERR_MISSING_ARGS', `The ${all} must be specified`);
}

// scalar is a string without units that are no characters.
function scalar(v) {
  const s = `${v}`;
  return /[\ud800-\udfff]/.test(s) ? native.scalar(s) : s;
}

let follow; // (params, url, change): the params are those of a URL, which change is told of
let refill; // (params, search)

class URLSearchParams {
  #list = []; // names and values in turn
  #change = null; // of the URL

  static {
    follow = (params, change) => { params.#change = change; };
    refill = (params, search) => { params.#list = native.parseQuery(search.replace(/^\?/, '')); };
  }

  constructor(init = '') {
    if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
      this.#list = native.parseQuery(`${init}`.replace(/^\?/, ''));
      return;
    }
    const iterate = init[Symbol.iterator];
    if (iterate === undefined || iterate === null) this.#record(init);
    else if (typeof iterate !== 'function') throw fault(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
    else this.#pairs(init);
  }

  #record(init) {
    const seen = new Map(); // names that become the same are one
    for (const key of Reflect.ownKeys(init)) {
      const d = Reflect.getOwnPropertyDescriptor(init, key);
      if (d !== undefined && d.enumerable) seen.set(scalar(key), scalar(init[key]));
    }
    for (const [name, value] of seen) this.#list.push(name, value);
  }

  #pairs(init) {
    for (const pair of init) {
      const isIterable = pair !== null && (typeof pair === 'object' || typeof pair === 'function') && typeof pair[Symbol.iterator] === 'function';
      const [name, value, ...others] = isIterable ? pair : [];
      if (!isIterable || others.length > 0 || [...pair].length !== 2) {
        throw fault(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
      }
      this.#list.push(scalar(name), scalar(value));
    }
  }

  get size() { return this.#list.length / 2; }

  append(name, value) {
    if (arguments.length < 2) throw missing('name', 'value');
    this.#list.push(scalar(name), scalar(value));
    this.#changed();
  }

  delete(name, value = undefined) {
    if (arguments.length < 1) throw missing('name');
    const matches = this.#matcher(name, value);
    this.#filter((i) => !matches(i));
    this.#changed();
  }

  get(name) {
    if (arguments.length < 1) throw missing('name');
    const i = this.#find(this.#matcher(name));
    return i < 0 ? null : this.#list[i + 1];
  }

  getAll(name) {
    if (arguments.length < 1) throw missing('name');
    const matches = this.#matcher(name);
    const values = [];
    for (let i = 0; i < this.#list.length; i += 2) if (matches(i)) values.push(this.#list[i + 1]);
    return values;
  }

  has(name, value = undefined) {
    if (arguments.length < 1) throw missing('name');
    return this.#find(this.#matcher(name, value)) >= 0;
  }

  set(name, value) {
    if (arguments.length < 2) throw missing('name', 'value');
    const first = this.#find(this.#matcher(name));
    if (first < 0) return this.append(name, value);
    const matches = this.#matcher(name);
    this.#list[first + 1] = scalar(value);
    this.#filter((i) => i === first || !matches(i));
    this.#changed();
  }

  sort() {
    const pairs = [...this.entries()];
    pairs.sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    this.#list = pairs.flat();
    this.#changed();
  }

  forEach(callback, thisArg = undefined) {
    if (typeof callback !== 'function') throw invalidType('callback', 'function', callback);
    for (let i = 0; i < this.#list.length; i += 2) callback.call(thisArg, this.#list[i + 1], this.#list[i], this);
  }

  * entries() { for (let i = 0; i < this.#list.length; i += 2) yield [this.#list[i], this.#list[i + 1]]; }
  * keys() { for (let i = 0; i < this.#list.length; i += 2) yield this.#list[i]; }
  * values() { for (let i = 0; i < this.#list.length; i += 2) yield this.#list[i + 1]; }

  toString() { return native.serializeQuery(this.#list); }

  #matcher(name, value) {
    const n = scalar(name);
    if (value === undefined) return (i) => this.#list[i] === n;
    const v = scalar(value);
    return (i) => this.#list[i] === n && this.#list[i + 1] === v;
  }

  #find(matches) {
    for (let i = 0; i < this.#list.length; i += 2) if (matches(i)) return i;
    return -1;
  }

  #filter(keeps) {
    const kept = [];
    for (let i = 0; i < this.#list.length; i += 2) if (keeps(i)) kept.push(this.#list[i], this.#list[i + 1]);
    this.#list = kept;
  }

  #changed() { this.#change?.(this.toString()); }

  [custom](depth, options, inspect) {
    const pairs = [...this.entries()].map(([k, v]) => `${inspect(k)} => ${inspect(v)}`);
    return `URLSearchParams {${pairs.length > 0 ? ` ${pairs.join(', ')} ` : ''}}`;
  }
}

class URL {
  #is; // the values of members
  #params;

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw missing('url');
    const text = `${input}`;
    this.#is = parse(text, base);
    if (this.#is === undefined) throw invalid(text, base === undefined ? undefined : `${base}`);
  }

  static canParse(input, base = undefined) {
    if (arguments.length === 0) throw missing('url');
    return parse(`${input}`, base) !== undefined;
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw missing('url');
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  static {
    for (const name of members) {
      const i = at[name];
      const d = { get() { return this.#is[i]; }, configurable: true, enumerable: true };
      if (name !== 'origin') d.set = function (v) { this.#set(name, `${v}`); };
      Object.defineProperty(d.get, 'name', { value: 'get ' + name });
      Object.defineProperty(this.prototype, name, d);
    }
  }

  get searchParams() {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams(this.search);
      follow(this.#params, (query) => { this.#is = native.set(this.href, 'search', query); });
    }
    return this.#params;
  }

  toString() { return this.href; }
  toJSON() { return this.href; }

  #set(name, value) {
    const is = name === 'href' ? native.parse(value) : native.set(this.href, name, value);
    if (is === undefined) throw invalid(value);
    const was = this.search;
    this.#is = is;
    if (this.#params !== undefined && (was !== this.search || name === 'href' || name === 'search')) refill(this.#params, this.search);
  }

  [custom](depth, options, inspect) {
    const shown = members.filter((name) => name !== 'hash').map((name) => `${name}: ${inspect(this[name])}`);
    return `URL { ${shown.join(', ')}, searchParams: ${inspect(this.searchParams)}, hash: ${inspect(this.hash)} }`;
  }
}

function parse(text, base) {
  return base === undefined ? native.parse(text) : native.parse(text, `${base}`);
}

for (const o of [URL, URL.prototype, URLSearchParams.prototype]) {
  for (const key of Object.getOwnPropertyNames(o)) {
    if (!['constructor', 'prototype', 'length', 'name'].includes(key)) Object.defineProperty(o, key, { enumerable: true });
  }
}
for (const Class of [URL, URLSearchParams]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, { value: URLSearchParams.prototype.entries, writable: true, configurable: true });

module.exports = { URL, URLSearchParams };
