'use strict';

// Event, CustomEvent and EventTarget (DOM, 2). There is no tree of targets: an
// event visits the one that it is dispatched to.

const { DOMException } = require('weir:domexception');
const { performance } = require('perf_hooks');

const phases = { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 };

let deliver; // (event, target, listeners): dispatches, and reports whether nobody objected

class Event {
  #type;
  #bubbles;
  #cancelable;
  #composed;
  #target = null;
  #phase = phases.NONE;
  #dispatching = false;
  #stopped = false; // no other target
  #ended = false; // no other listener
  #canceled = false;
  #passive = false;
  #time = performance.now();

  constructor(...args) {
    if (args.length === 0) throw new TypeError('The "type" argument must be specified');
    const options = args[1] ?? {};
    if (typeof options !== 'object' && typeof options !== 'function') {
      throw new TypeError('The "options" argument must be of type object.');
    }
    this.#type = `${args[0]}`;
    this.#bubbles = Boolean(options.bubbles);
    this.#cancelable = Boolean(options.cancelable);
    this.#composed = Boolean(options.composed);
    Object.defineProperty(this, 'isTrusted', { get: untrusted, enumerable: true });
  }

  static {
    deliver = (event, target, listeners) => {
      if (event.#dispatching) throw new DOMException('The event is already being dispatched', 'InvalidStateError');
      event.#dispatching = true;
      event.#target = target;
      event.#phase = phases.AT_TARGET;
      if (!event.#stopped) {
        for (const l of listeners) {
          if (event.#ended) break;
          if (l.removed) continue;
          if (l.once) l.remove();
          event.#passive = l.passive;
          call(l.callback, target, event);
        }
      }
      event.#dispatching = event.#stopped = event.#ended = event.#passive = false;
      event.#phase = phases.NONE;
      return !event.#canceled;
    };
  }

  get type() { return this.#type; }
  get target() { return this.#target; }
  get srcElement() { return this.#target; }
  get currentTarget() { return this.#dispatching ? this.#target : null; }
  get eventPhase() { return this.#phase; }
  get bubbles() { return this.#bubbles; }
  get cancelable() { return this.#cancelable; }
  get composed() { return this.#composed; }
  get defaultPrevented() { return this.#canceled; }
  get timeStamp() { return this.#time; }

  get cancelBubble() { return this.#stopped; }
  set cancelBubble(v) { if (v) this.#stopped = true; }
  get returnValue() { return !this.#canceled; }
  set returnValue(v) { if (!v) this.preventDefault(); }

  composedPath() { return this.#dispatching ? [this.#target] : []; }
  stopPropagation() { this.#stopped = true; }
  stopImmediatePropagation() { this.#stopped = this.#ended = true; }
  preventDefault() { if (this.#cancelable && !this.#passive) this.#canceled = true; }

  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new TypeError('The "type" argument must be specified');
    if (this.#dispatching) return;
    this.#stopped = this.#ended = this.#canceled = false;
    this.#target = null;
    this.#type = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }
}

// untrusted is isTrusted's getter: an own property of each event, and the same
// function in all (HTML, LegacyUnforgeable).
function untrusted() { return false; }

class CustomEvent extends Event {
  #detail;

  constructor(...args) {
    super(...args);
    this.#detail = args[1]?.detail ?? null;
  }

  get detail() { return this.#detail; }
}

// call runs a listener. What it throws ends up in the log, and stops nobody.
function call(callback, target, event) {
  try {
    if (typeof callback === 'function') callback.call(target, event);
    else callback.handleEvent(event);
  } catch (e) {
    queueMicrotask(() => { throw e; });
  }
}

class EventTarget {
  #listeners = []; // {type, callback, capture, once, passive, removed, remove}

  addEventListener(type, callback, options = undefined) {
    if (arguments.length < 2) throw new TypeError('The "type" and "listener" arguments must be specified');
    const { capture = false, once = false, passive = false, signal } = flatten(options);
    if (signal !== undefined && !(signal instanceof EventTarget)) {
      throw new TypeError('The "options.signal" property must be an instance of AbortSignal.');
    }
    if (!isListener(callback) || signal?.aborted) return;
    const name = `${type}`;
    if (this.#find(name, callback, Boolean(capture)) !== undefined) return;
    const listener = { type: name, callback, capture: Boolean(capture), once: Boolean(once), passive: Boolean(passive), removed: false };
    listener.remove = () => {
      listener.removed = true;
      this.#listeners = this.#listeners.filter((l) => l !== listener);
    };
    this.#listeners.push(listener);
    signal?.addEventListener('abort', listener.remove, { once: true });
  }

  removeEventListener(type, callback, options = undefined) {
    if (arguments.length < 2) throw new TypeError('The "type" and "listener" arguments must be specified');
    if (isListener(callback)) this.#find(`${type}`, callback, Boolean(flatten(options).capture))?.remove();
  }

  dispatchEvent(event) {
    if (!(event instanceof Event)) throw new TypeError('The "event" argument must be an instance of Event.');
    return deliver(event, this, this.#listeners.filter((l) => l.type === event.type));
  }

  #find(type, callback, capture) {
    return this.#listeners.find((l) => l.type === type && l.callback === callback && l.capture === capture);
  }
}

// flatten is the options of a listener, of which a boolean is capture.
function flatten(options) {
  if (options === undefined || options === null) return {};
  return typeof options === 'object' || typeof options === 'function' ? options : { capture: options };
}

function isListener(v) {
  if (v === null || v === undefined) return false;
  if (typeof v !== 'function' && typeof v !== 'object') {
    throw new TypeError('The "listener" argument must be an instance of EventListener.');
  }
  return true;
}

// eventAttribute gives the objects of a class an attribute "on" + type, whose
// value is called as a listener, in the place where it was first set (HTML, 8.1.8).
function eventAttribute(Class, type) {
  const values = new WeakMap(); // target → {callback}
  Object.defineProperty(Class.prototype, 'on' + type, {
    configurable: true,
    enumerable: true,
    get() { return values.get(this)?.callback ?? null; },
    set(v) {
      const callback = typeof v === 'function' || (typeof v === 'object' && v !== null) ? v : null;
      const slot = values.get(this);
      if (callback === null) {
        if (slot) this.removeEventListener(type, slot.listener);
        values.delete(this);
      } else if (slot) {
        slot.callback = callback;
      } else {
        const added = { callback, listener: (e) => { if (typeof added.callback === 'function') return added.callback.call(this, e); } };
        values.set(this, added);
        this.addEventListener(type, added.listener);
      }
    },
  });
}

for (const Class of [Event, CustomEvent, EventTarget]) {
  for (const key of Object.getOwnPropertyNames(Class.prototype)) {
    if (key !== 'constructor') Object.defineProperty(Class.prototype, key, { enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}
for (const [name, value] of Object.entries(phases)) {
  for (const o of [Event, Event.prototype]) Object.defineProperty(o, name, { value, enumerable: true });
}

module.exports = { CustomEvent, Event, EventTarget, eventAttribute };
