'use strict';

const facts = native.facts();

class SharedMemoryError extends Error {}
Object.defineProperty(SharedMemoryError.prototype, 'name', { value: 'SharedMemoryError', writable: true, configurable: true });

const { dict } = native;

// full throws, for an operation that found no room.
function full(value) { throw new SharedMemoryError(value.full); }

// SharedDict is ngx.shared.NAME: the server holds the entries. What is not said
// here in the shortest way would cost more than the operation.
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

  add(key, value, timeout) {
    const done = dict(this.#name, 'add', `${key}`, value, timeout);
    return typeof done === 'object' ? full(done) : done;
  }
  set(key, value, timeout) {
    const found = dict(this.#name, 'set', `${key}`, value, timeout);
    if (typeof found === 'object') full(found);
    return this;
  }
  replace(key, value, timeout) {
    const done = dict(this.#name, 'replace', `${key}`, value, timeout);
    return typeof done === 'object' ? full(done) : done;
  }
  incr(key, delta, init, timeout) {
    const value = dict(this.#name, 'incr', `${key}`, delta, init, timeout);
    return typeof value === 'object' ? full(value) : value;
  }
  get(key) { return dict(this.#name, 'get', `${key}`); }
  has(key) { return dict(this.#name, 'has', `${key}`); }
  delete(key) { return dict(this.#name, 'delete', `${key}`); }
  pop(key) { return dict(this.#name, 'pop', `${key}`); }
  ttl(key) { return dict(this.#name, 'ttl', `${key}`); }
  keys(max) { return dict(this.#name, 'keys', max); }
  items(max) { return dict(this.#name, 'items', max); }
  size() { return dict(this.#name, 'size'); }
  clear() { dict(this.#name, 'clear'); }
  freeSpace() { return dict(this.#name, 'freeSpace'); }

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
