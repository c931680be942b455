'use strict';

// process, as njs has it: what the script may know of its process.

const { fault, invalidType } = require('weir:errors');

const facts = native.facts();
let env;

// refused is what a script gets that would end or stop the server.
function refused(name) {
  return fault(Error, 'EPERM', `process.${name}: a script cannot end or signal processes`);
}

const process = {
  argv: facts.argv,
  exitCode: undefined,
  get env() { return env ??= native.env(); },
  set env(v) { env = v; },
  get pid() { return facts.pid; },
  get ppid() { return facts.ppid; },
  nextTick(callback, ...args) {
    if (typeof callback !== 'function') throw invalidType('callback', 'function', callback);
    queueMicrotask(() => callback(...args));
  },
  kill() { throw refused('kill'); },
  exit(code = process.exitCode) {
    if (!native.mayExit()) throw refused('exit');
    require('weir:njs').exit();
    native.exit(Number(code) || 0);
  },
  abort() { throw refused('abort'); },
};
Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });

module.exports = process;
