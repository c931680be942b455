// TypeScript declarations of what scripts see. Generated: do not edit.
//
//	/// <reference path="weir.d.ts" />
//	export const publish: weir.Publish = async (s) => { ... };
//
// In tsconfig.json: "lib": ["ES2022"], "types": []. This is no browser and no Node.

declare namespace weir {
  interface Session {
    /** 128 random bits in hexadecimal. */
    readonly id: string;
    /** What the peer wants. */
    readonly kind: 'connect' | 'publish' | 'play';
    /** 'rtmp', 'flv' or 'hls'. */
    readonly protocol: string;
    /** Name of the vhost that serves the session. */
    readonly vhost: string;
    readonly app: string;
    /** Name of the stream: in a gate what was asked for, afterwards what it was renamed to. Empty for a connection. */
    readonly stream: string;
    /** As the peer wrote it, query included. */
    readonly url: string;
    /** RTMP: the URL of the connect command. */
    readonly tcUrl: string;
    /** The page of the player: RTMP's pageUrl, HTTP's Referer. */
    readonly pageUrl: string;
    /** RTMP's swfUrl. */
    readonly swfUrl: string;
    /** RTMP: what the encoder or player calls itself. */
    readonly flashVer: string;
    /** The query's arguments, percent-decoded; an array where a name occurs more than once. Those of the RTMP connection are included, the stream's own win. */
    readonly args: Record<string, string | string[]>;
    /** The raw query, without '?'. */
    readonly query: string;
    /** HTTP request headers by lower-case name; empty for RTMP. */
    readonly headersIn: Record<string, string>;
    /** HTTP's User-Agent or RTMP's flashVer. */
    readonly userAgent: string;
    /** IP address of the peer. */
    readonly remoteAddress: string;
    readonly remotePort: number;
    /** The port of the server that the peer reached. */
    readonly localPort: number;
    /** When the connection was accepted, as Date.now() counts: milliseconds since 1970. */
    readonly connectedAt: number;
    /** Age of the session in seconds; in an event how long it lasted. */
    readonly duration: number;
    /** Media received from a publisher, in bytes. */
    readonly bytesIn: number;
    /** Media sent to a player, in bytes. */
    readonly bytesOut: number;
    /** In unpublish, stop and close: why the session ended; empty when the peer left. */
    readonly reason: string;
    /** What all sessions of one RTMP connection share. */
    readonly connection: Connection;
    /** In a publish gate: who holds the stream now. */
    readonly publisher: Publisher | null;
    /** The stream, if it is live. */
    readonly live: Stream | null;
    /** The script's own data of this connection, kept from one hook to the next: plain data, up to 64 KB. An empty object at first. */
    ctx: any;
    /** Ends the session; false if it has ended. */
    readonly kick: (reason?: string) => boolean;
    /** Writes to the server's log. */
    readonly log: (...message: any[]) => void;
    /** Writes to the server's log. */
    readonly warn: (...message: any[]) => void;
    /** Writes to the server's log. */
    readonly error: (...message: any[]) => void;
  }

  interface Connection {
    /** The id of the connect and close hooks' session. */
    readonly id: string;
    readonly protocol: string;
    /** The app of RTMP's connect command. */
    readonly app: string;
    /** The arguments of RTMP's connect command. */
    readonly args: Record<string, string | string[]>;
    readonly query: string;
    /** All that was received, in bytes. */
    readonly bytesIn: number;
    /** All that was sent, in bytes. */
    readonly bytesOut: number;
  }

  interface Stream {
    /** The stream's name, without its app. */
    readonly name: string;
    readonly app: string;
    readonly vhost: string;
    readonly players: number;
    readonly publisher: Publisher | null;
    /** When the publisher was admitted, as Date.now() counts. */
    readonly startedAt: number | null;
    readonly video: { codec: string } | null;
    readonly audio: { codec: string } | null;
    /** Ends the stream's publisher; false if there is none. */
    readonly kick: (reason?: string) => boolean;
  }

  interface Publisher {
    /** The id of its session. */
    readonly id: string;
    readonly protocol: string;
    readonly remoteAddress: string;
    /** When it was admitted, as Date.now() counts. */
    readonly startedAt: number | null;
  }

  /** What gates may decide. The last call of each kind wins; allow, deny and decline are one kind. */
  interface Effects {
    /** Admits the session, as does a handler that decides nothing. */
    readonly allow: (options?: { recheck?: string, maxSessions?: number }) => void;
    /** Refuses the session. The code is an HTTP status of 400 to 599, 403 unless given; RTMP peers are told the reason. */
    readonly deny: { (code?: number, reason?: string): void; (reason: string): void };
    /** No opinion: what else decides about the session decides. */
    readonly decline: () => void;
    /** Sends the peer elsewhere. */
    readonly redirect: (url: string) => void;
    /** Gives the stream another name, everywhere: the one that the peer used is not shown again. */
    readonly rename: { (stream: string): void; (app: string, stream: string): void };
    /** Ends the stream's present publisher, if there is one, instead of refusing this one. */
    readonly takeover: () => void;
  }

