'use strict';

// s.variables and r.variables: what script has assigned, what is known of js_var
// and js_set, what a js_set gives, those of the machine
// and of the answer so far, and the server's own.

const { hasOwn } = Object;
const machine = native.machine(); // name → value
const sent = 'sent_http_';
const readers = new WeakMap(); // variables → how their values are read

const isBytes = (v) => v instanceof ArrayBuffer || ArrayBuffer.isView(v);
const valueOf = (v) => v === undefined || v === null ? '' : isBytes(v) ? v : String(v);
const toBuffer = (v) => require('buffer').Buffer.from(v);

class Store {
  #object; #call; #around;
  #own = new Map(); // assigned, or learned of a js_set

  constructor(object, call, around) {
    this.#object = object;
    this.#call = call;
    this.#around = around;
  }

  // read is a value, text or bytes; undefined if there is no such variable.
  read(name) {
    const own = this.#own.get(name);
    if (own !== undefined) return own;
    const { known, sets } = this.#object;
    if (known && hasOwn(known, name)) return known[name];
    if (sets && hasOwn(sets, name)) return this.#ask(name, sets[name]);
    if (hasOwn(machine, name)) return machine[name];
    if ((name === 'status' || name.startsWith(sent)) && this.#around?.headersOut) return this.#answer(name);
    return this.#object.builtin(name);
  }

  // answer is of the answer, as the handler has made it so far.
  #answer(name) {
    const { status, headersOut } = this.#around;
    if (name === 'status') return String(status).padStart(3, '0');
    const v = headersOut[name.slice(sent.length).replaceAll('_', '-')];
    return Array.isArray(v) ? v.join(', ') : typeof v === 'string' ? v : undefined;
  }

  #ask(name, [module, func, inline, nocache]) {
    this.#own.set(name, ''); // which one sees that asks for itself
    const v = valueOf(this.#call(module, func, inline, this.#around));
    if (nocache) this.#own.delete(name);
    else this.#keep(name, v);
    return v;
  }

  #keep(name, v) {
    this.#own.set(name, v);
    try { this.#object.variable(name, v); } catch { /* the call has ended */ }
  }

  write(name, v) {
    const { known, sets } = this.#object;
    if (!(known && hasOwn(known, name)) && !(sets && hasOwn(sets, name))) {
      const why = this.#object.builtin(name) === undefined ? 'not found' : 'not writable';
      throw new Error(`variable "${name}" is ${why}`);
    }
    this.#keep(name, valueOf(v));
  }

  names() { return Object.keys(this.#object.known ?? {}); }
}

// View are the traps of variables, a Proxy's handler: the values are seen as show
// makes them.
class View {
  constructor(store, show) {
    this.store = store;
    this.show = show;
  }

  get(_, name) {
    const v = typeof name === 'string' ? this.store.read(name) : undefined;
    return v === undefined ? undefined : this.show(v);
  }

  has(_, name) { return this.get(_, name) !== undefined; }

  set(_, name, v) {
    this.store.write(String(name), v);
    return true;
  }

  deleteProperty() { return false; }
  defineProperty() { return false; }
}

const view = (store, show) => new Proxy({}, new View(store, show));
const toText = (v) => typeof v === 'string' ? v : toBuffer(v).toString();

function wrap(object, call, around) {
  const store = new Store(object, call, around);
  const variables = view(store, toText);
  readers.set(variables, store);
  return variables;
}

module.exports = {
  wrap,
  // raw are the variables as Buffers.
  raw: (variables) => view(readers.get(variables), toBuffer),
  // names are those that script may write.
  names: (variables) => readers.get(variables).names(),
};
