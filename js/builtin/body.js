'use strict';

// The bodies of Request and Response (Fetch, 2.2.4 and 5.3). They are whole: there
// are no streams.

// Body is what a Request or a Response carries: text or bytes, to be read once.
class Body {
  #content; // a string, an ArrayBuffer of our own, or null
  #type; // what it is, if the one who made it knows
  #used = false;

  constructor(content) {
    [this.#content, this.#type] = extract(content);
  }

  get type() { return this.#type; }
  get used() { return this.#used; }
  get isNull() { return this.#content === null; }

  take() {
    if (this.#used) throw new TypeError('body stream already read');
    this.#used = this.#content !== null;
    return this.#content ?? '';
  }

  text() { return native.text(this.take()); }
  bytes() {
    const content = this.take();
    return typeof content === 'string' ? native.bytes(content) : content;
  }

  copy() {
    if (this.#used) throw new TypeError('body stream already read');
    const b = new Body(this.#content);
    b.#type = this.#type;
    return b;
  }
}

// extract is the content of a body, and its type (Fetch, 5.2).
function extract(v) {
  if (v === undefined || v === null) return [null, null];
  if (typeof v === 'string') return [v, 'text/plain;charset=UTF-8'];
  if (v instanceof ArrayBuffer) return [v.slice(0), null];
  if (ArrayBuffer.isView(v)) return [v.buffer.slice(v.byteOffset, v.byteOffset + v.byteLength), null];
  if (v instanceof require('url').URLSearchParams) return [String(v), 'application/x-www-form-urlencoded;charset=UTF-8'];
  return [String(v), 'text/plain;charset=UTF-8'];
}

// typed gives headers the type of a body, unless they have one.
function typed(headers, body) {
  if (body.type !== null && !headers.has('content-type')) headers.append('content-type', body.type);
}

module.exports = { Body, typed };
