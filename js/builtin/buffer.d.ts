type BufferEncoding =
  | 'utf8' | 'utf-8' | 'hex' | 'base64' | 'base64url' | 'ascii' | 'latin1' | 'binary' | 'utf16le' | 'utf-16le' | 'ucs2' | 'ucs-2';

/** Bytes that know encodings and numbers: Node's Buffer. */
interface Buffer extends Uint8Array {
  readonly buffer: ArrayBuffer;
  /** The text of the bytes from start to end. */
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  toJSON(): { type: 'Buffer'; data: number[] };
  equals(other: Uint8Array): boolean;
  /** -1, 0 or 1, as this sorts ahead of the target or behind it. */
  compare(target: Uint8Array, targetStart?: number, targetEnd?: number, sourceStart?: number, sourceEnd?: number): -1 | 0 | 1;
  /** Copies bytes into the target; how many. */
  copy(target: Uint8Array, targetStart?: number, sourceStart?: number, sourceEnd?: number): number;
  /** Where the value begins, -1 if nowhere. A negative offset counts from the end. */
  indexOf(value: string | number | Uint8Array, byteOffset?: number, encoding?: BufferEncoding): number;
  indexOf(value: string, encoding: BufferEncoding): number;
  lastIndexOf(value: string | number | Uint8Array, byteOffset?: number, encoding?: BufferEncoding): number;
  lastIndexOf(value: string, encoding: BufferEncoding): number;
  includes(value: string | number | Uint8Array, byteOffset?: number, encoding?: BufferEncoding): boolean;
  includes(value: string, encoding: BufferEncoding): boolean;
  /** Fills the bytes from offset to end with the value, over and over. */
  fill(value: string | number | ArrayBufferView, offset?: number, end?: number, encoding?: BufferEncoding): this;
  fill(value: string, encoding: BufferEncoding): this;
  fill(value: string, offset: number, encoding: BufferEncoding): this;
  /** Writes text, whole characters only; how many bytes. */
  write(text: string, encoding?: BufferEncoding): number;
  write(text: string, offset: number, encoding?: BufferEncoding): number;
  write(text: string, offset: number, length: number, encoding?: BufferEncoding): number;
  /** A part, in the same memory. */
  slice(start?: number, end?: number): Buffer;
  /** A part, in the same memory. */
  subarray(start?: number, end?: number): Buffer;
  /** Reverses each 2 bytes. */
  swap16(): this;
  /** Reverses each 4 bytes. */
  swap32(): this;
  /** Reverses each 8 bytes. */
  swap64(): this;

  readInt8(offset?: number): number;
  writeInt8(value: number, offset?: number): number;
  readUInt8(offset?: number): number;
  writeUInt8(value: number, offset?: number): number;
  readUint8(offset?: number): number;
  writeUint8(value: number, offset?: number): number;
  readInt16LE(offset?: number): number;
  writeInt16LE(value: number, offset?: number): number;
  readUInt16LE(offset?: number): number;
  writeUInt16LE(value: number, offset?: number): number;
  readUint16LE(offset?: number): number;
  writeUint16LE(value: number, offset?: number): number;
  readInt16BE(offset?: number): number;
  writeInt16BE(value: number, offset?: number): number;
  readUInt16BE(offset?: number): number;
  writeUInt16BE(value: number, offset?: number): number;
  readUint16BE(offset?: number): number;
  writeUint16BE(value: number, offset?: number): number;
  readInt32LE(offset?: number): number;
  writeInt32LE(value: number, offset?: number): number;
  readUInt32LE(offset?: number): number;
  writeUInt32LE(value: number, offset?: number): number;
  readUint32LE(offset?: number): number;
  writeUint32LE(value: number, offset?: number): number;
  readInt32BE(offset?: number): number;
  writeInt32BE(value: number, offset?: number): number;
  readUInt32BE(offset?: number): number;
  writeUInt32BE(value: number, offset?: number): number;
  readUint32BE(offset?: number): number;
  writeUint32BE(value: number, offset?: number): number;
  /** An integer of 1 to 6 bytes. */
  readIntLE(offset: number, byteLength: number): number;
  writeIntLE(value: number, offset: number, byteLength: number): number;
  /** An integer of 1 to 6 bytes. */
  readUIntLE(offset: number, byteLength: number): number;
  writeUIntLE(value: number, offset: number, byteLength: number): number;
  /** An integer of 1 to 6 bytes. */
  readUintLE(offset: number, byteLength: number): number;
  writeUintLE(value: number, offset: number, byteLength: number): number;
  /** An integer of 1 to 6 bytes. */
  readIntBE(offset: number, byteLength: number): number;
  writeIntBE(value: number, offset: number, byteLength: number): number;
  /** An integer of 1 to 6 bytes. */
  readUIntBE(offset: number, byteLength: number): number;
  writeUIntBE(value: number, offset: number, byteLength: number): number;
  /** An integer of 1 to 6 bytes. */
  readUintBE(offset: number, byteLength: number): number;
  writeUintBE(value: number, offset: number, byteLength: number): number;
  readFloatLE(offset?: number): number;
  writeFloatLE(value: number, offset?: number): number;
  readDoubleLE(offset?: number): number;
  writeDoubleLE(value: number, offset?: number): number;
  readBigInt64LE(offset?: number): bigint;
  writeBigInt64LE(value: bigint, offset?: number): number;
  readBigUInt64LE(offset?: number): bigint;
  writeBigUInt64LE(value: bigint, offset?: number): number;
  readBigUint64LE(offset?: number): bigint;
  writeBigUint64LE(value: bigint, offset?: number): number;
  readFloatBE(offset?: number): number;
  writeFloatBE(value: number, offset?: number): number;
  readDoubleBE(offset?: number): number;
  writeDoubleBE(value: number, offset?: number): number;
  readBigInt64BE(offset?: number): bigint;
  writeBigInt64BE(value: bigint, offset?: number): number;
  readBigUInt64BE(offset?: number): bigint;
  writeBigUInt64BE(value: bigint, offset?: number): number;
  readBigUint64BE(offset?: number): bigint;
  writeBigUint64BE(value: bigint, offset?: number): number;
}

