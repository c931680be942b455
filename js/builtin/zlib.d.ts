/** Compression, as in Node, to the bytes of zlib itself. Up to 16 MB go in or come out. */
declare module 'zlib' {
  type Input = string | ArrayBufferView | ArrayBuffer;
  interface Options {
    /** 0 (none) to 9 (best); -1 is 6. */
    level?: number;
    /** 1 to 9. */
    memLevel?: number;
    /** Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED or Z_DEFAULT_STRATEGY of constants. */
    strategy?: number;
    /** 8 to 15; for raw data also -15 to -8, as in njs. */
    windowBits?: number;
    /** What both sides know ahead of the data. */
    dictionary?: Input;
    /** Without effect. */
    chunkSize?: number;
    /** Without effect. */
    flush?: number;
    /** Z_SYNC_FLUSH lets data be decompressed that end too early. */
    finishFlush?: number;
    /** A larger result is a RangeError; 16 MB unless given. */
    maxOutputLength?: number;
  }
  type Callback = (error: Error | null, result: Buffer) => void;

  const constants: {
    readonly Z_NO_FLUSH: number;
    readonly Z_PARTIAL_FLUSH: number;
    readonly Z_SYNC_FLUSH: number;
    readonly Z_FULL_FLUSH: number;
    readonly Z_FINISH: number;
    readonly Z_BLOCK: number;
    readonly Z_TREES: number;
    readonly Z_OK: number;
    readonly Z_STREAM_END: number;
    readonly Z_NEED_DICT: number;
    readonly Z_ERRNO: number;
    readonly Z_STREAM_ERROR: number;
    readonly Z_DATA_ERROR: number;
    readonly Z_MEM_ERROR: number;
    readonly Z_BUF_ERROR: number;
    readonly Z_VERSION_ERROR: number;
    readonly Z_NO_COMPRESSION: number;
    readonly Z_BEST_SPEED: number;
    readonly Z_BEST_COMPRESSION: number;
    readonly Z_DEFAULT_COMPRESSION: number;
    readonly Z_FILTERED: number;
    readonly Z_HUFFMAN_ONLY: number;
    readonly Z_RLE: number;
    readonly Z_FIXED: number;
    readonly Z_DEFAULT_STRATEGY: number;
    readonly Z_MIN_WINDOWBITS: number;
    readonly Z_MAX_WINDOWBITS: number;
    readonly Z_DEFAULT_WINDOWBITS: number;
    readonly Z_MIN_CHUNK: number;
    readonly Z_MAX_CHUNK: number;
    readonly Z_DEFAULT_CHUNK: number;
    readonly Z_MIN_MEMLEVEL: number;
    readonly Z_MAX_MEMLEVEL: number;
    readonly Z_DEFAULT_MEMLEVEL: number;
    readonly Z_MIN_LEVEL: number;
    readonly Z_MAX_LEVEL: number;
    readonly Z_DEFAULT_LEVEL: number;
  };

  function deflateSync(data: Input, options?: Options): Buffer;
  function deflateRawSync(data: Input, options?: Options): Buffer;
  function gzipSync(data: Input, options?: Options): Buffer;
  function inflateSync(data: Input, options?: Options): Buffer;
  function inflateRawSync(data: Input, options?: Options): Buffer;
  function gunzipSync(data: Input, options?: Options): Buffer;
  /** Of gzip or deflate. */
  function unzipSync(data: Input, options?: Options): Buffer;
  /** The same functions beside the script, where its CPU limit does not count. */
  function deflate(data: Input, callback: Callback): void;
  function deflate(data: Input, options: Options, callback: Callback): void;
  function deflateRaw(data: Input, callback: Callback): void;
  function deflateRaw(data: Input, options: Options, callback: Callback): void;
  function gzip(data: Input, callback: Callback): void;
  function gzip(data: Input, options: Options, callback: Callback): void;
  function inflate(data: Input, callback: Callback): void;
  function inflate(data: Input, options: Options, callback: Callback): void;
  function inflateRaw(data: Input, callback: Callback): void;
  function inflateRaw(data: Input, options: Options, callback: Callback): void;
  function gunzip(data: Input, callback: Callback): void;
  function gunzip(data: Input, options: Options, callback: Callback): void;
  function unzip(data: Input, callback: Callback): void;
  function unzip(data: Input, options: Options, callback: Callback): void;
  /** The checksum of the data, going on from that of what is ahead of them. */
  function crc32(data: string | ArrayBufferView, value?: number): number;

  const zlib: Omit<typeof import('zlib'), 'default'>;
  export {
    Callback, Input, Options, constants, crc32, deflate, deflateSync, deflateRaw, deflateRawSync, gzip, gzipSync,
    inflate, inflateSync, inflateRaw, inflateRawSync, gunzip, gunzipSync, unzip, unzipSync,
  };
  export default zlib;
}
declare module 'node:zlib' {
  export * from 'zlib';
  export { default } from 'zlib';
}
