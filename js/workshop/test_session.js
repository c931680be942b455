'use strict';

// Sessions that no peer has: their hooks are called as the server calls them.

const { placed } = require('weir:test/assert');

const { points, effects } = native.table();

// view makes what a handler sees. The methods that decide are kept in recorded.
function view(fields, ctx, assigned, recorded, logged) {
  const s = Object.create(proto);
  fields.variables = variables(fields, assigned);
  for (const name of Object.keys(fields)) {
    Object.defineProperty(s, name, { get: () => fields[name], set() { throw readOnly(name); }, enumerable: true });
  }
  Object.defineProperty(s, 'ctx', { value: ctx, writable: true, enumerable: true });
  const define = (name, value) => Object.defineProperty(s, name, { value });
  for (const name of effects) define(name, (...args) => { recorded.push({ name, args: native.copy(args) }); });
  for (const name of ['log', 'warn', 'error']) define(name, (...words) => { logged.push(native.sentence(...words)); });
  define('kick', (reason) => native.kick(fields.id, reason === undefined ? '' : `${reason}`));
  return s;
}

// variables are those that a test gives or a handler assigns, and some of the server's.
function variables({ remoteAddress, args, headersIn }, assigned) {
  const known = (name) => {
    if (name === 'remote_addr') return remoteAddress;
    if (name.startsWith('arg_')) return args[name.slice(4)];
    return name.startsWith('http_') ? headersIn[name.slice(5).replaceAll('_', '-')] : undefined;
  };
  return new Proxy(assigned, { get: (all, name) => typeof name !== 'string' || Object.hasOwn(all, name) ? all[name] : known(name) });
}

const proto = Object.defineProperty({}, Symbol.toStringTag, { value: 'Session' });
const readOnly = (name) => new TypeError(`property "${name}" of a Session cannot be set`);

class Session {
  ctx = {};
  logged = [];
  #id;
  #fields;
  #kind = 'publish'; // of its last gate
  #variables;

  constructor(fields = {}) {
    this.#fields = { ...fields, variables: undefined };
    this.#variables = { ...fields.variables };
    this.#id = native.open();
  }

  get app() { return this.#now('publish').app; }
  get stream() { return this.#now('publish').stream; }
  get kicked() { return native.kicked(this.#id); }

  #now(kind) { return native.session(this.#id, kind, this.#fields); }

  // call calls a handler as its directive does.
  async call(directive, handler, ...args) {
    const point = points.find((p) => p.directive === directive);
    if (point === undefined) throw new TypeError(`no handler of a session belongs to ${directive}`);
    if (typeof handler !== 'function') throw new TypeError(`${directive}: the handler is not a function`);
    const here = new Error();
    const recorded = [];
    const s = view(this.#now(point.session || this.#kind), this.ctx, this.#variables, recorded, this.logged);
    const returned = handler(s, ...args);
    if (point.sync && typeof returned?.then === 'function') throw new TypeError(`${directive}: the handler must not be async`);
    const value = await returned;
    this.ctx = native.copy([s.ctx])[0];
    if (!point.decides) return value;
    try {
      return this.#decided(point, native.decide(directive, recorded, value === false));
    } catch (e) {
      throw placed(here, e);
    }
  }

  // decided carries a verdict out.
  #decided(point, verdict) {
    if (verdict.allowed && point.kind === 'gate') {
      const { app, stream } = verdict;
      this.#fields = { ...this.#fields, ...app && { app }, ...stream && { stream } };
      this.#kind = point.session;
      native.admit(this.#id, this.#kind, this.#fields);
    }
    if (verdict.denied && point.kind === 'event') native.leave(this.#id);
    const { app, stream } = this.#now(point.session || this.#kind);
    return { ...verdict, app, stream };
  }

  // over calls the handler of an end, with how it came to it.
  async over(directive, handler, how = {}) {
    this.#fields = { ...this.#fields, ...how };
    native.leave(this.#id);
    return this.call(directive, handler);
  }
}

for (const { directive, name, ends } of points) {
  const value = ends
    ? function (handler, how) { return this.over(directive, handler, how); }
    : function (handler, ...args) { return this.call(directive, handler, ...args); };
  Object.defineProperty(Session.prototype, name, { value });
}

module.exports = {
  session: (fields) => new Session(fields),
  vhost({ name = '', generation = 1 } = {}) {
    const logged = [];
    const log = (...words) => { logged.push(native.sentence(...words)); };
    return Object.freeze({ name, generation, log, warn: log, error: log, logged });
  },
};