interface BufferConstructor {
  /** @deprecated use Buffer.from and Buffer.alloc */
  new (value: string | number | ArrayBuffer | ArrayLike<number>, encodingOrOffset?: BufferEncoding | number, length?: number): Buffer;
  readonly prototype: Buffer;
  readonly BYTES_PER_ELEMENT: 1;
  /** size bytes, zero or filled. */
  alloc(size: number, fill?: string | number | Uint8Array, encoding?: BufferEncoding): Buffer;
  /** alloc(size): the bytes are zero here too. */
  allocUnsafe(size: number): Buffer;
  allocUnsafeSlow(size: number): Buffer;
  /** The bytes of a text, of numbers, or of another buffer. An ArrayBuffer is not copied. */
  from(text: string, encoding?: BufferEncoding): Buffer;
  from(buffer: ArrayBuffer, byteOffset?: number, length?: number): Buffer;
  from(bytes: ArrayLike<number> | { type: 'Buffer'; data: number[] }): Buffer;
  from(object: { valueOf(): string | object } | { [Symbol.toPrimitive](hint: 'string'): string }, encodingOrOffset?: BufferEncoding | number, length?: number): Buffer;
  of(...bytes: number[]): Buffer;
  /** How many bytes a text has in an encoding. */
  byteLength(text: string | ArrayBuffer | ArrayBufferView, encoding?: BufferEncoding): number;
  compare(a: Uint8Array, b: Uint8Array): -1 | 0 | 1;
  concat(list: readonly Uint8Array[], length?: number): Buffer;
  /** A copy of the memory that elements of a typed array stand in. */
  copyBytesFrom(view: ArrayBufferView, offset?: number, length?: number): Buffer;
  isBuffer(value: unknown): value is Buffer;
  isEncoding(encoding: string): encoding is BufferEncoding;
  poolSize: number;
}
declare const Buffer: BufferConstructor;

/** Node's buffer, also as 'node:buffer'. */
declare module 'buffer' {
  const buffer: typeof Buffer;
  type Class = Buffer;
  /** What bounds buffers and their texts, in bytes. */
  const constants: { readonly MAX_LENGTH: number; readonly MAX_STRING_LENGTH: number };
  const kMaxLength: number;
  const kStringMaxLength: number;
  const INSPECT_MAX_BYTES: number;
  const SlowBuffer: (size: number) => Class;
  function isAscii(bytes: ArrayBuffer | ArrayBufferView): boolean;
  function isUtf8(bytes: ArrayBuffer | ArrayBufferView): boolean;
  const decode: typeof atob;
  const encode: typeof btoa;
  const all: {
    Buffer: typeof buffer; constants: typeof constants; kMaxLength: number; kStringMaxLength: number; INSPECT_MAX_BYTES: number;
    SlowBuffer: typeof SlowBuffer; isAscii: typeof isAscii; isUtf8: typeof isUtf8; atob: typeof atob; btoa: typeof btoa;
  };
  export {
    buffer as Buffer, constants, decode as atob, encode as btoa, kMaxLength, kStringMaxLength, INSPECT_MAX_BYTES, SlowBuffer, isAscii, isUtf8,
  };
  export default all;
}
declare module 'node:buffer' {
  export * from 'buffer';
  export { default } from 'buffer';
}
