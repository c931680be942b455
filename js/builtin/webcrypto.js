'use strict';

// The global crypto. What it has beyond random numbers is subtle, in a module of
// its own, which is large.

const dom = (name, message) => new (require('weir:domexception').DOMException)(message, name);

const integers = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, globalThis.BigInt64Array, globalThis.BigUint64Array];

// seal is what opens the constructor, which script cannot use.
const seal = Symbol('seal');

class Crypto {
  constructor(sealed = undefined) {
    if (sealed !== seal) throw new TypeError('Illegal constructor');
  }

  get subtle() { return require('weir:subtle').subtle; }

  getRandomValues(array) {
    if (!integers.some((type) => type !== undefined && array instanceof type)) {
      throw dom('TypeMismatchError', 'The data argument must be an integer-type TypedArray');
    }
    if (array.byteLength > 65536) throw dom('QuotaExceededError', 'The requested length exceeds 65,536 bytes');
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(new Uint8Array(native.random(array.byteLength)));
    return array;
  }

  randomUUID() { return native.uuid(); }
}

for (const name of ['getRandomValues', 'randomUUID', 'subtle']) Object.defineProperty(Crypto.prototype, name, { enumerable: true });
Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { value: 'Crypto', configurable: true });

module.exports = { Crypto, crypto: new Crypto(seal) };
