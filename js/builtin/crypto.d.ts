/** What of the Web's crypto there is so far. */
declare const crypto: {
  getRandomValues<T extends Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array>(array: T): T;
  randomUUID(): string;
};

/** Node's crypto, also as 'node:crypto'. */
declare module 'crypto' {
  type Encoding = 'utf8' | 'hex' | 'base64' | 'base64url';
  type Bytes = ArrayBuffer | ArrayBufferView;

  interface Buffer extends Uint8Array {
    toString(encoding?: Encoding): string;
  }
  interface Hash {
    update(data: string, encoding?: Encoding): this;
    update(data: Bytes): this;
    /** The bytes, or their text. A second call throws, as does update after it. */
    digest(): Buffer;
    digest(encoding: Encoding): string;
    copy(): this;
  }

  /** md5, sha1, sha224, sha256, sha384 or sha512. */
  function createHash(algorithm: string): Hash;
  function createHmac(algorithm: string, key: string | Bytes): Hash;
  function getHashes(): string[];
  /** Throws a RangeError where the lengths differ. */
  function timingSafeEqual(a: Bytes, b: Bytes): boolean;
  /** Up to 65536 bytes. */
  function randomBytes(size: number): Buffer;
  function randomUUID(): string;

  const crypto: {
    createHash: typeof createHash;
    createHmac: typeof createHmac;
    getHashes: typeof getHashes;
    timingSafeEqual: typeof timingSafeEqual;
    randomBytes: typeof randomBytes;
    randomUUID: typeof randomUUID;
  };
  export { Bytes, Buffer, Encoding, Hash, createHash, createHmac, getHashes, randomBytes, randomUUID, timingSafeEqual };
  export default crypto;
}
declare module 'node:crypto' {
  export * from 'crypto';
  export { default } from 'crypto';
}
