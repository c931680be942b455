'use strict';

// Node's Buffer (https://nodejs.org/api/buffer.html): bytes that know encodings
// and numbers. What depends on the length is the natives' work.

const { fault, integer, invalidType, invalidValue, number, outOfRange, string, unknownEncoding } = require('weir:errors');

const most = native.most(); // bytes of a buffer
const isView = ArrayBuffer.isView;

const encodings = {
  __proto__: null,
  'utf8': 'utf8', 'utf-8': 'utf8', 'hex': 'hex', 'base64': 'base64', 'base64url': 'base64url', 'ascii': 'ascii',
  'latin1': 'latin1', 'binary': 'latin1', 'utf16le': 'utf16le', 'utf-16le': 'utf16le', 'ucs2': 'utf16le', 'ucs-2': 'utf16le',
};

// Bytes makes the instances of Buffer, which is a function that can be called.
class Bytes extends Uint8Array {}

function Buffer(value, encodingOrOffset, length) {
  if (typeof value !== 'number') return from(value, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') throw invalidType('string', 'string', value);
  return alloc(value);
}

Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = Bytes.prototype;
Object.defineProperty(Buffer, 'prototype', { writable: false, enumerable: false });
Object.defineProperty(Buffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
Object.defineProperty(Buffer, Symbol.species, { get() { return Bytes; }, configurable: true });

const isBytes = (v) => v instanceof Uint8Array;
const isArrayBuffer = (v) => v instanceof ArrayBuffer;

// encodingOf is the one that a name means.
function encodingOf(name) {
  const encoding = typeof name === 'string' ? encodings[name] ?? encodings[name.toLowerCase()] : undefined;
  if (encoding === undefined) throw unknownEncoding(name);
  return encoding;
}

const encodingOr = (name, otherwise) => name === undefined || name === null || name === '' ? otherwise : encodingOf(name);

// hasUnits says whether an encoding keeps the units of a string: then those that
// are no characters do not go through the natives.
const hasUnits = (s, encoding) => (encoding === 'utf16le' || encoding === 'latin1' || encoding === 'ascii') && /[\ud800-\udfff]/.test(s);

function encode(s, encoding) {
  if (s.length === 0) return new Bytes(0);
  if (!hasUnits(s, encoding)) return new Bytes(native.bytes(s, encoding));
  const size = encoding === 'utf16le' ? 2 : 1;
  const b = new Bytes(s.length * size);
  for (let i = 0; i < s.length; i++) {
    const unit = s.charCodeAt(i);
    b[i * size] = unit;
    if (size === 2) b[i * 2 + 1] = unit >> 8;
  }
  return b;
}

function decode(b, encoding, start, end) {
  return native.text(b, encoding, start, end) ?? units(b, start, end);
}

// units is the text of UTF-16 in which not all is characters.
function units(b, start, end) {
  let s = '';
  for (let i = start; i + 1 < end; i += 2) s += String.fromCharCode(b[i] | b[i + 1] << 8);
  return s;
}

function alloc(size, fill, encoding) {
  number(size, 'size', 0, most);
  const b = new Bytes(size);
  return fill === undefined || fill === 0 || size === 0 ? b : b.fill(fill, 0, size, encoding);
}

function allocUnsafe(size) {
  number(size, 'size', 0, most);
  return new Bytes(size);
}

function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return encode(value, typeof encodingOrOffset === 'string' ? encodingOr(encodingOrOffset, 'utf8') : 'utf8');
  if (typeof value === 'object' && value !== null) {
    if (isArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf?.();
    if (primitive !== null && primitive !== undefined && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const b = fromObject(value);
    if (b !== undefined) return b;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const s = value[Symbol.toPrimitive]('string');
      if (typeof s === 'string') return from(s, encodingOrOffset);
    }
  }
  throw invalidType('first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
}

function fromArrayBuffer(buffer, byteOffset, length) {
  const offset = Math.trunc(+byteOffset) || 0;
  const rest = buffer.byteLength - offset;
  if (rest < 0) throw fault(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
  if (length === undefined) return new Bytes(buffer, offset, rest);
  const n = Math.max(Math.trunc(+length) || 0, 0);
  if (n > rest) throw fault(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
  return new Bytes(buffer, offset, n);
}

function fromObject(o) {
  if (o.length !== undefined || isArrayBuffer(o.buffer)) return typeof o.length === 'number' ? fromArrayLike(o) : new Bytes(0);
  if (o.type === 'Buffer' && Array.isArray(o.data)) return fromArrayLike(o.data);
  return undefined;
}

function fromArrayLike(o) {
  if (isBytes(o)) return new Bytes(native.concat([o], o.length));
  const n = Math.max(Math.trunc(o.length) || 0, 0);
  const b = allocUnsafe(n);
  for (let i = 0; i < n; i++) b[i] = o[i];
  return b;
}

function byteLength(s, encoding) {
  if (typeof s !== 'string') {
    if (isView(s) || isArrayBuffer(s)) return s.byteLength;
    throw invalidType('string', ['string', 'Buffer', 'ArrayBuffer'], s);
  }
  switch (typeof encoding === 'string' ? encodings[encoding.toLowerCase()] : 'utf8') {
    case 'ascii': case 'latin1': return s.length;
    case 'utf16le': return s.length * 2;
    case 'hex': return s.length >>> 1;
    case 'base64': case 'base64url': return (s.length - (s.endsWith('==') ? 2 : s.endsWith('=') ? 1 : 0)) * 3 >>> 2;
  }
  return native.length(s);
}

function compare(a, b) {
  if (!isBytes(a)) throw invalidType('buf1', ['Buffer', 'Uint8Array'], a);
  if (!isBytes(b)) throw invalidType('buf2', ['Buffer', 'Uint8Array'], b);
  return a === b ? 0 : native.compare(a, 0, a.length, b, 0, b.length);
}

function concat(list, length) {
  if (!Array.isArray(list)) throw invalidType('list', 'Array', list);
  let total = 0;
  for (let i = 0; i < list.length; i++) {
    if (!isBytes(list[i])) throw invalidType(`list[${i}]`, ['Buffer', 'Uint8Array'], list[i]);
    total += list[i].length;
  }
  if (length === undefined) length = total;
  else integer(length, 'length', 0, most);
  if (length > most) throw outOfRange('length', `>= 0 && <= ${most}`, length);
  return new Bytes(native.concat(list, length));
}

function copyBytesFrom(view, offset, length) {
  if (offset === undefined) offset = 0;
  if (!isView(view) || view instanceof DataView) throw invalidType('view', ['TypedArray'], view);
  integer(offset, 'offset', 0);
  if (length !== undefined) integer(length, 'length', 0);
  const part = view.subarray(offset, length === undefined ? undefined : offset + length);
  return new Bytes(native.concat([part], part.byteLength));
}

define(Buffer, {
  alloc, allocUnsafe, from, byteLength, compare, concat, copyBytesFrom,
  allocUnsafeSlow(size) { return allocUnsafe(size); },
  isBuffer: (v) => v instanceof Buffer,
  isEncoding: (name) => typeof name === 'string' && encodings[name.toLowerCase()] !== undefined,
});
Buffer.poolSize = 8192;

// slicePosition is a place in a buffer, which may be counted from its end.
function slicePosition(v, length) {
  const n = Math.trunc(+v) || 0;
  return n < 0 ? Math.max(n + length, 0) : Math.min(n, length);
}

function part(b, start, end) {
  const from = slicePosition(start, b.length);
  const to = end === undefined ? b.length : slicePosition(end, b.length);
  return new Bytes(b.buffer, b.byteOffset + from, Math.max(to - from, 0));
}

// find is indexOf, or, backwards, lastIndexOf.
function find(b, value, byteOffset, encoding, forward) {
  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
  }
  let from = Math.trunc(+byteOffset);
  if (Number.isNaN(from)) from = forward ? 0 : b.length;
  if (typeof value === 'number') return native.find(b, new Uint8Array([value]), from, forward, 1);
  let step = 1;
  if (typeof value === 'string') {
    const known = encodingOr(encoding, 'utf8');
    value = encode(value, known);
    step = known === 'utf16le' ? 2 : 1;
  } else if (!isBytes(value)) {
    throw invalidType('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  } else if (typeof encoding === 'string' && encodings[encoding.toLowerCase()] === 'utf16le') {
    step = 2;
  }
  return native.find(b, value, from, forward, step);
}

// filling is what fill repeats: bytes, or a number.
function filling(value, encoding) {
  if (typeof value === 'string') {
    if (value.length === 0) return 0;
    const b = encode(value, encodingOr(encoding, 'utf8'));
    if (b.length === 0) throw invalidValue('value', value);
    return b;
  }
  if (!isView(value)) return value & 255;
  if (value.byteLength === 0) throw invalidValue('value', value);
  return value;
}

define(Buffer.prototype, {
  toString(encoding, start, end) {
    const n = this.length;
    const from = start === undefined ? 0 : Math.max(Math.trunc(+start) || 0, 0);
    const to = end === undefined ? n : Math.min(Math.trunc(+end) || 0, n);
    if (to <= from) return '';
    return decode(this, encoding === undefined ? 'utf8' : encodingOf(encoding), from, to);
  },

  toLocaleString(encoding, start, end) { return this.toString(encoding, start, end); },

  toJSON() { return { type: 'Buffer', data: Array.from(this) }; },

  equals(other) {
    if (!isBytes(other)) throw invalidType('otherBuffer', ['Buffer', 'Uint8Array'], other);
    return this === other || this.length === other.length && native.compare(this, 0, this.length, other, 0, other.length) === 0;
  },

  compare(target, targetStart = 0, targetEnd, sourceStart = 0, sourceEnd) {
    if (!isBytes(target)) throw invalidType('target', ['Buffer', 'Uint8Array'], target);
    integer(targetStart, 'targetStart', 0);
    if (targetEnd === undefined) targetEnd = target.length;
    else integer(targetEnd, 'targetEnd', 0, target.length);
    integer(sourceStart, 'sourceStart', 0);
    if (sourceEnd === undefined) sourceEnd = this.length;
    else integer(sourceEnd, 'sourceEnd', 0, this.length);
    if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
    if (targetStart >= targetEnd) return 1;
    return native.compare(this, sourceStart, sourceEnd, target, targetStart, targetEnd);
  },

  copy(target, targetStart = 0, sourceStart = 0, sourceEnd = this.length) {
    if (!isBytes(target)) throw invalidType('target', ['Buffer', 'Uint8Array'], target);
    const to = Math.trunc(+targetStart) || 0;
    if (to < 0) throw outOfRange('targetStart', '>= 0', to);
    const from = Math.trunc(+sourceStart) || 0;
    if (from < 0 || from > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, from);
    const end = Math.trunc(+sourceEnd) || 0;
    if (end < 0) throw outOfRange('sourceEnd', '>= 0', end);
    return to >= target.length || from >= end ? 0 : native.copy(this, from, end, target, to);
  },

  indexOf(value, byteOffset, encoding) { return find(this, value, byteOffset, encoding, true); },
  lastIndexOf(value, byteOffset, encoding) { return find(this, value, byteOffset, encoding, false); },
  includes(value, byteOffset, encoding) { return find(this, value, byteOffset, encoding, true) !== -1; },

  fill(value, offset, end, encoding) {
    if (typeof value === 'string') {
      if (offset === undefined || typeof offset === 'string') {
        encoding = offset;
        offset = end = undefined;
      } else if (typeof end === 'string') {
        encoding = end;
        end = undefined;
      }
      if (encoding !== undefined && encoding !== null) string(encoding, 'encoding');
    }
    const what = filling(value, encoding);
    const from = offset === undefined ? 0 : offset;
    if (offset !== undefined) number(offset, 'offset', 0, most);
    const to = offset === undefined || end === undefined ? this.length : end;
    number(to, 'end', 0, this.length);
    if (from < to) native.fill(this, typeof what === 'number' ? new Uint8Array([what]) : what, Math.trunc(from), Math.trunc(to));
    return this;
  },

  write(text, offset, length, encoding) {
    string(text, 'string'); // the argument's name in Node
    if (typeof offset === 'string') [encoding, offset, length] = [offset, undefined, undefined];
    else if (typeof length === 'string') [encoding, length] = [length, undefined];
    const from = offset === undefined ? 0 : offset;
    integer(from, 'offset', 0, this.length);
    let n = this.length - from;
    if (length !== undefined) {
      integer(length, 'length', 0, this.length);
      n = Math.min(n, length);
    }
    const known = encodingOr(encoding, 'utf8');
    if (!hasUnits(text, known)) return native.write(this, text, known, from, n);
    const b = encode(text, known);
    return b.copy(this, from, 0, known === 'utf16le' ? n & ~1 : n);
  },

  slice(start, end) { return part(this, start, end); },
  subarray(start, end) { return part(this, start, end); },

  swap16() { return swap(this, 2); },
  swap32() { return swap(this, 4); },
  swap64() { return swap(this, 8); },
});

function swap(b, size) {
  if (b.length % size !== 0) throw fault(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
  native.swap(b, size);
  return b;
}

// define gives an object methods as classes have them: not enumerable.
function define(o, methods) {
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(o, name, { value, writable: true, configurable: true });
}

module.exports = {
  Buffer,
  constants: Object.freeze({ MAX_LENGTH: most, MAX_STRING_LENGTH: most }),
  kMaxLength: most,
  kStringMaxLength: most,
  SlowBuffer: Buffer.allocUnsafeSlow,
  isAscii: (b) => native.isAscii(b),
  isUtf8: (b) => native.isUtf8(b),
  INSPECT_MAX_BYTES: 50,
  get atob() { return globalThis.atob; },
  get btoa() { return globalThis.btoa; },
};
