'use strict';

// The form of a request's body.

class RequestForm {
  #entries; // [name, text or {name} of a file]

  constructor(entries) { this.#entries = entries; }

  get(name) {
    const entry = this.#entries.find(([n]) => n === String(name));
    return entry === undefined ? null : entry[1];
  }

  getAll(name) { return this.#entries.filter(([n]) => n === String(name)).map(([, v]) => v); }
  has(name) { return this.#entries.some(([n]) => n === String(name)); }
  hasFiles() { return this.#entries.some(([, v]) => typeof v !== 'string'); }

  forEach(callback) {
    if (typeof callback !== 'function') throw new TypeError('callback is not a function');
    for (const [name, v] of this.#entries) callback(v, name, this);
  }

  get [Symbol.toStringTag]() { return 'RequestForm'; }
}

exports.parse = (type, body, maxKeys) => {
  if (type === undefined) throw new TypeError('request content type is required');
  return new RequestForm(native.form(type, body, maxKeys));
};
