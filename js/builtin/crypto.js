'use strict';

// Node's crypto: hashes, random numbers and comparison. cipheriv.js and kdf.js
// are parts of the same module.

const hashes = native.hashes();
const isHash = { __proto__: null };
for (const name of hashes) isHash[name] = true;
const most = 65536; // random bytes in one call

// errors are Node's; a script that makes none does not load them.
const errors = () => require('weir:errors');
const fault = (Class, code, message) => errors().fault(Class, code, message);

const toBuffer = (bytes) => require('buffer').Buffer.from(bytes);

const encodings = {
  __proto__: null,
  'utf8': 'utf8', 'utf-8': 'utf8', 'hex': 'hex', 'base64': 'base64', 'base64url': 'base64url',
  'latin1': 'latin1', 'binary': 'latin1', 'ascii': 'ascii',
  'utf16le': 'utf16le', 'utf-16le': 'utf16le', 'ucs2': 'utf16le', 'ucs-2': 'utf16le',
};

function encodingOf(name) {
  const encoding = typeof name === 'string' ? encodings[name] ?? encodings[name.toLowerCase()] : undefined;
  if (encoding === undefined) throw errors().unknownEncoding(name);
  return encoding;
}

// outputOf is the encoding that bytes are to be returned in; undefined for a Buffer.
function outputOf(name) {
  return name === undefined || name === null || name === 'buffer' ? undefined : encodingOf(name);
}

// encode gives bytes as outputOf says.
function encode(bytes, encoding) {
  return encoding === undefined ? toBuffer(bytes) : toBuffer(bytes).toString(encoding);
}

// bytesOf is what holds the bytes of a buffer or a view; undefined for anything else.
function bytesOf(v) {
  if (v instanceof ArrayBuffer) return v;
  if (!ArrayBuffer.isView(v)) return undefined;
  return v instanceof DataView ? new Uint8Array(v.buffer, v.byteOffset, v.byteLength) : v;
}

function copyOf(bytes) {
  return bytes instanceof ArrayBuffer ? bytes.slice(0) : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function decode(text, encoding) {
  const as = encoding === undefined || encoding === 'buffer' ? 'utf8' : encodingOf(encoding);
  if (as === 'utf8') return text;
  // Half a byte is none, and half a signature is none.
  if (as === 'hex' && text.length % 2 !== 0) throw errors().invalidValue('encoding', encoding, `is invalid for data of length ${text.length}`);
  return require('buffer').Buffer.from(text, as);
}

// input is text as UTF-8, or what holds bytes.
function input(v, name, encoding) {
  if (typeof v === 'string') return decode(v, encoding);
  const bytes = bytesOf(v);
  if (bytes === undefined) throw errors().invalidType(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], v);
  return bytes;
}

function checkCallback(callback) {
  if (typeof callback !== 'function') throw errors().invalidType('callback', 'function', callback);
}

// later calls back as Node does, when what runs now has ended.
function later(callback, ...args) { setImmediate(callback, ...args); }

// What a hash keeps to itself: what was not hashed yet, and the state of what was.
const held = 16384;

class Hash {
  #algorithm;
  #key; // of an HMAC
  #state;
  #parts; // null after digest
  #size;

  // createHash, createHmac and copy call it.
  constructor(algorithm, key, state, parts = [], size = 0) {
    this.#algorithm = algorithm;
    this.#key = key;
    this.#state = state;
    this.#parts = parts;
    this.#size = size;
  }

  update(data, encoding) {
    this.#open();
    const bytes = input(data, 'data', encoding);
    const text = typeof bytes === 'string';
    this.#parts.push(text ? bytes : copyOf(bytes));
    this.#size += 64 + (text ? bytes.length : bytes.byteLength);
    if (this.#size > held) {
      this.#state = native.feed(this.#algorithm, this.#key, this.#state, this.#parts);
      this.#parts = [];
      this.#size = 0;
    }
    return this;
  }

