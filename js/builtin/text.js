'use strict';

// The Web's text functions: btoa, atob, TextEncoder and TextDecoder of UTF-8.

function invalidCharacter(message) {
  return Object.defineProperty(new Error(message), 'name', { value: 'InvalidCharacterError', configurable: true });
}

function btoa(...args) {
  if (args.length === 0) throw new TypeError('The "input" argument must be specified');
  const s = String(args[0]);
  if (/[^\0-\xff]/.test(s)) throw invalidCharacter('Invalid character');
  return native.btoa(s);
}

function atob(...args) {
  if (args.length === 0) throw new TypeError('The "input" argument must be specified');
  const s = native.atob(String(args[0]));
  if (s === null || s === undefined) throw invalidCharacter('The string to be decoded is not correctly encoded.');
  return s;
}

class TextEncoder {
  get encoding() { return 'utf-8'; }

  encode(input = '') { return new Uint8Array(native.encode(String(input))); }

  encodeInto(source, destination) {
    const s = String(source);
    let read = 0;
    let written = 0;
    for (const c of s) {
      const bytes = this.encode(c);
      if (written + bytes.length > destination.length) break;
      destination.set(bytes, written);
      read += c.length;
      written += bytes.length;
    }
    return { read, written };
  }
}

class TextDecoder {
  #fatal;
  #ignoreBOM;

  constructor(label = 'utf-8', options = {}) {
    if (!['utf-8', 'utf8', 'unicode-1-1-utf-8'].includes(String(label).trim().toLowerCase())) {
      throw new RangeError(`The "${label}" encoding is not supported`);
    }
    this.#fatal = Boolean(options.fatal);
    this.#ignoreBOM = Boolean(options.ignoreBOM);
  }

  get encoding() { return 'utf-8'; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }

  decode(input = new ArrayBuffer(0), options = {}) {
    if (options.stream) throw new TypeError('TextDecoder cannot decode a stream yet');
    if (!(input instanceof ArrayBuffer) && !ArrayBuffer.isView(input)) {
      throw new TypeError('The "input" argument must be an instance of ArrayBuffer or ArrayBufferView.');
    }
    const bytes = input instanceof ArrayBuffer ? input : input.buffer.slice(input.byteOffset, input.byteOffset + input.byteLength);
    const s = native.decode(bytes, this.#fatal);
    if (s === null || s === undefined) throw new TypeError('The encoded data was not valid for encoding utf-8');
    return s.charCodeAt(0) === 0xfeff && !this.#ignoreBOM ? s.slice(1) : s;
  }
}

module.exports = { btoa, atob, TextEncoder, TextDecoder };
