'use strict';

// A clock that stands until it is told to go on: Date, performance.now and timers
// follow it.

const names = ['Date', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'];
const real = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
const realNow = performance.now;
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

let now; // undefined: the clock is the real one
let last = 0; // the number of the newest timer
let timers = []; // {id, due, interval, callback, args}, in the order they were made

function milliseconds(v) {
  const m = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(v);
  const ms = m ? m[1] * units[m[2]] : Number(v);
  if (!(ms >= 0)) throw new TypeError(`${v} is no time: give milliseconds, or '90s'`);
  return ms;
}

const add = (interval) => (callback, delay, ...args) => {
  if (typeof callback !== 'function') throw new TypeError('callback is not a function');
  const ms = Math.max(Math.trunc(delay) || 1, 1);
  timers.push({ id: ++last, due: now + ms, interval: interval ? ms : 0, callback, args });
  return last;
};
const clear = (id) => { timers = timers.filter((t) => t.id !== id); };

function FakeDate(...args) {
  if (!new.target) return new real.Date(now).toString();
  return Reflect.construct(real.Date, args.length > 0 ? args : [now], new.target === FakeDate ? real.Date : new.target);
}
for (const [name, value] of Object.entries({ prototype: real.Date.prototype, parse: real.Date.parse, UTC: real.Date.UTC, now: () => now })) {
  Object.defineProperty(FakeDate, name, { value });
}
Object.defineProperty(FakeDate, 'name', { value: 'Date' });

const fakes = {
  Date: FakeDate,
  setTimeout: add(false),
  setInterval: add(true),
  setImmediate: (callback, ...args) => add(false)(callback, 0, ...args),
  clearTimeout: clear,
  clearInterval: clear,
  clearImmediate: clear,
};

function install(functions) {
  for (const name of names) Object.defineProperty(globalThis, name, { value: functions[name] });
}

// settle lets all promises go on that can.
const settle = () => new Promise((resolve) => { real.setImmediate(resolve); });

const clock = {
  get now() { return now ?? real.Date.now(); },

  stop(at = real.Date.now()) {
    const from = now ?? 0;
    now = +new real.Date(at);
    if (Number.isNaN(now)) throw new TypeError(`${at} is no date`);
    timers = timers.map((t) => ({ ...t, due: t.due - from + now }));
    install(fakes);
    performance.now = () => now;
  },

  async advance(time) {
    if (now === undefined) clock.stop();
    const end = now + milliseconds(time);
    await settle();
    for (;;) {
      const next = timers.filter((t) => t.due <= end).sort((a, b) => a.due - b.due || a.id - b.id)[0];
      if (next === undefined) break;
      now = next.due;
      if (next.interval > 0) next.due += next.interval;
      else clear(next.id);
      next.callback(...next.args);
      await settle();
    }
    now = end;
    await settle();
  },

  restore() {
    if (now === undefined) return;
    now = undefined;
    timers = [];
    install(real);
    performance.now = realNow;
  },
};

module.exports = { clock };
