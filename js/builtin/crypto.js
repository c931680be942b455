'use strict';

const hashes = native.hashes();
const most = 65536; // random bytes in one call

// Buffer is what digest and randomBytes return: bytes that know encodings.
class Buffer extends Uint8Array {
  toString(encoding = 'utf8') { return native.encode(bytesOf(this), encodingOf(encoding)); }
}

const encodings = {
  'utf8': 'utf8', 'utf-8': 'utf8', 'hex': 'hex', 'base64': 'base64', 'base64url': 'base64url',
};

function encodingOf(name) {
  const encoding = typeof name === 'string' ? encodings[name.toLowerCase()] : undefined;
  if (encoding === undefined) throw new TypeError(`Unknown encoding: "${String(name)}"`);
  return encoding;
}

// bytesOf copies the bytes of a buffer or a view; undefined for anything else.
function bytesOf(v) {
  if (v instanceof ArrayBuffer) return v.slice(0);
  if (ArrayBuffer.isView(v)) return v.buffer.slice(v.byteOffset, v.byteOffset + v.byteLength);
  return undefined;
}

function fault(Class, code, message) {
  return Object.assign(new Class(message), { code });
}

function input(v, name, encoding) {
  if (typeof v === 'string') {
    return encoding === undefined || encodingOf(encoding) === 'utf8' ? v : native.decode(v, encodingOf(encoding));
  }
  const bytes = bytesOf(v);
  if (bytes === undefined) {
    throw fault(TypeError, 'ERR_INVALID_ARG_TYPE',
      `The "${name}" argument must be of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  }
  return bytes;
}

class Hash {
  #algorithm;
  #key;
  #parts = []; // null after digest

  constructor(algorithm, key, parts = []) {
    this.#algorithm = algorithm;
    this.#key = key;
    this.#parts = [...parts];
  }

  update(data, encoding) {
    this.#open();
    this.#parts.push(input(data, 'data', encoding));
    return this;
  }

  digest(encoding) {
    this.#open();
    const as = encoding === undefined || encoding === 'buffer' ? undefined : encodingOf(encoding);
    const sum = native.hash(this.#algorithm, this.#key, this.#parts);
    this.#parts = null;
    return as === undefined ? new Buffer(sum) : native.encode(sum, as);
  }

  copy() {
    this.#open();
    return new this.constructor(this.#algorithm, this.#key, this.#parts);
  }

  #open() {
    if (this.#parts === null) throw fault(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
  }
}

class Hmac extends Hash {}

function algorithmOf(name, unknown) {
  if (typeof name !== 'string') {
    throw fault(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "algorithm" argument must be of type string.');
  }
  const algorithm = name.toLowerCase().replace(/^rsa-/, '').replace('sha-', 'sha');
  if (!hashes.includes(algorithm)) throw unknown;
  return algorithm;
}

function createHash(algorithm) {
  return new Hash(algorithmOf(algorithm, new Error('Digest method not supported')), null);
}

function createHmac(algorithm, key) {
  const known = algorithmOf(algorithm, fault(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`));
  return new Hmac(known, input(key, 'key'));
}

function getHashes() { return [...hashes]; }

function timingSafeEqual(a, b) {
  const [x, y] = [bytesOf(a), bytesOf(b)];
  if (x === undefined || y === undefined) {
    throw fault(TypeError, 'ERR_INVALID_ARG_TYPE',
      `The "${x === undefined ? 'buf1' : 'buf2'}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  }
  if (x.byteLength !== y.byteLength) {
    throw fault(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return native.equal(x, y);
}

function randomBytes(size) {
  if (typeof size !== 'number') {
    throw fault(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "size" argument must be of type number.');
  }
  if (!(size >= 0 && size <= most)) {
    throw fault(RangeError, 'ERR_OUT_OF_RANGE',
      `The value of "size" is out of range. It must be >= 0 && <= ${most}. Received ${size}`);
  }
  return new Buffer(native.random(Math.floor(size)));
}

function randomUUID() { return native.uuid(); }

module.exports = { createHash, createHmac, getHashes, randomBytes, randomUUID, timingSafeEqual };
module.exports.default = module.exports;
