'use strict';

// Node's fs (https://nodejs.org/api/fs.html), what njs has of it and a little more:
// each operation as a function that waits, one with a callback, and one that gives a
// promise. The server executes them, by js_permit.

const { Buffer } = require('buffer');
const { copyFlag, dataOf, encodingOf, fdOf, flagsOf, functionOf, lengthOf, modeOf, nameOf, optionsOf, pathOf, positionOf, rangeOf, textOf } =
  require('weir:fs/arguments');
const { constants, Dirent, Stats, failure } = require('weir:fs/objects');

// operations tell what to ask for: the server's operation and its arguments; path
// and dest for errors; then, what makes the result of the answer.
const operations = {
  access(path, mode) {
    return { op: 'access', args: [pathOf(path), modeOf(mode, constants.F_OK)], path };
  },

  appendFile(path, data, options) { return writing(path, data, options, 'a'); },

  close(fd) { return { op: 'close', args: [fdOf(fd)] }; },

  copyFile(from, to, mode) {
    return { op: 'copyFile', args: [pathOf(from, 'src'), pathOf(to, 'dest'), copyFlag(mode)], path: from, dest: to };
  },

  fstat(fd) { return { op: 'fstat', args: [fdOf(fd)], then: (v) => new Stats(v) }; },

  ftruncate(fd, length) { return { op: 'truncate', args: [fdOf(fd), lengthOf(length)] }; },

  lstat(path, options) { return stat('lstat', path, options); },

  mkdir(path, options) {
    const { recursive, mode } = typeof options === 'object' && options !== null ? options : { mode: options };
    return { op: 'mkdir', args: [pathOf(path), Boolean(recursive), modeOf(mode, 0o777)], path };
  },

  open(path, flags, mode) {
    return { op: 'open', args: [pathOf(path), flagsOf(flags, 'r'), modeOf(mode, 0o666)], path, then: (fd) => fd };
  },

  read(fd, buffer, offset, length, position) {
    const range = rangeOf(buffer, offset, length, position);
    return {
      op: 'read',
      args: [fdOf(fd), range.bytes.length, range.position],
      then: (b) => { range.bytes.set(new Uint8Array(b)); return b.byteLength; },
      more: buffer,
      names: ['bytesRead', 'buffer'],
    };
  },

  readFile(path, options) {
    const { encoding, flag } = optionsOf(options);
    const as = encodingOf(encoding);
    const known = whole(path);
    return { op: 'readFile', args: [known, flagsOf(flag, 'r')], path, then: (b) => textOf(b, as) };
  },

  readdir(path, options) {
    const { encoding, withFileTypes } = optionsOf(options);
    const as = encodingOf(encoding, 'utf8');
    const entry = withFileTypes ? ([name, type]) => new Dirent(nameOf(name, as), path, type) : ([name]) => nameOf(name, as);
    return { op: 'readdir', args: [pathOf(path)], path, then: (l) => l.map(entry) };
  },

  readlink(path, options) { return naming('readlink', path, options); },

  realpath(path, options) { return naming('realpath', path, options); },

  rename(from, to) {
    return { op: 'rename', args: [pathOf(from, 'oldPath'), pathOf(to, 'newPath')], path: from, dest: to };
  },

  rm(path, options) {
    const { recursive, force } = optionsOf(options);
    return { op: 'rm', args: [pathOf(path), Boolean(recursive), Boolean(force)], path };
  },

  rmdir(path, options) {
    return { op: 'rmdir', args: [pathOf(path), Boolean(optionsOf(options).recursive)], path };
  },

  stat(path, options) { return stat('stat', path, options); },

  symlink(target, path) {
    return { op: 'symlink', args: [pathOf(target, 'target'), pathOf(path)], path: target, dest: path };
  },

  unlink(path) { return { op: 'unlink', args: [pathOf(path)], path }; },

  write(fd, data, ...rest) {
    const names = ['bytesWritten', 'buffer'];
    const then = (n) => n;
    if (ArrayBuffer.isView(data)) {
      const range = rangeOf(data, ...rest);
      return { op: 'write', args: [fdOf(fd), range.bytes, range.position], then, more: data, names };
    }
    const [position, encoding] = rest;
    return { op: 'write', args: [fdOf(fd), dataOf(data, encodingOf(encoding, 'utf8')), positionOf(position)], then, more: data, names };
  },

  writeFile(path, data, options) { return writing(path, data, options, 'w'); },
};

