/**
 * Files, as in Node, of what js_permit allows: 'fs read DIR' and 'fs write DIR'. The server executes the operations; a
 * script has up to 64 open files, and one operation reads up to 16 MB. Errors have Node's form and codes.
 */
declare module 'fs' {
  type PathLike = string | Uint8Array;
  type Data = string | ArrayBufferView | ArrayBuffer;
  /** 'r', 'r+', 'w', 'wx', 'w+', 'wx+', 'a', 'ax', 'a+', 'ax+', with 's' for synchronous; or bits of constants. */
  type Flags = string | number;
  /** A number, or its octal text. */
  type Mode = number | string;
  type Encoding = BufferEncoding | 'buffer' | null;
  interface ReadOptions { encoding?: Encoding; flag?: Flags }
  interface WriteOptions { encoding?: BufferEncoding | null; mode?: Mode; flag?: Flags }
  interface StatOptions { throwIfNoEntry?: boolean }
  /** A part of a buffer; position is that in the file, null where the last one ended. */
  interface Range { offset?: number; length?: number; position?: number | bigint | null }
  interface NameOptions { encoding?: Encoding }
  interface ReaddirOptions extends NameOptions { withFileTypes?: boolean }
  interface MkdirOptions { recursive?: boolean; mode?: Mode }
  interface RmOptions { recursive?: boolean; force?: boolean }
  /** Its code is the system's name of the error: 'ENOENT'. */
  interface SystemError extends Error {
    code: string;
    /** Linux's number, negative. */
    errno: number;
    syscall: string;
    path?: string;
    dest?: string;
  }
  type Done = (err: SystemError | null) => void;
  type Callback<T> = (err: SystemError | null, result: T) => void;

  interface Entry {
    isBlockDevice(): boolean;
    isCharacterDevice(): boolean;
    isDirectory(): boolean;
    isFIFO(): boolean;
    isFile(): boolean;
    isSocket(): boolean;
    isSymbolicLink(): boolean;
  }
  /** An entry of a directory. */
  interface Dirent extends Entry {
    name: any;
    parentPath: any;
  }
  /** What the system knows of a file; the time of birth is that of the last change. */
  interface Stats extends Entry {
    dev: number;
    ino: number;
    mode: number;
    nlink: number;
    uid: number;
    gid: number;
    rdev: number;
    size: number;
    blksize: number;
    blocks: number;
    atimeMs: number;
    mtimeMs: number;
    ctimeMs: number;
    birthtimeMs: number;
    atime: Date;
    mtime: Date;
    ctime: Date;
    birthtime: Date;
  }
  const Dirent: { prototype: Dirent };
  const Stats: { prototype: Stats };

  /** An open file of fs.promises. */
  interface FileHandle {
    readonly fd: number;
    appendFile(data: Data, options?: BufferEncoding | WriteOptions | null): Promise<void>;
    close(): Promise<void>;
    read<B extends ArrayBufferView>(buffer: B, offset?: number | Range | null, length?: number, position?: number | bigint | null): Promise<{ bytesRead: number; buffer: B }>;
    read(options?: Range & { buffer?: ArrayBufferView }): Promise<{ bytesRead: number; buffer: any }>;
    /** From the present place to the end. */
    readFile(options?: { encoding?: 'buffer' | null } | 'buffer' | null): Promise<Buffer>;
    readFile(options: BufferEncoding | { encoding: BufferEncoding }): Promise<string>;
    stat(): Promise<Stats>;
    truncate(length?: number): Promise<void>;
    write<B extends ArrayBufferView>(buffer: B, offset?: number | Range | null, length?: number, position?: number | bigint | null): Promise<{ bytesWritten: number; buffer: B }>;
    write(data: string, position?: number | null, encoding?: BufferEncoding): Promise<{ bytesWritten: number; buffer: string }>;
    writeFile(data: Data, options?: BufferEncoding | WriteOptions | null): Promise<void>;
  }

  const F_OK: 0;
  const R_OK: 4;
  const W_OK: 2;
  const X_OK: 1;
  const constants: {
    readonly F_OK: 0;
    readonly R_OK: 4;
    readonly W_OK: 2;
    readonly X_OK: 1;
    readonly COPYFILE_EXCL: number;
    readonly O_RDONLY: number;
    readonly O_WRONLY: number;
    readonly O_RDWR: number;
    readonly O_CREAT: number;
    readonly O_EXCL: number;
    readonly O_TRUNC: number;
    readonly O_APPEND: number;
    readonly O_SYNC: number;
    readonly S_IFMT: number;
    readonly S_IFREG: number;
    readonly S_IFDIR: number;
    readonly S_IFCHR: number;
    readonly S_IFBLK: number;
    readonly S_IFIFO: number;
    readonly S_IFLNK: number;
    readonly S_IFSOCK: number;
  };

