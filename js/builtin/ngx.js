'use strict';

const facts = native.facts();

class SharedMemoryError extends Error {}
Object.defineProperty(SharedMemoryError.prototype, 'name', { value: 'SharedMemoryError', writable: true, configurable: true });

// SharedDict is ngx.shared.NAME: the server holds the entries.
class SharedDict {
  #zone;

  constructor(zone) { this.#zone = zone; }

  get name() { return this.#zone.name; }
  get type() { return this.#zone.type; }
  get capacity() { return this.#zone.capacity; }

  add(key, value, timeout) { return this.#do('add', String(key), value, timeout); }
  set(key, value, timeout) { this.#do('set', String(key), value, timeout); return this; }
  replace(key, value, timeout) { return this.#do('replace', String(key), value, timeout); }
  incr(key, delta, init, timeout) { return this.#do('incr', String(key), delta, init, timeout); }
  get(key) { return this.#do('get', String(key)); }
  has(key) { return this.#do('has', String(key)); }
  delete(key) { return this.#do('delete', String(key)); }
  pop(key) { return this.#do('pop', String(key)); }
  ttl(key) { return this.#do('ttl', String(key)); }
  keys(max) { return this.#do('keys', max); }
  items(max) { return this.#do('items', max); }
  size() { return this.#do('size'); }
  clear() { this.#do('clear'); }
  freeSpace() { return this.#do('freeSpace'); }

  #do(op, ...args) {
    const value = native.dict(this.#zone.name, op, ...args) ?? undefined;
    if (typeof value === 'object' && value.full) throw new SharedMemoryError(value.full);
    return value;
  }

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
