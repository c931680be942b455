'use strict';

const { isArray } = Array;
const entries = Object.entries;

// matcher makes a test of a filter: a function, or an object whose properties a
// client must have.
function matcher(filter) {
  if (typeof filter === 'function') return (client) => Boolean(filter(client));
  if (filter === null || typeof filter !== 'object' || isArray(filter)) {
    throw new TypeError('live.kick takes an id, an object or a function');
  }
  const wanted = entries(filter);
  if (wanted.length === 0) throw new TypeError('live.kick: the filter is empty, and would end every session');
  for (const [name] of wanted) {
    if (!known.has(name)) throw new TypeError(`live.kick: a client has no ${name}`);
  }
  return (client) => wanted.every(([name, value]) => client[name] === value);
}

const known = new Set(['id', 'kind', 'protocol', 'app', 'stream', 'remoteAddress', 'startedAt', 'bytesIn', 'bytesOut']);

const live = {
  get(name) { return native.live(String(name))[0] ?? null; },
  streams() { return native.live(''); },
  clients() { return native.clients(); },
  kick(whom, reason = '') {
    reason = String(reason);
    if (typeof whom === 'string') return native.kick(whom, reason) ? 1 : 0;
    const matches = matcher(whom);
    let ended = 0;
    for (const client of native.clients()) {
      if (matches(client) && native.kick(client.id, reason)) ended++;
    }
    return ended;
  },
};

exports.live = Object.freeze(live);
