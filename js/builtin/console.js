'use strict';

// console writes to the server's log (https://nodejs.org/api/console.html). Each
// message is one line, but for tables and stacks.

// What shows values is loaded when there is one to show: it costs a VM as much as
// half of all the rest.
const show = () => require('weir:inspect');
const format = (args) => args.length === 1 && typeof args[0] === 'string' ? args[0] : show().format(args);

const since = new Map(); // label → when its time began
const counts = new Map(); // label → how often it was counted
let groups = 0; // around what is written

const log = (...args) => write('info', args);
const warn = (...args) => write('warn', args);

function write(level, args) { native.write(level, '  '.repeat(groups) + format(args)); }

function group(...args) {
  if (args.length > 0) log(...args);
  groups = Math.min(groups + 1, show().most.groups);
}

// lasted is for how long a label's time has run, told with what else is given.
function lasted(method, label, args) {
  const from = since.get(`${label}`);
  if (from === undefined) {
    warn(`No such label '${label}' for console.${method}()`);
    return false;
  }
  write('info', [`${label}: ${duration(native.now() - from)}`, ...args]);
  return true;
}

function duration(ms) {
  if (ms < 1000) return `${ms.toFixed(3)}ms`;
  const s = ms / 1000;
  if (s < 60) return `${s.toFixed(3)}s`;
  const minutes = Math.floor(s / 60);
  const rest = (s % 60).toFixed(3).padStart(6, '0');
  if (minutes < 60) return `${minutes}:${rest} (m:ss.mmm)`;
  return `${Math.floor(minutes / 60)}:${`${minutes % 60}`.padStart(2, '0')}:${rest.slice(0, 2)} (h:mm:ss)`;
}

const console = {
  log,
  info: (...args) => write('info', args),
  debug: (...args) => write('debug', args),
  warn,
  error: (...args) => write('error', args),
  dump: (value) => native.write('info', '  '.repeat(groups) + show().inspect(value, show().most.dump)),
  dir: (value, options) => write('info', [show().inspect(value, depthOf(options))]),
  dirxml: (...args) => log(...args),
  table(data, columns) { log(data !== null && typeof data === 'object' ? require('weir:table').table(data, columns) : data); },

  assert(ok, ...args) {
    if (ok) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    warn(...args);
  },

  trace(...args) {
    const e = { name: 'Trace', message: format(args) };
    Error.captureStackTrace?.(e, console.trace);
    const frames = (e.stack ?? new Error().stack).split('\n').filter((l) => /^\s*at /.test(l) && !l.includes('<builtin>'));
    const places = frames.map((l) => '\n    ' + l.trim().replace(/\(\d+\)(\)?)$/, '$1'));
    write('error', ['Trace' + (e.message && `: ${e.message}`) + places.join('')]);
  },

  time(label = 'default') {
    if (since.has(`${label}`)) warn(`Label '${label}' already exists for console.time()`);
    else since.set(`${label}`, native.now());
  },
  timeLog(label = 'default', ...args) { lasted('timeLog', label, args); },
  timeEnd(label = 'default') { if (lasted('timeEnd', label, [])) since.delete(`${label}`); },

  count(label = 'default') {
    const n = (counts.get(`${label}`) ?? 0) + 1;
    counts.set(`${label}`, n);
    log(`${label}: ${n}`);
  },
  countReset(label = 'default') {
    if (!counts.delete(`${label}`)) warn(`Count for '${label}' does not exist`);
  },

  group: (...args) => group(...args),
  groupCollapsed: (...args) => group(...args),
  groupEnd() { groups = Math.max(groups - 1, 0); },
};
Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });

// depthOf is Node's option of the name, as far as inspect goes.
function depthOf(options) {
  const depth = options?.depth;
  if (depth === null || depth === Infinity) return show().most.dump;
  return typeof depth === 'number' ? Math.min(depth, show().most.dump) : show().most.depth;
}

exports.console = console;
