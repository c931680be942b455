'use strict';

// The objects of fs: its constants, Stats, Dirent and errors.

const constants = Object.freeze({
  F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1,
  COPYFILE_EXCL: 1,
  O_RDONLY: 0, O_WRONLY: 0o1, O_RDWR: 0o2, O_CREAT: 0o100, O_EXCL: 0o200, O_TRUNC: 0o1000, O_APPEND: 0o2000, O_SYNC: 0o4010000,
  S_IFMT: 0o170000, S_IFREG: 0o100000, S_IFDIR: 0o040000, S_IFCHR: 0o020000, S_IFBLK: 0o060000, S_IFIFO: 0o010000,
  S_IFLNK: 0o120000, S_IFSOCK: 0o140000,
});

// kinds of files, by the bits of their mode.
const kinds = {
  isBlockDevice: constants.S_IFBLK,
  isCharacterDevice: constants.S_IFCHR,
  isDirectory: constants.S_IFDIR,
  isFIFO: constants.S_IFIFO,
  isFile: constants.S_IFREG,
  isSocket: constants.S_IFSOCK,
  isSymbolicLink: constants.S_IFLNK,
};

const types = new WeakMap(); // of Stats and Dirents

class Entry {
  constructor(type) { types.set(this, type & constants.S_IFMT); }
}

for (const [name, type] of Object.entries(kinds)) {
  const method = { [name]() { return types.get(this) === type; } }[name];
  Object.defineProperty(Entry.prototype, name, { value: method, writable: true, configurable: true });
}

class Stats extends Entry {
  constructor(attributes) {
    super(attributes.mode);
    Object.assign(this, attributes);
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = new Date(attributes[name + 'Ms']);
  }

  get [Symbol.toStringTag]() { return 'Stats'; }
}

class Dirent extends Entry {
  constructor(name, parentPath, type) {
    super(type);
    this.name = name;
    this.parentPath = parentPath;
  }

  get [Symbol.toStringTag]() { return 'Dirent'; }
}

// errnos are Linux's.
const errnos = {
  __proto__: null,
  EPERM: 1, ENOENT: 2, EIO: 5, ENXIO: 6, EBADF: 9, EAGAIN: 11, ENOMEM: 12, EACCES: 13, EBUSY: 16, EEXIST: 17, EXDEV: 18,
  ENODEV: 19, ENOTDIR: 20, EISDIR: 21, EINVAL: 22, ENFILE: 23, EMFILE: 24, ETXTBSY: 26, EFBIG: 27, ENOSPC: 28, ESPIPE: 29,
  EROFS: 30, EMLINK: 31, ENAMETOOLONG: 36, ENOTEMPTY: 39, ELOOP: 40, ENOTSUP: 95, EDQUOT: 122,
};

const syscalls = { __proto__: null, copyFile: 'copyfile', readFile: 'open', readdir: 'scandir', truncate: 'ftruncate', writeFile: 'open' };

// failure is the error of the system as Node shows it: what failed and where.
function failure(e, { op, path, dest }) {
  const errno = errnos[e?.code];
  if (errno === undefined) return e;
  let syscall = syscalls[op] ?? op;
  if (op === 'readFile' && e.code === 'EISDIR') [syscall, path] = ['read', undefined];
  if (typeof path === 'number') [syscall, path] = [op === 'readFile' ? 'read' : 'write', undefined];
  if (typeof path === 'object') path = String(path);
  let message = e.message;
  if (message.startsWith(e.code + ': ')) {
    message += `, ${syscall}`;
    if (path !== undefined) message += ` '${path}'`;
    if (dest !== undefined) message += ` -> '${dest}'`;
  }
  const error = Object.assign(new Error(message), { errno: -errno, code: e.code, syscall });
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = String(dest);
  return error;
}

module.exports = { constants, Dirent, Stats, failure };
