'use strict';

// The arguments of fs: what they may be, and what the server is given of them.

const { Buffer } = require('buffer');
const { integer, invalidType, invalidValue, unknownEncoding } = require('weir:errors');
const { constants: c } = require('weir:fs/objects');

const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

function pathOf(path, name = 'path') {
  if (typeof path !== 'string' && !(path instanceof Uint8Array)) throw invalidType(name, ['string', 'Buffer'], path);
  if (typeof path === 'string' ? path.includes('\0') : path.includes(0)) {
    throw invalidValue(name, path, 'must be a string or Uint8Array without null bytes');
  }
  return path;
}

function fdOf(fd) {
  integer(fd, 'fd', -1, 2 ** 31 - 1);
  return fd;
}

// optionsOf are those of an object; a string is the encoding.
function optionsOf(options) {
  if (options === undefined || options === null) return {};
  if (typeof options === 'string') return { encoding: options };
  if (typeof options !== 'object') throw invalidType('options', ['string', 'object'], options);
  return options;
}

// encodingOf is the encoding's name; undefined means bytes.
function encodingOf(encoding, otherwise) {
  if (encoding === undefined || encoding === null) return otherwise;
  if (encoding === 'buffer') return undefined;
  if (!Buffer.isEncoding(encoding)) throw unknownEncoding(encoding);
  return encoding;
}

const flags = {
  __proto__: null,
  'r': c.O_RDONLY, 'rs': c.O_RDONLY | c.O_SYNC, 'r+': c.O_RDWR, 'rs+': c.O_RDWR | c.O_SYNC,
  'w': c.O_TRUNC | c.O_CREAT | c.O_WRONLY, 'wx': c.O_TRUNC | c.O_CREAT | c.O_WRONLY | c.O_EXCL,
  'w+': c.O_TRUNC | c.O_CREAT | c.O_RDWR, 'wx+': c.O_TRUNC | c.O_CREAT | c.O_RDWR | c.O_EXCL,
  'a': c.O_APPEND | c.O_CREAT | c.O_WRONLY, 'ax': c.O_APPEND | c.O_CREAT | c.O_WRONLY | c.O_EXCL,
  'as': c.O_APPEND | c.O_CREAT | c.O_WRONLY | c.O_SYNC,
  'a+': c.O_APPEND | c.O_CREAT | c.O_RDWR, 'ax+': c.O_APPEND | c.O_CREAT | c.O_RDWR | c.O_EXCL,
  'as+': c.O_APPEND | c.O_CREAT | c.O_RDWR | c.O_SYNC,
};
for (const [name, also] of Object.entries({ rs: 'sr', 'rs+': 'sr+', wx: 'xw', 'wx+': 'xw+', ax: 'xa', 'ax+': 'xa+', as: 'sa', 'as+': 'sa+' })) {
  flags[also] = flags[name];
}

function flagsOf(name, otherwise) {
  if (name === undefined || name === null) return flags[otherwise];
  if (typeof name === 'number') {
    integer(name, 'flags', 0, 2 ** 31 - 1);
    return name;
  }
  const known = typeof name === 'string' ? flags[name] : undefined;
  if (known === undefined) throw invalidValue('flags', name);
  return known;
}

function modeOf(mode, otherwise) {
  if (mode === undefined || mode === null) return otherwise;
  if (typeof mode === 'string') {
    if (!/^[0-7]+$/.test(mode)) throw invalidValue('mode', mode, 'must be a 32-bit unsigned integer or an octal string');
    mode = parseInt(mode, 8);
  }
  integer(mode, 'mode', 0, 2 ** 32 - 1);
  return mode;
}

function copyFlag(mode) {
  const known = modeOf(mode, 0);
  if ((known & ~c.COPYFILE_EXCL) !== 0) throw invalidValue('mode', mode);
  return known === c.COPYFILE_EXCL;
}

function lengthOf(length = 0) {
  integer(length, 'len');
  return Math.max(length, 0);
}

// positionOf is a place in the file; null is where the last one ended.
function positionOf(position) {
  if (position === undefined || position === null || position === -1 || position === -1n) return null;
  const n = typeof position === 'bigint' ? Number(position) : position;
  if (typeof n !== 'number') throw invalidType('position', ['number', 'bigint'], position);
  integer(n, 'position', 0);
  return n;
}

// rangeOf is the part of a buffer to be read into or written from. The offset may be
// an object of all three.
function rangeOf(buffer, offset, length, position) {
  if (!ArrayBuffer.isView(buffer)) throw invalidType('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
  if (typeof offset === 'object' && offset !== null) ({ offset, length, position } = offset);
  const bytes = bytesOf(buffer);
  const start = offset ?? 0;
  integer(start, 'offset', 0, bytes.length);
  const n = length ?? bytes.length - start;
  integer(n, 'length', 0, bytes.length - start);
  return { bytes: bytes.subarray(start, start + n), position: positionOf(position) };
}

// dataOf is what is to be written. As in njs, what is not bytes is its text; an
// object that has none of its own is refused, as in Node.
function dataOf(data, encoding) {
  if (ArrayBuffer.isView(data)) return bytesOf(data);
  if (data instanceof ArrayBuffer) return data;
  if (typeof data === 'object' && data !== null && data.toString !== Object.prototype.toString && typeof data.toString === 'function'
    || typeof data === 'number' || typeof data === 'boolean' || typeof data === 'bigint') {
    data = String(data);
  }
  if (typeof data !== 'string') throw invalidType('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  return encoding === 'utf8' || encoding === undefined ? data : Buffer.from(data, encoding);
}

function functionOf(callback) {
  if (typeof callback !== 'function') throw invalidType('cb', 'function', callback);
  return callback;
}

// textOf is the bytes of a file, or their text.
function textOf(bytes, encoding) {
  const b = Buffer.from(bytes);
  return encoding === undefined ? b : b.toString(encoding);
}

// nameOf is a path of the server's, which is bytes where it is no UTF-8.
function nameOf(name, encoding) {
  if (typeof name === 'string' && (encoding === 'utf8' || encoding === 'utf-8')) return name;
  const b = Buffer.from(name);
  return encoding === undefined ? b : b.toString(encoding);
}

module.exports = {
  copyFlag, dataOf, encodingOf, fdOf, flagsOf, functionOf, lengthOf, modeOf, nameOf, optionsOf, pathOf, positionOf, rangeOf, textOf,
};
