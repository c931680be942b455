'use strict';

// The nodes of a document. A node is a plain object; what script gets is a proxy of
// it, for the names that njs gives (XMLNode: $name, $tag$NAME and so on) and those
// of tags.

const { invalidType } = require('weir:errors');

const DOCUMENT = 0, ELEMENT = 1, TEXT = 2, COMMENT = 3, INSTRUCTION = 4;
const most = 512; // depth of elements

// build makes a document of the list that the parser made.
function build(list) {
  const doc = { kind: DOCUMENT, parent: null, children: [] };
  let at = doc;
  for (let i = 0; i < list.length;) {
    const kind = list[i++];
    switch (kind) {
    case 0:
      at = at.parent;
      break;
    case ELEMENT: {
      const [name, prefix, uri, attributes, declared] = list.slice(i, i += 5);
      const node = { kind, parent: at, name, prefix, uri, attrs: attributesOf(attributes), declared: pairs(declared ?? []), children: [] };
      at.children.push(node);
      at = node;
      break;
    }
    case INSTRUCTION:
      at.children.push({ kind, parent: at, name: list[i++], text: list[i++] });
      break;
    default:
      at.children.push({ kind, parent: at, text: list[i++] });
    }
  }
  return doc;
}

function attributesOf(l) {
  const attrs = [];
  for (let i = 0; i < l.length; i += 4) attrs.push({ name: l[i], prefix: l[i + 1], uri: l[i + 2], value: l[i + 3] });
  return attrs;
}

function pairs(l) {
  const found = [];
  for (let i = 0; i < l.length; i += 2) found.push([l[i], l[i + 1]]);
  return found;
}

const elements = (node) => node.children.filter((c) => c.kind === ELEMENT);
const tags = (node, name) => node.children.filter((c) => c.kind === ELEMENT && c.name === name);

// lookup is the namespace that a prefix has at a node; null if none.
function lookup(node, prefix) {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
  for (; node !== null && node.kind === ELEMENT; node = node.parent) {
    const found = node.declared.find(([p]) => p === prefix);
    if (found !== undefined) return found[1] === '' ? null : found[1];
  }
  return null;
}

// textOf is all text in a node.
function textOf(node) {
  let text = '';
  const left = [...node.children].reverse();
  while (left.length > 0) {
    const c = left.pop();
    if (c.kind === TEXT) text += c.text;
    if (c.kind === ELEMENT) for (let i = c.children.length - 1; i >= 0; i--) left.push(c.children[i]);
  }
  return text;
}

function depthOf(node) {
  let depth = 0;
  for (let n = node; n !== null && n.kind === ELEMENT; n = n.parent) depth++;
  return depth;
}

// adopt appends a copy of an element, which declares what it has from where it was.
function adopt(parent, node) {
  const around = depthOf(parent);
  let copy;
  const left = [[node, parent, 1]];
  while (left.length > 0) {
    const [from, to, depth] = left.pop();
    const c = { ...from, parent: to };
    delete c.proxy;
    delete c.attributes;
    copy ??= c;
    if (c !== copy) to.children.push(c);
    if (c.kind !== ELEMENT) continue;
    if (around + depth > most) throw new RangeError(`elements are nested deeper than ${most}`);
    c.children = [];
    c.attrs = from.attrs.map((a) => ({ ...a }));
    c.declared = from.declared.map((d) => [...d]);
    declare(c);
    for (let i = from.children.length - 1; i >= 0; i--) left.push([from.children[i], c, depth + 1]);
  }
  parent.children.push(copy);
}

// declare adds the declarations that an element lacks for its names.
function declare(node) {
  const need = [[node.prefix, node.uri], ...node.attrs.filter((a) => a.uri !== null).map((a) => [a.prefix, a.uri])];
  for (const [prefix, uri] of need) {
    if (lookup(node, prefix) !== uri) node.declared.push([prefix, uri ?? '']);
  }
}

function setText(node, text) {
  node.children = text === undefined || text === null || text === '' ? [] : [{ kind: TEXT, parent: node, text: String(text) }];
}

function setAttribute(node, name, value) {
  if (value === undefined || value === null) {
    removeAttribute(node, name);
    return;
  }
  if (typeof name !== 'string' || !isName(name)) throw new TypeError(`attribute name ${JSON.stringify(name)} is not valid`);
  const found = attribute(node, name);
  if (found !== undefined) {
    found.value = String(value);
    return;
  }
  const [prefix, local] = name.includes(':') ? name.split(':') : ['', name];
  const uri = prefix === '' ? null : lookup(node, prefix);
  node.attrs.push({ name: prefix !== '' && uri === null ? name : local, prefix: uri === null ? '' : prefix, uri, value: String(value) });
}

const qualified = (a) => a.prefix === '' ? a.name : `${a.prefix}:${a.name}`;

const attribute = (node, name) => node.attrs.find((a) => a.name === name) ?? node.attrs.find((a) => qualified(a) === name);

function removeAttribute(node, name) {
  const found = attribute(node, name);
  node.attrs = node.attrs.filter((a) => a !== found);
}

function removeChildren(node, name) {
  node.children = node.children.filter((c) => c.kind !== ELEMENT || name !== undefined && c.name !== name);
}

// replace exchanges the tags of a name, or all contents, for copies of others.
function replace(node, nodes, name) {
  if (!Array.isArray(nodes)) throw invalidType('setval', 'Array', nodes);
  const all = nodes.map((n) => elementOf(n));
  if (name === undefined) node.children = [];
  else removeChildren(node, name);
  for (const n of all) adopt(node, n);
}

let isName; // of the parser's

const nodes = new WeakMap(); // by their proxies

function nodeOf(v) { return typeof v === 'object' && v !== null ? nodes.get(v) : undefined; }

