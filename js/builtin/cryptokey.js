'use strict';

// crypto.subtle (W3C Web Cryptography Level 2). cryptokey.js has the keys,
// algorithm.js the arguments, subtle.js the operations.

// seal is what opens the constructors, which script cannot use.
const seal = Symbol('seal');

const keyUsages = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

// What is in a key beyond its attributes: its bytes, and its algorithm as script
// cannot change it.
let isKey;
let inside;

class CryptoKey {
  #type;
  #extractable;
  #usages;
  #algorithm;
  #bytes;
  #seen = {}; // the objects that script got

  constructor(sealed = undefined, type, extractable, algorithm, usages, bytes) {
    if (sealed !== seal) throw new TypeError('Illegal constructor');
    this.#type = type;
    this.#extractable = extractable;
    this.#algorithm = algorithm;
    this.#usages = keyUsages.filter((u) => usages.includes(u));
    this.#bytes = bytes;
  }

  get type() { return this.#type; }
  get extractable() { return this.#extractable; }
  get algorithm() { return this.#seen.algorithm ??= shown(this.#algorithm); }
  get usages() { return this.#seen.usages ??= [...this.#usages]; }

  static {
    isKey = (v) => typeof v === 'object' && v !== null && #bytes in v;
    inside = (key) => ({ type: key.#type, extractable: key.#extractable, algorithm: key.#algorithm, usages: key.#usages, bytes: key.#bytes });
  }
}

// shown is a copy of an algorithm.
function shown(algorithm) {
  const out = { ...algorithm };
  if (out.hash) out.hash = { ...out.hash };
  if (out.publicExponent) out.publicExponent = out.publicExponent.slice();
  return out;
}

const dom = (name, message) => new (require('weir:domexception').DOMException)(message, name);

// go calls a native, whose exceptions become those of the Web.
const domNames = ['DataError', 'NotSupportedError', 'OperationError'];
const asDOM = (e) => domNames.includes(e.name) ? dom(e.name, e.message) : e;
function go(name, ...args) {
  try {
    const v = native[name](...args);
    return v instanceof Promise ? v.then(undefined, (e) => { throw asDOM(e); }) : v;
  } catch (e) {
    throw asDOM(e);
  }
}

// bytesOf copies a BufferSource, and takes text as its UTF-8 as njs does.
function bytesOf(v, what = 'data') {
  if (typeof v === 'string') return native.utf8(v);
  if (v instanceof ArrayBuffer) return v.slice(0);
  if (ArrayBuffer.isView(v)) return v.buffer.slice(v.byteOffset, v.byteOffset + v.byteLength);
  throw new TypeError(`${what} is not an ArrayBuffer or a view of one`);
}