  /** Throws unless the server may do to the file what the bits of mode say, and the script too. */
  function accessSync(path: PathLike, mode?: number): void;
  function access(path: PathLike, callback: Done): void;
  function access(path: PathLike, mode: number | undefined, callback: Done): void;
  /** Writes at the end of a file, which is made if need be. */
  function appendFileSync(path: PathLike | number, data: Data, options?: BufferEncoding | WriteOptions | null): void;
  function appendFile(path: PathLike | number, data: Data, callback: Done): void;
  function appendFile(path: PathLike | number, data: Data, options: BufferEncoding | WriteOptions | null | undefined, callback: Done): void;
  function closeSync(fd: number): void;
  function close(fd: number, callback: Done): void;
  /** Copies a file of up to 16 MB. */
  function copyFileSync(src: PathLike, dest: PathLike, mode?: number): void;
  function copyFile(src: PathLike, dest: PathLike, callback: Done): void;
  function copyFile(src: PathLike, dest: PathLike, mode: number | undefined, callback: Done): void;
  /** Whether there is something that the script may know of. */
  function existsSync(path: PathLike): boolean;
  function fstatSync(fd: number): Stats;
  function fstat(fd: number, callback: Callback<Stats>): void;
  function ftruncateSync(fd: number, length?: number): void;
  function ftruncate(fd: number, callback: Done): void;
  function ftruncate(fd: number, length: number | undefined, callback: Done): void;
  /** Of a symbolic link itself. */
  function lstatSync(path: PathLike): Stats;
  function lstatSync(path: PathLike, options: StatOptions): Stats | undefined;
  function lstat(path: PathLike, callback: Callback<Stats>): void;
  function mkdirSync(path: PathLike, options?: Mode | MkdirOptions | null): void;
  function mkdir(path: PathLike, callback: Done): void;
  function mkdir(path: PathLike, options: Mode | MkdirOptions | null | undefined, callback: Done): void;
  /** A descriptor, which closeSync gives back. */
  function openSync(path: PathLike, flags?: Flags, mode?: Mode): number;
  function open(path: PathLike, callback: Callback<number>): void;
  function open(path: PathLike, flags: Flags | undefined, callback: Callback<number>): void;
  function open(path: PathLike, flags: Flags | undefined, mode: Mode | undefined, callback: Callback<number>): void;
  /** How many bytes were read into the buffer; 0 at the end. */
  function readSync(fd: number, buffer: ArrayBufferView, offset?: number | Range | null, length?: number, position?: number | bigint | null): number;
  function read<B extends ArrayBufferView>(fd: number, buffer: B, offset: number, length: number, position: number | bigint | null, callback: (err: SystemError | null, bytesRead: number, buffer: B) => void): void;
  /** All of a file, or what is left of an open one. */
  function readFileSync(path: PathLike | number, options?: { encoding?: 'buffer' | null; flag?: Flags } | 'buffer' | null): Buffer;
  function readFileSync(path: PathLike | number, options: BufferEncoding | { encoding: BufferEncoding; flag?: Flags }): string;
  function readFileSync(path: PathLike | number, options?: Encoding | ReadOptions): string | Buffer;
  function readFile(path: PathLike | number, callback: Callback<Buffer>): void;
  function readFile(path: PathLike | number, options: BufferEncoding | { encoding: BufferEncoding; flag?: Flags }, callback: Callback<string>): void;
  function readFile(path: PathLike | number, options: Encoding | ReadOptions | undefined, callback: Callback<any>): void;
  /** The names in a directory, sorted. */
  function readdirSync(path: PathLike, options?: BufferEncoding | { encoding?: BufferEncoding; withFileTypes?: false } | null): string[];
  function readdirSync(path: PathLike, options: 'buffer' | { encoding: 'buffer'; withFileTypes?: false }): Buffer[];
  function readdirSync(path: PathLike, options: ReaddirOptions & { withFileTypes: true }): Dirent[];
  function readdir(path: PathLike, callback: Callback<string[]>): void;
  function readdir(path: PathLike, options: Encoding | ReaddirOptions | undefined, callback: Callback<any>): void;
  function readlinkSync(path: PathLike, options?: BufferEncoding | { encoding?: BufferEncoding } | null): string;
  function readlinkSync(path: PathLike, options: 'buffer' | { encoding: 'buffer' }): Buffer;
  function readlink(path: PathLike, callback: Callback<string>): void;
  function readlink(path: PathLike, options: Encoding | NameOptions | undefined, callback: Callback<any>): void;
  /** The absolute path without symbolic links. */
  function realpathSync(path: PathLike, options?: BufferEncoding | { encoding?: BufferEncoding } | null): string;
  function realpathSync(path: PathLike, options: 'buffer' | { encoding: 'buffer' }): Buffer;
  function realpath(path: PathLike, callback: Callback<string>): void;
  function realpath(path: PathLike, options: Encoding | NameOptions | undefined, callback: Callback<any>): void;
  function renameSync(oldPath: PathLike, newPath: PathLike): void;
  function rename(oldPath: PathLike, newPath: PathLike, callback: Done): void;
  /** Removes a file, or with recursive a directory; force forgives that it is not there. */
  function rmSync(path: PathLike, options?: RmOptions | null): void;
  function rm(path: PathLike, callback: Done): void;
  function rm(path: PathLike, options: RmOptions | null | undefined, callback: Done): void;
  function rmdirSync(path: PathLike, options?: { recursive?: boolean } | null): void;
  function rmdir(path: PathLike, callback: Done): void;
  function rmdir(path: PathLike, options: { recursive?: boolean } | null | undefined, callback: Done): void;
  function statSync(path: PathLike): Stats;
  function statSync(path: PathLike, options: StatOptions): Stats | undefined;
  function stat(path: PathLike, callback: Callback<Stats>): void;
  /** The target has to be a permitted place. */
  function symlinkSync(target: PathLike, path: PathLike): void;
  function symlink(target: PathLike, path: PathLike, callback: Done): void;
  function unlinkSync(path: PathLike): void;
  function unlink(path: PathLike, callback: Done): void;
  /** How many bytes were written. */
  function writeSync(fd: number, buffer: ArrayBufferView, offset?: number | Range | null, length?: number, position?: number | bigint | null): number;
  function writeSync(fd: number, data: string, position?: number | null, encoding?: BufferEncoding): number;
  function write(fd: number, data: any, ...optionsAndCallback: any[]): void;
  /** Replaces all of a file. */
  function writeFileSync(path: PathLike | number, data: Data, options?: BufferEncoding | WriteOptions | null): void;
  function writeFile(path: PathLike | number, data: Data, callback: Done): void;
  function writeFile(path: PathLike | number, data: Data, options: BufferEncoding | WriteOptions | null | undefined, callback: Done): void;

