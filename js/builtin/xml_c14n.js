'use strict';

// Canonical XML 1.0 (https://www.w3.org/TR/2001/REC-xml-c14n-20010315) and Exclusive
// XML Canonicalization 1.0 (https://www.w3.org/TR/xml-exc-c14n/), of a document or an
// element, without an element inside of it if that is excluded.

const { DOCUMENT, ELEMENT, TEXT, COMMENT, lookup } = require('weir:xml/tree');

const inText = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const inValue = { '&': '&amp;', '<': '&lt;', '"': '&quot;', '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' };
const escapeText = (s) => s.replace(/[&<>\r]/g, (c) => inText[c]);
const escapeValue = (s) => s.replace(/[&<"\t\n\r]/g, (c) => inValue[c]);

// byCharacter is the order of code points, which that of strings is not.
function byCharacter(a, b) {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    if (a[i] !== b[i]) return a.codePointAt(i) - b.codePointAt(i);
  }
  return a.length - b.length;
}

const qualified = ({ prefix, name }) => prefix === '' ? name : `${prefix}:${name}`;

// canonical writes a node. Exclusive is undefined, or the prefixes that are treated
// as without it.
function canonical(root, { excluded, comments, exclusive }) {
  const out = [];
  const left = [root]; // nodes, and texts to be written
  const rendered = new Map(); // by element: the namespaces that are declared in the output
  while (left.length > 0) {
    const node = left.pop();
    if (typeof node === 'string') {
      out.push(node);
      continue;
    }
    if (node === excluded || node.kind === COMMENT && !comments) continue;
    if (node.kind === TEXT) {
      out.push(escapeText(node.text));
    } else if (node.kind === DOCUMENT) {
      for (let i = node.children.length - 1; i >= 0; i--) left.push(node.children[i]);
    } else if (node.kind === ELEMENT) {
      out.push(startTag(node, node === root || node.parent.kind === DOCUMENT, rendered, exclusive));
      left.push(`</${qualified(node)}>`);
      for (let i = node.children.length - 1; i >= 0; i--) left.push(node.children[i]);
    } else {
      out.push(aside(node, root.kind === DOCUMENT && node.parent === root));
    }
  }
  return out.join('');
}

// aside writes a comment or a processing instruction, which have lines of their own
// around the root.
function aside(node, outside) {
  const text = node.text.replaceAll('\r', '&#xD;');
  const s = node.kind === COMMENT ? `<!--${text}-->` : `<?${node.name}${text === '' ? '' : ' ' + text}?>`;
  if (!outside) return s;
  const { children } = node.parent;
  const root = children.findIndex((c) => c.kind === ELEMENT);
  return children.indexOf(node) < root ? s + '\n' : '\n' + s;
}

function startTag(node, apex, rendered, exclusive) {
  const before = apex ? new Map() : rendered.get(node.parent);
  let after = before;
  const prefixes = exclusive === undefined ? inScope(node, apex) : utilized(node, apex, exclusive);
  let s = '<' + qualified(node);
  for (const prefix of [...prefixes].sort(byCharacter)) {
    const uri = lookup(node, prefix);
    if (prefix === 'xml' || uri === (before.get(prefix) ?? null)) continue;
    if (after === before) after = new Map(before);
    after.set(prefix, uri);
    s += prefix === '' ? ` xmlns="${escapeValue(uri ?? '')}"` : ` xmlns:${prefix}="${escapeValue(uri)}"`;
  }
  rendered.set(node, after);
  const attrs = apex && exclusive === undefined ? withInherited(node) : node.attrs;
  const sorted = [...attrs].sort((a, b) => byCharacter(a.uri ?? '', b.uri ?? '') || byCharacter(a.name, b.name));
  for (const a of sorted) s += ` ${qualified(a)}="${escapeValue(a.value)}"`;
  return s + '>';
}

// inScope is the prefixes that an element, or at the apex what is around it, declares.
function inScope(node, apex) {
  const prefixes = new Set();
  for (let n = node; n !== null && n.kind === ELEMENT; n = apex ? n.parent : null) {
    for (const [prefix] of n.declared) prefixes.add(prefix);
  }
  return prefixes;
}

// utilized is the prefixes that are visibly used, and those of the list (Exclusive
// XML Canonicalization, 3).
function utilized(node, apex, list) {
  const prefixes = new Set([node.prefix]);
  for (const a of node.attrs) if (a.uri !== null) prefixes.add(a.prefix);
  for (const prefix of inScope(node, apex)) if (list.has(prefix)) prefixes.add(prefix);
  return prefixes;
}

// withInherited adds the attributes xml:* that hold for an element whose parents are
// not written (Canonical XML, 2.4).
function withInherited(node) {
  const attrs = [...node.attrs];
  for (let n = node.parent; n !== null && n.kind === ELEMENT; n = n.parent) {
    for (const a of n.attrs) {
      if (a.prefix === 'xml' && !attrs.some((o) => o.prefix === 'xml' && o.name === a.name)) attrs.push(a);
    }
  }
  return attrs;
}

module.exports = { canonical };
