'use strict';

// The Web's text functions: btoa and atob (HTML, 8.3), TextEncoder and
// TextDecoder (Encoding Standard, 7).

function invalidCharacter(message) {
  const { DOMException } = require('weir:domexception');
  return new DOMException(message, 'InvalidCharacterError');
}

function fault(Class, code, message) {
  const e = new Class(message);
  e.code = code;
  return e;
}

function missing() { return fault(TypeError, 'ERR_MISSING_ARGS', 'The "input" argument must be specified'); }

function btoa(...args) {
  if (args.length === 0) throw missing();
  const s = `${args[0]}`;
  if (/[^\0-\xff]/.test(s)) throw invalidCharacter('Invalid character');
  return native.btoa(s);
}

function atob(...args) {
  if (args.length === 0) throw missing();
  const s = native.atob(`${args[0]}`);
  if (s === undefined) throw invalidCharacter('The string to be decoded is not correctly encoded.');
  return s;
}

class TextEncoder {
  get encoding() { return 'utf-8'; }

  encode(input = '') { return new Uint8Array(native.encode(`${input}`)); }

  encodeInto(source, destination) {
    if (arguments.length < 2 || !(destination instanceof Uint8Array)) {
      throw fault(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "dest" argument must be an instance of Uint8Array.');
    }
    const [read, written] = native.encodeInto(`${source}`, destination);
    return { read, written };
  }
}

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #rest = new Uint8Array(0); // the beginning of a character, of a stream
  #begun = false; // the stream has given something, if only its BOM

  constructor(label = 'utf-8', options = undefined) {
    this.#encoding = native.encodingOf(`${label}`);
    if (this.#encoding === undefined) throw fault(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
    if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
      throw fault(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "options" argument must be of type object.');
    }
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }

  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }

  decode(input = new Uint8Array(0), options = undefined) {
    if (!(input instanceof ArrayBuffer) && !ArrayBuffer.isView(input)) {
      throw fault(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "input" argument must be an instance of ArrayBuffer or ArrayBufferView.');
    }
    const stream = Boolean(options?.stream);
    const bytes = this.#all(input);
    const n = stream ? native.whole(bytes, this.#encoding) : bytes.length;
    this.#rest = bytes.slice(n);
    const s = native.decode(bytes, this.#encoding, this.#fatal, n);
    const begun = this.#begun;
    this.#begun = stream && s !== undefined && (begun || s !== '');
    if (s === undefined) {
      this.#rest = new Uint8Array(0);
      throw fault(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', `The encoded data was not valid for encoding ${this.#encoding}`);
    }
    return !begun && !this.#ignoreBOM && s.charCodeAt(0) === 0xfeff ? s.slice(1) : s;
  }

  // all is the input, behind what is left of the stream.
  #all(input) {
    const bytes = input instanceof ArrayBuffer ? new Uint8Array(input) : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    if (this.#rest.length === 0) return bytes;
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    return all;
  }
}

for (const Class of [TextEncoder, TextDecoder]) {
  for (const key of Object.getOwnPropertyNames(Class.prototype)) {
    if (key !== 'constructor') Object.defineProperty(Class.prototype, key, { enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

module.exports = { btoa, atob, TextEncoder, TextDecoder };
