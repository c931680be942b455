'use strict';

// The bodies of Request and Response (Fetch, 2.2.4 and 5.3). They are whole: there
// are no streams.

// Body is what a Request or a Response carries: text or bytes, to be read once.
class Body {
  #content; // a string, an ArrayBuffer of our own, or null
  #type; // what it is, if the one who made it knows
  #used = false;

  // type is that of a content which is a string or an ArrayBuffer of our own; without
  // it the content is what script gave.
  constructor(content, type) {
    this.#content = type === undefined ? extract(content) : content;
    this.#type = type === undefined ? typeOf(content) : type;
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
    const content = this.#content;
    return new Body(content instanceof ArrayBuffer ? content.slice(0) : content, this.#type);
  }
}

// extract is the content of what a body may be made of (Fetch, 5.2).
function extract(v) {
  if (v === undefined || v === null) return null;
  if (v instanceof ArrayBuffer) return v.slice(0);
  if (ArrayBuffer.isView(v)) return v.buffer.slice(v.byteOffset, v.byteOffset + v.byteLength);
  return String(v);
}

// typeOf is the type of that content, null if it says nothing of it.
function typeOf(v) {
  if (v === undefined || v === null || v instanceof ArrayBuffer || ArrayBuffer.isView(v)) return null;
  if (typeof v === 'object' && v instanceof require('url').URLSearchParams) return 'application/x-www-form-urlencoded;charset=UTF-8';
  return 'text/plain;charset=UTF-8';
}

// typed gives headers the type of a body, unless they have one.
function typed(headers, body) {
  if (body.type !== null && !headers.has('content-type')) headers.append('content-type', body.type);
}

module.exports = { Body, typed };
