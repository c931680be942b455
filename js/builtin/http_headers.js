'use strict';

// r.headersIn and r.headersOut: properties whatever the case of their names.

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

// once are the headers of requests of which the first counts.
const once = new Set(['authorization', 'content-length', 'content-type', 'etag', 'from', 'host', 'if-match', 'if-modified-since', 'if-none-match',
  'if-range', 'if-unmodified-since', 'max-forwards', 'proxy-authorization', 'range', 'referer', 'transfer-encoding', 'upgrade', 'user-agent']);
// last are the headers of answers of which there is one: the last of several values.
const last = new Set(['content-encoding', 'content-length', 'content-type']);
// single are those of which one is shown.
const single = new Set(['age', 'etag', 'expires', 'last-modified', 'location', 'retry-after', 'server', 'date']);

// table gathers names and values that stand in turns: lower-case name → {name, values}.
function table(list) {
  const t = new Map();
  for (let i = 0; list && i < list.length; i += 2) {
    const key = list[i].toLowerCase();
    const entry = t.get(key);
    if (entry) entry.values.push(list[i + 1]);
    else t.set(key, { name: list[i], values: [list[i + 1]] });
  }
  return t;
}

// Incoming are the traps of headers that can be read: a Proxy's handler.
class Incoming {
  constructor(t) { this.t = t; }

  find(name) { return typeof name === 'string' ? this.t.get(name.toLowerCase()) : undefined; }
  show(key, values) { return once.has(key) ? values[0] : values.join(key === 'cookie' ? '; ' : ', '); }

  shown(name) {
    const entry = this.find(name);
    return entry && this.show(name.toLowerCase(), entry.values);
  }

  get(target, name) {
    const v = this.shown(name);
    return v === undefined ? target[name] : v;
  }

  has(target, name) { return this.find(name) !== undefined || name in target; }
  ownKeys() { return [...this.t.values()].map((entry) => entry.name); }
  getOwnPropertyDescriptor(_, name) { return this.find(name) && { value: this.shown(name), enumerable: true, configurable: true, writable: this.writes }; }
  set(_, name, v) { return this.writes && typeof name === 'string' && this.write(name, v); }
  deleteProperty(_, name) { return this.writes && typeof name === 'string' && this.write(name, undefined); }
  defineProperty(_, name, d) { return this.writes && typeof name === 'string' && 'value' in d && this.write(name, d.value); }

  get writes() { return false; }
}

// Outgoing can be written, too.
class Outgoing extends Incoming {
  constructor(t, changed) {
    super(t);
    this.changed = changed;
  }

  get writes() { return true; }

  show(key, values) {
    if (key === 'set-cookie') return [...values];
    return single.has(key) ? values[0] : values.join(', ');
  }

  write(name, v) {
    if (!isToken(name)) throw new TypeError(`invalid header name "${name}"`);
    const key = name.toLowerCase();
    const values = valuesOf(key, v);
    const had = this.t.get(key);
    if (values.length === 0) this.t.delete(key);
    else this.t.set(key, { name: had?.name ?? name, values });
    if (values.length > 0 || had) this.changed(name, values);
    return true;
  }
}

const incoming = (list) => new Proxy({}, new Incoming(table(list)));

function outgoing(list, changed) {
  const t = table(list);
  return { view: new Proxy({}, new Outgoing(t, changed)), pairs: () => [...t.values()].flatMap(({ name, values }) => values.map((v) => [name, v])) };
}

const tokens = new Set(); // some that were seen

function isToken(name) {
  if (tokens.has(name)) return true;
  if (!token.test(name)) return false;
  if (tokens.size < 256) tokens.add(name);
  return true;
}

const several = (list) => list.filter((x) => x !== undefined && x !== null).map((x) => typeof x === 'string' ? x : text(x)).filter((x) => x !== '');

// valuesOf are the values that v gives a header; none deletes it.
function valuesOf(key, v) {
  let values = typeof v === 'string' && v !== '' ? [v] : several(Array.isArray(v) ? v : [v]);
  if (last.has(key)) values = values.slice(-1);
  if (key === 'content-length' && values.length > 0 && !/^\d{1,15}$/.test(values[0])) throw new TypeError('failed converting argument to positive integer');
  for (const x of values) {
    if (x.includes('\n') || x.includes('\r') || x.includes('\0')) throw new TypeError(`invalid value of header "${key}"`);
  }
  return values;
}

const text = (v) => v instanceof ArrayBuffer || ArrayBuffer.isView(v) ? native.text(v) : String(v);

function pairs(list) {
  const l = [];
  for (let i = 0; list && i < list.length; i += 2) l.push([list[i], list[i + 1]]);
  return l;
}

module.exports = { incoming, outgoing, pairs, text };
