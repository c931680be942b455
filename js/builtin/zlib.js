'use strict';

// Node's zlib (https://nodejs.org/api/zlib.html), without streams: functions that
// compute at once, and ones with a callback. The bytes are those of zlib itself.

const { Buffer } = require('buffer');
const { fault, integer, invalidType, outOfRange } = require('weir:errors');

const constants = Object.freeze({
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_TREES: 6,
  Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
  Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0,
  Z_MIN_WINDOWBITS: 8, Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_CHUNK: 64, Z_MAX_CHUNK: Infinity, Z_DEFAULT_CHUNK: 16384,
  Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9, Z_DEFAULT_MEMLEVEL: 8, Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9, Z_DEFAULT_LEVEL: -1,
});
const mostOutput = 16 << 20;

function bytesOf(v, name) {
  if (typeof v === 'string') return Buffer.from(v);
  if (ArrayBuffer.isView(v)) return new Uint8Array(v.buffer, v.byteOffset, v.byteLength);
  if (v instanceof ArrayBuffer) return new Uint8Array(v);
  throw invalidType(name, ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], v);
}

function option(options, name, otherwise, min, max) {
  const v = options[name];
  if (v === undefined || Number.isNaN(v)) return otherwise;
  if (typeof v !== 'number') throw invalidType(`options.${name}`, 'number', v);
  if (!(v >= min && v <= max)) throw outOfRange(`options.${name}`, max === Infinity ? `>= ${min}` : `>= ${min} and <= ${max}`, v);
  return Math.trunc(v);
}

// windowOf is the window's bits; njs writes those of raw data as negative numbers.
function windowOf(options, format, least) {
  const negative = format === 'raw' && options.windowBits < 0;
  const bits = option(negative ? { windowBits: -options.windowBits } : options, 'windowBits', 15, least, 15);
  return bits === 8 && least === 8 ? 9 : bits; // zlib has no smaller one
}

function optionsOf(options = {}) {
  if (options === null || typeof options !== 'object') throw invalidType('options', 'Object', options);
  option(options, 'chunkSize', 0, constants.Z_MIN_CHUNK, Infinity);
  option(options, 'flush', 0, 0, 5);
  return {
    dictionary: options.dictionary === undefined ? undefined : bytesOf(options.dictionary, 'options.dictionary'),
    finish: option(options, 'finishFlush', constants.Z_FINISH, 0, 5),
    most: option(options, 'maxOutputLength', mostOutput, 1, Infinity),
  };
}

// compression and decompression make what the natives are called with, and what is
// done with their answer.
function compression(format) {
  return (data, given) => {
    const options = given ?? {};
    const bytes = bytesOf(data, 'buffer');
    const { dictionary, most } = optionsOf(options);
    const level = option(options, 'level', -1, -1, 9);
    const args = [
      bytes, format, level === -1 ? 6 : level, windowOf(options, format, 8), option(options, 'memLevel', 8, 1, 9),
      option(options, 'strategy', 0, 0, 4), dictionary,
    ];
    return { native: 'deflate', args, most };
  };
}

function decompression(format) {
  return (data, given) => {
    const options = given ?? {};
    const bytes = bytesOf(data, 'buffer');
    const { dictionary, finish, most } = optionsOf(options);
    const window = options.windowBits === 0 ? 0 : windowOf(options, format, 8);
    return { native: 'inflate', args: [bytes, format, window, dictionary, Math.min(most, mostOutput), finish !== constants.Z_FINISH], most };
  };
}

function result(bytes, most) {
  if (bytes.byteLength > most) throw fault(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${most} bytes`);
  return Buffer.from(bytes);
}

// failure gives an error of zlib its number.
function failure(e) {
  if (typeof e.code === 'string' && e.code.startsWith('Z_')) e.errno = constants[e.code];
  return e;
}

function sync(prepare) {
  return (data, options) => {
    const { native: name, args, most } = prepare(data, options);
    let bytes;
    try {
      bytes = native[name](...args);
    } catch (e) {
      throw failure(e);
    }
    return result(bytes, most);
  };
}

function withCallback(prepare) {
  return (data, options, callback) => {
    if (typeof options === 'function') [options, callback] = [undefined, options];
    if (typeof callback !== 'function') throw invalidType('callback', 'function', callback);
    const { native: name, args, most } = prepare(data, options);
    native[name + 'Later'](...args).then((bytes) => result(bytes, most)).then((b) => callback(null, b), (e) => callback(failure(e)));
  };
}

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) throw invalidType('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  integer(value, 'value', 0, 2 ** 32 - 1);
  return native.crc32(bytesOf(data, 'data'), value);
}

const zlib = { constants, crc32 };
for (const [name, prepare] of Object.entries({
  deflate: compression('zlib'), deflateRaw: compression('raw'), gzip: compression('gzip'),
  inflate: decompression('zlib'), inflateRaw: decompression('raw'), gunzip: decompression('gzip'), unzip: decompression('any'),
})) {
  for (const [suffix, f] of [['', withCallback(prepare)], ['Sync', sync(prepare)]]) {
    Object.defineProperty(f, 'name', { value: name + suffix, configurable: true });
    zlib[name + suffix] = f;
  }
}

module.exports = zlib;
module.exports.default = zlib;