// whole is what names a whole file: a path, a descriptor or a FileHandle.
function whole(path) {
  if (path instanceof FileHandle) return fdOf(path.fd);
  return typeof path === 'number' ? fdOf(path) : pathOf(path);
}

function writing(path, data, options, flags) {
  const { encoding, mode, flag } = optionsOf(options);
  const bytes = dataOf(data, encodingOf(encoding, 'utf8'));
  return { op: 'writeFile', args: [whole(path), bytes, flagsOf(flag, flags), modeOf(mode, 0o666)], path };
}

function stat(op, path, options) {
  const { throwIfNoEntry } = optionsOf(options);
  return { op, args: [pathOf(path)], path, then: (v) => new Stats(v), optional: throwIfNoEntry === false };
}

function naming(op, path, options) {
  const as = encodingOf(optionsOf(options).encoding, 'utf8');
  return { op, args: [pathOf(path)], path, then: (name) => nameOf(name, as) };
}

const isMissing = (r, e) => r.optional && (e.code === 'ENOENT' || e.code === 'ENOTDIR');

function wait(r) {
  let answer;
  try {
    answer = native.ask(r.op, r.args);
  } catch (e) {
    if (isMissing(r, e)) return undefined;
    throw failure(e, r);
  }
  return r.then?.(answer);
}

async function promise(r) {
  let answer;
  try {
    answer = await native.askLater(r.op, r.args);
  } catch (e) {
    if (isMissing(r, e)) return undefined;
    throw failure(e, r);
  }
  return r.then?.(answer);
}

// promised is what a promise's operation gives: an object where there are two results.
async function promised(r) {
  const value = await promise(r);
  return r.names ? { [r.names[0]]: value, [r.names[1]]: r.more } : value;
}

function withCallback(operation) {
  return (...args) => {
    const callback = functionOf(args.pop());
    const r = operation(...args);
    const results = r.names ? (v) => [v, r.more] : (v) => (r.then ? [v] : []);
    promise(r).then((v) => callback(null, ...results(v)), (e) => callback(e));
  };
}

// FileHandle is an open file of fs.promises.
class FileHandle {
  #fd;

  constructor(fd) { this.#fd = fd; }

  get fd() { return this.#fd; }

  async appendFile(data, options) { await promise(operations.appendFile(this.#fd, data, options)); }

  async close() {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd >= 0) await promise(operations.close(fd));
  }

  async read(buffer, ...rest) {
    const options = ArrayBuffer.isView(buffer) ? [buffer, ...rest] : [buffer?.buffer ?? Buffer.alloc(16384), buffer];
    return promised(operations.read(this.#fd, ...options));
  }

  async readFile(options) { return promise(operations.readFile(this.#fd, options)); }

  async stat() { return promise(operations.fstat(this.#fd)); }

  async truncate(length) { await promise(operations.ftruncate(this.#fd, length)); }

  async write(data, ...rest) { return promised(operations.write(this.#fd, data, ...rest)); }

  async writeFile(data, options) { await promise(operations.writeFile(this.#fd, data, options)); }

  get [Symbol.toStringTag]() { return 'FileHandle'; }
}

// existsSync says false for what is not permitted too, and the log says which line
// would change that.
function existsSync(path) {
  try {
    wait(operations.access(path));
    return true;
  } catch (e) {
    if (e.code === 'EACCES' && e.message.includes('js_permit')) native.warn('fs.existsSync: ' + e.message);
    return false;
  }
}

const fs = { constants, Dirent, Stats };
const promises = { constants };

function define(o, name, f) {
  Object.defineProperty(f, 'name', { value: name, configurable: true });
  o[name] = f;
}

for (const [name, operation] of Object.entries(operations)) {
  define(fs, name, withCallback(operation));
  define(fs, name + 'Sync', (...args) => wait(operation(...args)));
  if (!['close', 'fstat', 'ftruncate', 'open', 'read', 'write'].includes(name)) { // those of a FileHandle
    define(promises, name, async (...args) => promised(operation(...args)));
  }
}
define(promises, 'open', async (...args) => new FileHandle(await promise(operations.open(...args))));
define(fs, 'existsSync', existsSync);
for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK']) fs[name] = constants[name];
fs.promises = promises;

module.exports = fs;
module.exports.default = fs;
