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

function view(t, show, write) {
  const find = (name) => typeof name === 'string' ? t.get(name.toLowerCase()) : undefined;
  const shown = (name) => {
    const entry = find(name);
    return entry && show(name.toLowerCase(), entry.values);
  };
  return new Proxy({}, {
    get: (target, name) => find(name) ? shown(name) : target[name],
    has: (target, name) => find(name) !== undefined || name in target,
    ownKeys: () => [...t.values()].map((entry) => entry.name),
    getOwnPropertyDescriptor: (_, name) => find(name) && { value: shown(name), enumerable: true, configurable: true, writable: write !== undefined },
    set: (_, name, v) => write !== undefined && typeof name === 'string' && write(name, v),
    deleteProperty: (_, name) => write !== undefined && typeof name === 'string' && write(name, undefined),
    defineProperty: (_, name, d) => write !== undefined && typeof name === 'string' && 'value' in d && write(name, d.value),
  });
}

const incoming = (list) => view(table(list), (name, values) => once.has(name) ? values[0] : values.join(name === 'cookie' ? '; ' : ', '));

function outgoing(list, changed) {
  const t = table(list);
  const show = (name, values) => {
    if (name === 'set-cookie') return [...values];
    return single.has(name) ? values[0] : values.join(', ');
  };
  const write = (name, v) => {
    if (!token.test(name)) throw new TypeError(`invalid header name "${name}"`);
    const key = name.toLowerCase();
    const values = valuesOf(key, v);
    const had = t.get(key);
    if (values.length === 0) t.delete(key);
    else t.set(key, { name: had?.name ?? name, values });
    if (values.length > 0 || had) changed(name, values);
    return true;
  };
  return { view: view(t, show, write), pairs: () => [...t.values()].flatMap(({ name, values }) => values.map((v) => [name, v])) };
}

// valuesOf are the values that v gives a header; none deletes it.
function valuesOf(key, v) {
  let values = (Array.isArray(v) ? [...v] : [v]).filter((x) => x !== undefined && x !== null).map((x) => typeof x === 'string' ? x : text(x)).filter((x) => x !== '');
  if (last.has(key)) values = values.slice(-1);
  if (key === 'content-length' && values.length > 0 && !/^\d{1,15}$/.test(values[0])) throw new TypeError('failed converting argument to positive integer');
  for (const x of values) {
    if (/[\r\n\0]/.test(x)) throw new TypeError(`invalid value of header "${key}"`);
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
