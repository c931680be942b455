'use strict';

// console writes to the server's log.

const { format, inspect, most } = require('weir:inspect');

const since = new Map(); // label → when its time began

const console = {
  log: (...args) => native.write('info', format(args)),
  info: (...args) => native.write('info', format(args)),
  debug: (...args) => native.write('debug', format(args)),
  warn: (...args) => native.write('warn', format(args)),
  error: (...args) => native.write('error', format(args)),
  dump: (value) => native.write('info', inspect(value, most.dump)),

  time(label = 'default') {
    if (since.has(String(label))) console.warn(`Label '${label}' already exists for console.time()`);
    else since.set(String(label), native.now());
  },
  timeEnd(label = 'default') {
    const from = since.get(String(label));
    if (from === undefined) return console.warn(`No such label '${label}' for console.timeEnd()`);
    since.delete(String(label));
    const ms = native.now() - from;
    console.log(ms < 1000 ? `${label}: ${ms.toFixed(3)}ms` : `${label}: ${(ms / 1000).toFixed(3)}s`);
  },
};

exports.console = console;