  /** The same operations as promises. */
  const promises: {
    readonly constants: typeof constants;
    access(path: PathLike, mode?: number): Promise<void>;
    appendFile(path: PathLike | FileHandle, data: Data, options?: BufferEncoding | WriteOptions | null): Promise<void>;
    copyFile(src: PathLike, dest: PathLike, mode?: number): Promise<void>;
    lstat(path: PathLike): Promise<Stats>;
    mkdir(path: PathLike, options?: Mode | MkdirOptions | null): Promise<void>;
    open(path: PathLike, flags?: Flags, mode?: Mode): Promise<FileHandle>;
    readFile(path: PathLike | FileHandle, options?: { encoding?: 'buffer' | null; flag?: Flags } | 'buffer' | null): Promise<Buffer>;
    readFile(path: PathLike | FileHandle, options: BufferEncoding | { encoding: BufferEncoding; flag?: Flags }): Promise<string>;
    readdir(path: PathLike, options?: BufferEncoding | { encoding?: BufferEncoding; withFileTypes?: false } | null): Promise<string[]>;
    readdir(path: PathLike, options: 'buffer' | { encoding: 'buffer'; withFileTypes?: false }): Promise<Buffer[]>;
    readdir(path: PathLike, options: ReaddirOptions & { withFileTypes: true }): Promise<Dirent[]>;
    readlink(path: PathLike, options?: BufferEncoding | { encoding?: BufferEncoding } | null): Promise<string>;
    realpath(path: PathLike, options?: BufferEncoding | { encoding?: BufferEncoding } | null): Promise<string>;
    rename(oldPath: PathLike, newPath: PathLike): Promise<void>;
    rm(path: PathLike, options?: RmOptions | null): Promise<void>;
    rmdir(path: PathLike, options?: { recursive?: boolean } | null): Promise<void>;
    stat(path: PathLike): Promise<Stats>;
    symlink(target: PathLike, path: PathLike): Promise<void>;
    unlink(path: PathLike): Promise<void>;
    writeFile(path: PathLike | FileHandle, data: Data, options?: BufferEncoding | WriteOptions | null): Promise<void>;
  };

  const fs: Omit<typeof import('fs'), 'default'>;
  export {
    F_OK, R_OK, W_OK, X_OK, constants, promises, Dirent, Stats, FileHandle, SystemError,
    access, accessSync, appendFile, appendFileSync, close, closeSync, copyFile, copyFileSync, existsSync, fstat, fstatSync,
    ftruncate, ftruncateSync, lstat, lstatSync, mkdir, mkdirSync, open, openSync, read, readSync, readFile, readFileSync,
    readdir, readdirSync, readlink, readlinkSync, realpath, realpathSync, rename, renameSync, rm, rmSync, rmdir, rmdirSync,
    stat, statSync, symlink, symlinkSync, unlink, unlinkSync, write, writeSync, writeFile, writeFileSync,
  };
  export default fs;
}
declare module 'node:fs' {
  export * from 'fs';
  export { default } from 'fs';
}
