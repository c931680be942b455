'use strict';

// AbortController and AbortSignal (DOM, 3).

const { DOMException } = require('weir:domexception');
const { Event, EventTarget, eventAttribute } = require('weir:events');
const { asInterface, showing } = require('weir:interface');

const ours = Symbol('ours'); // what only this file gives to AbortSignal's constructor
let abort; // (signal, reason)
let onAbort; // (signal, step): runs step when signal is aborted; returns what takes that back

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason;
  #steps = new Set(); // run ahead of the listeners

  constructor(token = undefined) {
    if (token !== ours) throw new TypeError('Illegal constructor');
    super();
  }

  static {
    abort = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
      const steps = signal.#steps;
      signal.#steps = new Set();
      for (const step of steps) step();
      signal.dispatchEvent(new Event('abort'));
    };
    onAbort = (signal, step) => {
      signal.#steps.add(step);
      return () => { signal.#steps.delete(step); };
    };
  }

  static abort(reason = undefined) {
    const signal = new AbortSignal(ours);
    abort(signal, reason);
    return signal;
  }

  static timeout(delay) {
    const ms = Math.trunc(Number(delay));
    if (!(ms >= 0 && ms <= Number.MAX_SAFE_INTEGER)) throw new TypeError('The "delay" argument is out of range');
    const signal = new AbortSignal(ours);
    native.unref(setTimeout(() => abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms));
    return signal;
  }

  static any(signals) {
    const sources = [...signals];
    for (const s of sources) {
      if (!isSignal(s)) throw new TypeError('The "signals" argument must be a sequence of AbortSignal');
    }
    const signal = new AbortSignal(ours);
    const aborted = sources.find((s) => s.#aborted);
    if (aborted) {
      signal.#aborted = true;
      signal.#reason = aborted.#reason;
      return signal;
    }
    const leave = [];
    for (const s of new Set(sources)) {
      leave.push(onAbort(s, () => {
        for (const f of leave) f();
        abort(signal, s.#reason);
      }));
    }
    return signal;
  }

  get aborted() { return this.#aborted; }
  get reason() { return this.#reason; }
  throwIfAborted() { if (this.#aborted) throw this.#reason; }
}

eventAttribute(AbortSignal, 'abort');

class AbortController {
  #signal = new AbortSignal(ours);

  get signal() { return this.#signal; }
  abort(reason = undefined) { abort(this.#signal, reason); }
}

asInterface(AbortSignal, AbortController);
showing(AbortSignal, 'aborted');
showing(AbortController, 'signal');

function isSignal(v) { return v instanceof AbortSignal; }

module.exports = { AbortController, AbortSignal, isSignal, onAbort };
