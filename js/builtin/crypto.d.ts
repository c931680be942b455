/** Node's crypto, also as 'node:crypto'. */
declare module 'crypto' {
  type Encoding = BufferEncoding;
  type Bytes = ArrayBuffer | ArrayBufferView;
  type Callback<T> = (error: Error | null, result: T) => void;

  /** Made by createHash. */
  class Hash {
    protected constructor();
    update(data: string, encoding?: Encoding): this;
    update(data: Bytes): this;
    /** The bytes, or their text. A second call throws, as does update after it. */
    digest(): Buffer;
    digest(encoding: Encoding): string;
    /** A hash that goes on from here. */
    copy(): this;
  }
  /** Made by createHmac. */
  class Hmac extends Hash {}

  interface Cipher {
    /** Encrypts or decrypts; what it cannot give yet comes with the next call. */
    update(data: Bytes): Buffer;
    update(data: string, inputEncoding?: Encoding): Buffer;
    update(data: string | Bytes, inputEncoding: Encoding | undefined, outputEncoding: Encoding): string;
    /** What is left. Of a wrong key or a changed text it throws. */
    final(): Buffer;
    final(outputEncoding: Encoding): string;
    /** CBC: whether there is padding; true by default. */
    setAutoPadding(on?: boolean): this;
    /** GCM: data that is authenticated and not encrypted. */
    setAAD(data: string | Bytes, options?: { encoding?: Encoding }): this;
  }
  /** Made by createCipheriv. */
  interface Cipheriv extends Cipher {
    /** GCM: the tag, after final. */
    getAuthTag(): Buffer;
  }
  /** Made by createDecipheriv. */
  interface Decipheriv extends Cipher {
    /** GCM: the tag, ahead of final. */
    setAuthTag(tag: Bytes): this;
    setAuthTag(tag: string, encoding: Encoding): this;
  }
  const Cipheriv: { readonly prototype: Cipheriv };
  const Decipheriv: { readonly prototype: Decipheriv };
  interface ScryptOptions {
    /** 16384 by default, a power of two; also N. */
    cost?: number;
    N?: number;
    /** 8 by default; also r. */
    blockSize?: number;
    r?: number;
    /** 1 by default; also p. */
    parallelization?: number;
    p?: number;
    /** Bytes, up to 32 MB. */
    maxmem?: number;
  }

  /** md5, sha1, sha224, sha256, sha384, sha512, sha512-224, sha512-256, sha3-224, sha3-256, sha3-384 or sha3-512. */
  function createHash(algorithm: string): Hash;
  function createHmac(algorithm: string, key: string | Bytes, options?: { encoding?: Encoding }): Hmac;
  function getHashes(): string[];
  /** The digest of data, in hexadecimal unless said otherwise. */
  function hash(algorithm: string, data: string | Bytes, outputEncoding?: Encoding): string;
  function hash(algorithm: string, data: string | Bytes, outputEncoding: 'buffer'): Buffer;

  /** aes-128-gcm and so on: 128, 192 or 256 bits, modes cbc, ctr and gcm. */
  function createCipheriv(algorithm: string, key: string | Bytes, iv: string | Bytes, options?: { authTagLength?: number }): Cipheriv;
  function createDecipheriv(algorithm: string, key: string | Bytes, iv: string | Bytes, options?: { authTagLength?: number }): Decipheriv;
  function getCiphers(): string[];

  /** Runs beside the script, one at a time. */
  function pbkdf2(password: string | Bytes, salt: string | Bytes, iterations: number, keylen: number, digest: string, callback: Callback<Buffer>): void;
  /** Up to 524288 iterations. */
  function pbkdf2Sync(password: string | Bytes, salt: string | Bytes, iterations: number, keylen: number, digest: string): Buffer;
  function hkdf(digest: string, key: string | Bytes, salt: string | Bytes, info: string | Bytes, keylen: number, callback: Callback<ArrayBuffer>): void;
  function hkdfSync(digest: string, key: string | Bytes, salt: string | Bytes, info: string | Bytes, keylen: number): ArrayBuffer;
  /** Runs beside the script, one at a time. */
  function scrypt(password: string | Bytes, salt: string | Bytes, keylen: number, callback: Callback<Buffer>): void;
  function scrypt(password: string | Bytes, salt: string | Bytes, keylen: number, options: ScryptOptions, callback: Callback<Buffer>): void;
  function scryptSync(password: string | Bytes, salt: string | Bytes, keylen: number, options?: ScryptOptions): Buffer;

  /** Throws a RangeError where the lengths differ. */
  function timingSafeEqual(a: Bytes, b: Bytes): boolean;
  /** Up to 65536 bytes. */
  function randomBytes(size: number): Buffer;
  function randomBytes(size: number, callback: Callback<Buffer>): void;
  /** Fills the elements from offset on with random bytes. */
  function randomFill<T extends Bytes>(buffer: T, callback: Callback<T>): void;
  function randomFill<T extends Bytes>(buffer: T, offset: number, callback: Callback<T>): void;
  function randomFill<T extends Bytes>(buffer: T, offset: number, size: number, callback: Callback<T>): void;
  function randomFillSync<T extends Bytes>(buffer: T, offset?: number, size?: number): T;
  /** From 0, or min, to below max. */
  function randomInt(max: number): number;
  function randomInt(min: number, max: number): number;
  function randomInt(max: number, callback: Callback<number>): void;
  function randomInt(min: number, max: number, callback: Callback<number>): void;
  function randomUUID(): string;
  function getRandomValues<T extends Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array>(array: T): T;
  const subtle: SubtleCrypto;
  /** The global crypto. */
  const webcrypto: Crypto;

  const crypto: {
    Cipheriv: typeof Cipheriv;
    Decipheriv: typeof Decipheriv;
    Hash: typeof Hash;
    Hmac: typeof Hmac;
    createCipheriv: typeof createCipheriv;
    createDecipheriv: typeof createDecipheriv;
    createHash: typeof createHash;
    createHmac: typeof createHmac;
    getCiphers: typeof getCiphers;
    getHashes: typeof getHashes;
    getRandomValues: typeof getRandomValues;
    hash: typeof hash;
    hkdf: typeof hkdf;
    hkdfSync: typeof hkdfSync;
    pbkdf2: typeof pbkdf2;
    pbkdf2Sync: typeof pbkdf2Sync;
    randomBytes: typeof randomBytes;
    randomFill: typeof randomFill;
    randomFillSync: typeof randomFillSync;
    randomInt: typeof randomInt;
    randomUUID: typeof randomUUID;
    scrypt: typeof scrypt;
    scryptSync: typeof scryptSync;
    readonly subtle: SubtleCrypto;
    timingSafeEqual: typeof timingSafeEqual;
    readonly webcrypto: Crypto;
  };
  export {
    Bytes, Cipher, Cipheriv, Decipheriv, Encoding, Hash, Hmac, ScryptOptions,
    createCipheriv, createDecipheriv, createHash, createHmac, getCiphers, getHashes, getRandomValues, hash, hkdf, hkdfSync,
    pbkdf2, pbkdf2Sync, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, scrypt, scryptSync, subtle,
    timingSafeEqual, webcrypto,
  };
  export default crypto;
}
declare module 'node:crypto' {
  export * from 'crypto';
  export { default } from 'crypto';
}