  digest(encoding) {
    this.#open();
    const as = outputOf(encoding);
    const inGo = as === 'hex' || as === 'base64' || as === 'base64url';
    const parts = this.#parts.length === 1 ? this.#parts[0] : this.#parts;
    const sum = native.digest(this.#algorithm, this.#key, this.#state, parts, inGo ? as : undefined);
    this.#parts = null;
    return inGo ? sum : encode(sum, as);
  }

  copy() {
    this.#open();
    const Class = this instanceof Hmac ? Hmac : Hash;
    return new Class(this.#algorithm, this.#key, this.#state, [...this.#parts], this.#size);
  }

  #open() {
    if (this.#parts === null) throw fault(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
  }
}

class Hmac extends Hash {}

// algorithmOf is the hash's name among ours, of all the names that it has.
function algorithmOf(name, unknown, argument = 'algorithm') {
  if (isHash[name] && typeof name === 'string') return name;
  if (typeof name !== 'string') throw errors().invalidType(argument, 'string', name);
  const algorithm = name.toLowerCase().replace(/^rsa-/, '').replace(/^sha2?-(?=\d)/, 'sha').replace('/', '-');
  if (!isHash[algorithm]) throw unknown ? unknown(name) : new Error('Digest method not supported');
  return algorithm;
}

const unknownDigest = (name) => fault(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);

function createHash(algorithm) { return new Hash(algorithmOf(algorithm)); }

function createHmac(algorithm, key, options) {
  const known = algorithmOf(algorithm, unknownDigest, 'hmac');
  const bytes = input(key, 'key', options?.encoding);
  return new Hmac(known, typeof bytes === 'string' ? bytes : copyOf(bytes));
}

// hash is all of it at once, Node's crypto.hash.
function hash(algorithm, data, encoding = 'hex') {
  return createHash(algorithm).update(data).digest(encoding);
}

function getHashes() { return [...hashes]; }

function timingSafeEqual(a, b) {
  const [x, y] = [bytesOf(a), bytesOf(b)];
  const types = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
  if (x === undefined) throw errors().invalidType('buf1', types, a);
  if (y === undefined) throw errors().invalidType('buf2', types, b);
  if (x.byteLength !== y.byteLength) {
    throw fault(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return native.equal(x, y);
}

function randomBytes(size, callback) {
  if (!(typeof size === 'number' && size >= 0 && size <= most)) errors().number(size, 'size', 0, most);
  if (callback !== undefined) checkCallback(callback);
  const bytes = toBuffer(native.random(Math.floor(size)));
  if (callback === undefined) return bytes;
  later(callback, null, bytes);
}

function randomFillSync(buffer, offset = 0, size) {
  const bytes = bytesOf(buffer);
  if (bytes === undefined) throw errors().invalidType('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  const unit = buffer.BYTES_PER_ELEMENT ?? 1;
  errors().integer(offset, 'offset', 0, bytes.byteLength / unit);
  const n = size === undefined ? bytes.byteLength - offset * unit : size * unit;
  errors().integer(n, 'size', 0, Math.min(most, bytes.byteLength - offset * unit));
  new Uint8Array(bytes.buffer ?? bytes, (bytes.byteOffset ?? 0) + offset * unit, n).set(new Uint8Array(native.random(n)));
  return buffer;
}

function randomFill(buffer, ...args) {
  const callback = args.pop();
  checkCallback(callback);
  later(callback, null, randomFillSync(buffer, ...args));
}

const noInteger = (name, v) => fault(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be a safe integer. Received ${errors().received(v)}`);

function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max];
  if (!Number.isSafeInteger(min)) throw noInteger('min', min);
  if (!Number.isSafeInteger(max)) throw noInteger('max', max);
  if (callback !== undefined) checkCallback(callback);
  if (max <= min) throw errors().outOfRange('max', `greater than the value of "min" (${min})`, max);
  if (max - min > 2 ** 48 - 1) throw errors().outOfRange('max - min', `<= ${2 ** 48 - 1}`, max - min);
  const n = min + native.below(max - min);
  if (callback === undefined) return n;
  later(callback, null, n);
}

function randomUUID() { return native.uuid(); }