function elementOf(v) {
  const node = nodeOf(v);
  if (node === undefined || node.kind !== ELEMENT) throw invalidType('node', 'XMLNode', v);
  return node;
}

// proxyOf is what script sees of a node, always the same.
function proxyOf(node) {
  if (node === null || node === undefined) return undefined;
  if (node.proxy === undefined) {
    node.proxy = node.kind === DOCUMENT ? new Proxy(new XMLDoc(), documentTraps(node)) : new Proxy(new XMLNode(), elementTraps(node));
    nodes.set(node.proxy, node);
  }
  return node.proxy;
}

class XMLDoc {
  get [Symbol.toStringTag]() { return 'XMLDoc'; }
}

class XMLNode {
  addChild(node) { adopt(elementOf(this), elementOf(node)); }
  removeAllAttributes() { elementOf(this).attrs = []; }
  removeAttribute(name) { removeAttribute(elementOf(this), String(name)); }
  removeChildren(name) { removeChildren(elementOf(this), name === undefined || name === null ? undefined : String(name)); }
  removeText() { setText(elementOf(this)); }
  setAttribute(name, value) { setAttribute(elementOf(this), name, value); }
  setText(text) { setText(elementOf(this), text); }

  get [Symbol.toStringTag]() { return 'XMLNode'; }
}

class XMLAttr {
  get [Symbol.toStringTag]() { return 'XMLAttr'; }
}

// traps are those of an object whose own properties are what keys lists.
function traps({ keys, get, set, remove }) {
  const own = (key) => typeof key === 'string' && keys().includes(key);
  return {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || Object.hasOwn(Object.getPrototypeOf(target), key)) return Reflect.get(target, key, receiver);
      const value = get(key);
      return value === undefined ? Reflect.get(target, key, receiver) : value;
    },
    set(_, key, value) { set(String(key), value); return true; },
    deleteProperty(_, key) { remove(String(key)); return true; },
    has(target, key) { return own(key) || typeof key === 'string' && get(key) !== undefined || Reflect.has(target, key); },
    ownKeys: () => keys(),
    getOwnPropertyDescriptor(_, key) {
      return own(key) ? { value: get(key), writable: true, enumerable: true, configurable: true } : undefined;
    },
    defineProperty() { throw new TypeError('properties of XML cannot be defined'); },
  };
}

function readOnly(what) {
  return (key) => { throw new TypeError(`${what}.${key} is not assignable`); };
}

function documentTraps(doc) {
  const root = () => elements(doc)[0];
  return traps({
    keys: () => [root().name],
    get: (key) => key === '$root' || key === root().name ? proxyOf(root()) : undefined,
    set: readOnly('XMLDoc'),
    remove: readOnly('XMLDoc'),
  });
}

// special is the name in $tag$NAME, $tags$NAME or $attr$NAME.
function special(key) {
  const found = /^\$(tag|tags|attr)\$([^]*)$/.exec(key);
  return found === null ? [] : [found[1], found[2]];
}

function elementTraps(node) {
  return traps({
    keys: () => [
      '$name',
      ...node.uri !== null ? ['$ns'] : [],
      ...node.attrs.length > 0 ? ['$attrs'] : [],
      ...node.children.some((c) => c.kind === TEXT) ? ['$text'] : [],
      ...node.children.some((c) => c.kind === ELEMENT) ? ['$tags'] : [],
    ],
    get: (key) => read(node, key),
    set: (key, value) => write(node, key, value),
    remove: (key) => remove(node, key),
  });
}

function read(node, key) {
  switch (key) {
  case '$name': return node.name;
  case '$ns': return node.uri ?? undefined;
  case '$text': return textOf(node);
  case '$tags': return elements(node).map(proxyOf);
  case '$parent': return node.parent?.kind === ELEMENT ? proxyOf(node.parent) : undefined;
  case '$attrs': return node.attrs.length > 0 ? attributes(node) : undefined;
  }
  const [kind, name] = special(key);
  if (kind === 'attr') return attribute(node, name)?.value;
  if (kind === 'tags') return tags(node, name).map(proxyOf);
  return proxyOf(tags(node, name ?? key)[0]);
}

function write(node, key, value) {
  const [kind, name] = special(key);
  if (key === '$text') setText(node, value);
  else if (key === '$tags') replace(node, value);
  else if (kind === 'tags') replace(node, value, name);
  else if (kind === 'attr') setAttribute(node, name, value);
  else if (key.startsWith('$') && kind === undefined) readOnly('XMLNode')(key);
  else {
    throw new TypeError(`XMLNode.$tag$${name ?? key} is not assignable, use addChild() or node.$tags = [node1, node2, ..] syntax`);
  }
}

function remove(node, key) {
  const [kind, name] = special(key);
  if (key === '$text') setText(node);
  else if (key === '$tags') removeChildren(node);
  else if (key === '$attrs') node.attrs = [];
  else if (kind === 'attr') removeAttribute(node, name);
  else if (key.startsWith('$') && kind === undefined) readOnly('XMLNode')(key);
  else removeChildren(node, name ?? key);
}

function attributes(node) {
  node.attributes ??= new Proxy(new XMLAttr(), traps({
    keys: () => [...new Set(node.attrs.map((a) => a.name))],
    get: (key) => attribute(node, key)?.value,
    set: (key, value) => setAttribute(node, key, value),
    remove: (key) => removeAttribute(node, key),
  }));
  return node.attributes;
}

module.exports = {
  DOCUMENT, ELEMENT, TEXT, COMMENT, INSTRUCTION, lookup, nodeOf,
  parse(list, checkName) {
    isName = checkName;
    return proxyOf(build(list));
  },
};
