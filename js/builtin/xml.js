'use strict';

// njs's xml (https://nginx.org/en/docs/njs/reference.html#xml).

const { Buffer } = require('buffer');
const { invalidType } = require('weir:errors');
const { ELEMENT, nodeOf, parse: treeOf } = require('weir:xml/tree');
const { canonical } = require('weir:xml/c14n');

function parse(source) {
  if (typeof source !== 'string' && !ArrayBuffer.isView(source) && !(source instanceof ArrayBuffer)) {
    throw invalidType('source', ['string', 'Buffer'], source);
  }
  const bytes = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : source;
  return treeOf(native.parse(bytes), native.isName);
}

function rootOf(v) {
  const node = nodeOf(v);
  if (node === undefined) throw invalidType('root', ['XMLDoc', 'XMLNode'], v);
  return node;
}

function excludedOf(v) {
  if (v === undefined || v === null) return undefined;
  const node = nodeOf(v);
  if (node?.kind !== ELEMENT) throw invalidType('excluding', 'XMLNode', v);
  return node;
}

function inclusive(root, excluding) {
  return canonical(rootOf(root), { excluded: excludedOf(excluding), comments: false });
}

function c14n(root, excluding) { return Buffer.from(inclusive(root, excluding)); }

function exclusiveC14n(root, excluding, withComments, prefixList) {
  const list = prefixList === undefined || prefixList === null ? '' : prefixList;
  if (typeof list !== 'string') throw invalidType('prefix_list', 'string', prefixList);
  const prefixes = new Set(list.split(/\s+/).filter(Boolean).map((p) => p === '#default' ? '' : p));
  return Buffer.from(canonical(rootOf(root), { excluded: excludedOf(excluding), comments: Boolean(withComments), exclusive: prefixes }));
}

function serialize(root, excluding) { return c14n(root, excluding); }

function serializeToString(root, excluding) { return inclusive(root, excluding); }

module.exports = { parse, c14n, exclusiveC14n, serialize, serializeToString };
module.exports.default = module.exports;