  type ConnectSession = Session & Pick<Effects, 'allow' | 'deny' | 'decline' | 'redirect'>;
  /** js_on_connect: runs before an RTMP connection is accepted. A handler that returns false denies. */
  type Connect = (s: ConnectSession) => unknown;

  type PublishSession = Session & Pick<Effects, 'allow' | 'deny' | 'decline' | 'redirect' | 'rename' | 'takeover'>;
  /** js_on_publish: runs before a publisher is admitted. A handler that returns false denies. */
  type Publish = (s: PublishSession) => unknown;

  type PlaySession = Session & Pick<Effects, 'allow' | 'deny' | 'decline' | 'redirect' | 'rename'>;
  /** js_on_play: runs before a player is admitted; for HLS once a viewer. A handler that returns false denies. */
  type Play = (s: PlaySession) => unknown;

  /** js_on_unpublish: runs after a publish has ended, once for each that js_on_publish did not deny. */
  type Unpublish = (s: Session) => unknown;

  /** js_on_stop: runs after a play has ended, once for each that js_on_play did not deny. */
  type Stop = (s: Session) => unknown;

  /** js_on_close: runs after an RTMP connection has ended, once for each that js_on_connect did not deny. */
  type Close = (s: Session) => unknown;

}

/** The server's log. A value is written as one line, as Node writes it; %s, %d, %i, %f, %j, %o and %O work as in Node. */
declare const console: {
  log(...args: any[]): void;
  info(...args: any[]): void;
  /** Shown at the log level debug only. */
  debug(...args: any[]): void;
  warn(...args: any[]): void;
  error(...args: any[]): void;
  /** Writes a value in its full depth, up to 100. */
  dump(value: any): void;
  time(label?: string): void;
  /** Writes how long it is since time(). */
  timeEnd(label?: string): void;
};

/** A dictionary that all scripts share: js_shared_dict_zone. */
interface SharedDict<T extends string | number = any> {
  readonly name: string;
  readonly type: 'string' | 'number';
  /** The zone's size in bytes. */
  readonly capacity: number;
  /** Sets the value if the key is not there; whether it did. The timeout is in ms, for zones declared with one. */
  add(key: string, value: T, timeout?: number): boolean;
  set(key: string, value: T, timeout?: number): this;
  /** Sets the value if the key is there; whether it did. */
  replace(key: string, value: T, timeout?: number): boolean;
  /** Adds to a number, which is init (0) where the key is not there, and returns the sum. The entry's time begins anew. */
  incr(key: string, delta: number, init?: number, timeout?: number): number;
  get(key: string): T | undefined;
  has(key: string): boolean;
  delete(key: string): boolean;
  /** Deletes the key and returns its value. */
  pop(key: string): T | undefined;
  /** The ms that the entry has left. */
  ttl(key: string): number | undefined;
  /** Up to max (1024) keys, in no particular order. */
  keys(max?: number): string[];
  items(max?: number): [string, T][];
  size(): number;
  clear(): void;
  freeSpace(): number;
}

/** The zone is full: thrown by add, set, replace and incr. */
declare class SharedMemoryError extends Error {}

declare const ngx: {
  readonly ERR: 4;
  readonly WARN: 5;
  readonly INFO: 7;
  log(level: number, message: any): void;
  /** The server's version: '1.2.3'. */
  readonly version: string;
  /** 1002003 for 1.2.3. */
  readonly version_number: number;
  /** The working directory, ending in '/'. */
  readonly prefix: string;
  readonly conf_prefix: string;
  readonly conf_file_path: string;
  readonly worker_id: number;
  /** The dictionaries by the names of their zones. */
  readonly shared: { readonly [zone: string]: SharedDict };
};

declare function btoa(binary: string): string;
declare function atob(base64: string): string;

declare class TextEncoder {
  readonly encoding: 'utf-8';
  encode(input?: string): Uint8Array;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}

/** UTF-8 only. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: 'utf-8';
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(input?: ArrayBuffer | ArrayBufferView): string;
}

declare function setTimeout<A extends any[]>(callback: (...args: A) => void, ms?: number, ...args: A): number;
declare function setInterval<A extends any[]>(callback: (...args: A) => void, ms?: number, ...args: A): number;
declare function setImmediate<A extends any[]>(callback: (...args: A) => void, ...args: A): number;
declare function clearTimeout(id?: number): void;
declare function clearInterval(id?: number): void;
declare function clearImmediate(id?: number): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;

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
