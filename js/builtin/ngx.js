'use strict';

const facts = native.facts();

class SharedMemoryError extends Error {}
Object.defineProperty(SharedMemoryError.prototype, 'name', { value: 'SharedMemoryError', writable: true, configurable: true });

// written is what a method of a dictionary returns that may find no room. (Rest
// parameters and spreads would cost it more than the operation.)
function written(value) {
  if (typeof value === 'object') throw new SharedMemoryError(value.full);
  return value;
}

// SharedDict is ngx.shared.NAME: the server holds the entries.
class SharedDict {
  #zone;
  #name;

  constructor(zone) {
    this.#zone = zone;
    this.#name = zone.name;
  }

  get name() { return this.#name; }
  get type() { return this.#zone.type; }
  get capacity() { return this.#zone.capacity; }

  add(key, value, timeout) { return written(native.dict(this.#name, 'add', `${key}`, value, timeout)); }
  set(key, value, timeout) {
    written(native.dict(this.#name, 'set', `${key}`, value, timeout));
    return this;
  }
  replace(key, value, timeout) { return written(native.dict(this.#name, 'replace', `${key}`, value, timeout)); }
  incr(key, delta, init, timeout) { return written(native.dict(this.#name, 'incr', `${key}`, delta, init, timeout)); }
  get(key) { return native.dict(this.#name, 'get', `${key}`); }
  has(key) { return native.dict(this.#name, 'has', `${key}`); }
  delete(key) { return native.dict(this.#name, 'delete', `${key}`); }
  pop(key) { return native.dict(this.#name, 'pop', `${key}`); }
  ttl(key) { return native.dict(this.#name, 'ttl', `${key}`); }
  keys(max) { return native.dict(this.#name, 'keys', max); }
  items(max) { return native.dict(this.#name, 'items', max); }
  size() { return native.dict(this.#name, 'size'); }
  clear() { native.dict(this.#name, 'clear'); }
  freeSpace() { return native.dict(this.#name, 'freeSpace'); }

  get [Symbol.toStringTag]() { return 'SharedDict'; }
}

function dictionaries() {
  const shared = {};
  for (const zone of native.zones()) shared[zone.name] = new SharedDict(zone);
  return Object.freeze(shared);
}

let shared;

const ngx = {
  ERR: 4,
  WARN: 5,
  INFO: 7,
  log(level, message) { native.log(Number(level), String(message)); },
  ...facts,
  fetch(...args) { return require('weir:fetch').ngxFetch(...args); },
  get shared() { return shared ??= dictionaries(); },
};

module.exports = { ngx: Object.freeze(ngx), SharedMemoryError };
