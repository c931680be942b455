'use strict';

const integers = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array];

function named(name, message) {
  return Object.defineProperty(new Error(message), 'name', { value: name, configurable: true });
}

const crypto = {
  getRandomValues(array) {
    if (!integers.some((type) => array instanceof type)) {
      throw named('TypeMismatchError', 'The data argument must be an integer-type TypedArray');
    }
    if (array.byteLength > 65536) {
      throw named('QuotaExceededError', 'The requested length exceeds 65,536 bytes');
    }
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(new Uint8Array(native.random(array.byteLength)));
    return array;
  },
  randomUUID: () => native.uuid(),
};

exports.crypto = crypto;
