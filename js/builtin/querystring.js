'use strict';

// Node's querystring (https://nodejs.org/api/querystring.html), which njs has too.

// escape percent-encodes all but letters, digits and -_.!~*'().
function escape(v) { return encodeURIComponent(typeof v === 'string' ? v : typeof v === 'object' ? String(v) : `${v}`); }

// unescape decodes; what is malformed does not throw.
function unescape(s) {
  const text = `${s}`;
  return text.includes('%') ? native.decode(text) : text;
}

function parse(text, sep, eq, options) {
  const all = Object.create(null);
  if (typeof text !== 'string' || text.length === 0) return all;
  const { most, decode, custom } = decoding(options);
  let left = most;
  for (const part of text.split(sep ? `${sep}` : '&')) {
    if (part === '') continue;
    if (left-- === 0) break;
    add(all, part, eq ? `${eq}` : '=', (s) => decoded(s, decode, custom));
  }
  return all;
}

// decoding is what options say: most is never reached if it is negative.
function decoding(options) {
  const most = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
  const given = typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : exports.unescape;
  return { most: most > 0 ? most : -1, decode: given, custom: given !== unescape };
}

function decoded(s, decode, custom) {
  if (s === '') return s;
  s = s.replace(/\+/g, custom ? '%20' : ' ');
  try {
    return decode(s);
  } catch {
    return unescape(s);
  }
}

function add(all, part, eq, decode) {
  const i = part.indexOf(eq);
  const name = decode(i < 0 ? part : part.slice(0, i));
  const value = i < 0 ? '' : decode(part.slice(i + eq.length));
  if (all[name] === undefined) all[name] = value;
  else if (Array.isArray(all[name])) all[name].push(value);
  else all[name] = [all[name], value];
}

function stringify(object, sep, eq, options) {
  if (typeof object !== 'object' || object === null) return '';
  const encode = typeof options?.encodeURIComponent === 'function' ? options.encodeURIComponent : exports.escape;
  const between = sep ? `${sep}` : '&';
  const is = eq ? `${eq}` : '=';
  const parts = [];
  for (const name of Object.keys(object)) {
    const key = encode(name) + is;
    const values = object[name];
    for (const value of Array.isArray(values) ? values : [values]) parts.push(key + encode(primitive(value)));
  }
  return parts.join(between);
}

// primitive is a value as text: nothing, if it has none.
function primitive(v) {
  switch (typeof v) {
    case 'string': return v;
    case 'number': return Number.isFinite(v) ? `${v}` : '';
    case 'bigint': case 'boolean': return `${v}`;
  }
  return '';
}

Object.assign(exports, { decode: parse, encode: stringify, escape, parse, stringify, unescape });
