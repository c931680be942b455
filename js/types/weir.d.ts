/// <reference lib="es2023" />
/// <reference lib="es2024.collection" />
/// <reference lib="es2024.object" />
/// <reference lib="es2024.promise" />
/// <reference lib="esnext.string" />
/// <reference lib="esnext.array" />
/// <reference lib="esnext.collection" />
/// <reference lib="esnext.promise" />
/// <reference lib="esnext.iterator" />
/// <reference lib="esnext.disposable" />

// TypeScript declarations of what scripts see: API version 1. Generated: do not edit.
//
//	/// <reference path="weir.d.ts" />
//	export const publish: weir.Publish = async (s) => { ... };
//
// In tsconfig.json: "lib": ["ES2024", "ESNext.Iterator", "ESNext.Collection", "ESNext.Array", "ESNext.Promise"],
// "types": []. This is no browser and no Node. weir js init makes a project.

declare namespace weir {
  /** A publish or a play, or the connection itself. */
  interface Session {
    /** 128 random bits in hexadecimal. */
    readonly id: string;
    /** What the peer wants. */
    readonly kind: 'connect' | 'publish' | 'play';
    /** 'rtmp', 'hls', 'flv', 'ts', 'aac' or 'mp3'; over WebSocket 'ws-flv' and so on. */
    readonly protocol: string;
    /** Name of the vhost that serves the session. */
    readonly vhost: string;
    /** Name of the app: in a gate what was asked for, afterwards what it was renamed to. */
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
    /** Port of the peer. */
    readonly remotePort: number;
    /** The port of the server that the peer reached. */
    readonly localPort: number;
    /** IP address of the server that the peer reached. */
    readonly localAddress: string;
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
    /** Variables of nginx's kind: remote_addr, arg_NAME and so on, and those of js_set and js_var. Those of js_var can be written. */
    readonly variables: Variables;
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

  /** What the sessions of one connection have in common. */
  interface Connection {
    /** The id of the connect and close hooks' session. */
    readonly id: string;
    /** 'rtmp', 'hls', 'flv', 'ts', 'aac' or 'mp3'; over WebSocket 'ws-flv' and so on. */
    readonly protocol: string;
    /** The app of RTMP's connect command. */
    readonly app: string;
    /** The arguments of RTMP's connect command. */
    readonly args: Record<string, string | string[]>;
    /** The raw query of RTMP's connect command, without '?'. */
    readonly query: string;
    /** All that was received, in bytes. */
    readonly bytesIn: number;
    /** All that was sent, in bytes. */
    readonly bytesOut: number;
  }

  /** A stream that is live. */
  interface Stream {
    /** The stream's name, without its app. */
    readonly name: string;
    /** Name of the app. */
    readonly app: string;
    /** Name of the vhost that serves it. */
    readonly vhost: string;
    /** How many play it now. */
    readonly players: number;
    /** Who publishes it. */
    readonly publisher: Publisher | null;
    /** When the publisher was admitted, as Date.now() counts. */
    readonly startedAt: number | null;
    /** What comes from the publisher, in kbit/s, over the newest second or two. */
    readonly kbpsIn: number;
    /** Age of the newest keyframe, in ms. */
    readonly msSinceKeyframe: number | null;
    /** The size is as the publisher says, 0 if it does not. */
    readonly video: { codec: string, width: number, height: number, fps: number } | null;
    /** As the publisher says; 0 if it does not. */
    readonly audio: { codec: string, sampleRate: number, channels: number } | null;
    /** The ctx of its publisher's session, as the last hook left it. */
    readonly ctx: any;
    /** Ends the stream's publisher; false if there is none. */
    readonly kick: (reason?: string) => boolean;
    /** Pushes the stream to another server. Not served yet: it throws an Error. */
    readonly forward: (url: string) => void;
    /** Ends such a push. Not served yet: it throws an Error. */
    readonly unforward: (url: string) => void;
    /** Begins or ends a recording. Not served yet: it throws an Error. */
    readonly record: (on: boolean) => void;
    /** Sends a data message to the players. Not served yet: it throws an Error. */
    readonly sendData: (name: string, value: any) => void;
  }

  /** Who publishes a stream: without its URL and arguments, which hold the key. */
  interface Publisher {
    /** The id of its session. */
    readonly id: string;
    /** How it came: 'rtmp', 'hls', 'flv', 'ts', 'aac' or 'mp3'; over WebSocket 'ws-flv' and so on. */
    readonly protocol: string;
    /** IP address of the peer. */
    readonly remoteAddress: string;
    /** When it was admitted, as Date.now() counts. */
    readonly startedAt: number | null;
  }

  /** A session, as others see it. */
  interface Client {
    /** The id of its session. */
    readonly id: string;
    /** What it does. */
    readonly kind: 'publish' | 'play';
    /** How it came: 'rtmp', 'hls', 'flv', 'ts', 'aac' or 'mp3'; over WebSocket 'ws-flv' and so on. */
    readonly protocol: string;
    /** Name of the app. */
    readonly app: string;
    /** Name of the stream. */
    readonly stream: string;
    /** IP address of the peer. */
    readonly remoteAddress: string;
    /** When it was admitted, as Date.now() counts. */
    readonly startedAt: number;
    /** Media received from a publisher, in bytes. */
    readonly bytesIn: number;
    /** Media sent to a player, in bytes. */
    readonly bytesOut: number;
    /** Ends the session; false if it has ended. */
    readonly kick: (reason?: string) => boolean;
  }

  /** The vhost of a script. */
  interface VHost {
    /** Its name; empty for handlers of the top level. */
    readonly name: string;
    /** Which version of the configuration serves: 1 is the first. */
    readonly generation: number;
    /** Writes to the server's log. */
    readonly log: (...message: any[]) => void;
    /** Writes to the server's log. */
    readonly warn: (...message: any[]) => void;
    /** Writes to the server's log. */
    readonly error: (...message: any[]) => void;
  }

  /** A file that is complete. */
  interface MediaFile {
    /** Where it is on disk; empty for what is kept in memory. */
    readonly path: string;
    /** Below the server's root: 'live/cam-7.ts'. */
    readonly url: string;
    /** Its number in the playlist. */
    readonly seq: number;
    /** In seconds. */
    readonly duration: number;
    /** In bytes. */
    readonly size: number;
  }

  /** A key that segments of HLS are encrypted with. */
  interface HLSKeyFile {
    /** Where players get it. */
    uri: string;
    /** Its 16 bytes. */
    key?: Uint8Array;
    /** The initialization vector: 16 bytes. */
    iv?: Uint8Array;
  }

  /** What gates may decide. The last call of each kind wins; allow, deny and decline are one kind. */
  interface Effects {
    /** Admits the session, as does a handler that decides nothing. js_on_update runs every recheck for it ('60s'); it is refused (429) if it would be more than maxSessions, counting a player's with those of the stream, a publisher's with those of the vhost, a connection's with those to the vhost. */
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
    /** Records the stream, or does not. Not served yet. */
    readonly record: (how?: boolean | { path?: string, plan?: string, duration?: string }) => void;
    /** Pushes the stream to other servers. Not served yet. */
    readonly forward: (urls: string | string[]) => void;
    /** Fetches a stream that is not there. Not served yet. */
    readonly pull: (url: string, options?: { idle?: string }) => void;
  }

  /** js_on_start: runs once when a version of the configuration begins to serve. */
  type Start = (v: VHost) => unknown;

  /** js_on_exit: runs once when a version of the configuration has served, after its timers were cleared. */
  type Exit = (v: VHost) => unknown;

  /** js_periodic: runs again and again; a run that would begin before the one ahead of it has ended is skipped. */
  type Periodic = (v: VHost) => unknown;

  /** js_vhost: names the vhost of a session, instead of what its URL says. It cannot be async. */
  type Vhost = (s: Session) => string | void;

  /** js_set: gives the value of a variable, when it is needed. It cannot be async. */
  type Set = (s: Session) => string;

  /** The session that js_on_connect decides about. */
  type ConnectSession = Session & Pick<Effects, 'allow' | 'deny' | 'decline' | 'redirect'>;
  /** js_on_connect: runs before an RTMP connection is accepted. A handler that returns false denies. */
  type Connect = (s: ConnectSession) => unknown;

  /** The session that js_on_publish decides about. */
  type PublishSession = Session & Pick<Effects, 'allow' | 'deny' | 'decline' | 'redirect' | 'rename' | 'takeover' | 'record' | 'forward'>;
  /** js_on_publish: runs before a publisher is admitted. A handler that returns false denies. */
  type Publish = (s: PublishSession) => unknown;

  /** The session that js_on_play decides about. */
  type PlaySession = Session & Pick<Effects, 'allow' | 'deny' | 'decline' | 'redirect' | 'rename' | 'pull'>;
  /** js_on_play: runs before a player is admitted; for HLS once a viewer. A handler that returns false denies. */
  type Play = (s: PlaySession) => unknown;

  /** js_on_metadata: edits a publisher's onMetaData: the object that it returns goes out instead. It cannot be async. */
  type Metadata = (s: Session, meta: Record<string, any>) => Record<string, any> | void;

  /** The session that js_on_update decides about. */
  type UpdateSession = Session & Pick<Effects, 'allow' | 'deny' | 'decline'>;
  /** js_on_update: runs again and again while a publish or a play lasts; a denial ends it. A handler that returns false denies. */
  type Update = (s: UpdateSession) => unknown;

  /** js_on_unpublish: runs after a publish has ended, once for each that js_on_publish did not deny. */
  type Unpublish = (s: Session) => unknown;

  /** js_on_stop: runs after a play has ended, once for each that js_on_play did not deny. */
  type Stop = (s: Session) => unknown;

  /** js_on_close: runs after an RTMP connection has ended, once for each that js_on_connect did not deny. */
  type Close = (s: Session) => unknown;

  /** js_on_hls: runs when a segment of HLS is complete; the session is its publisher's. */
  type Hls = (s: Session, file: MediaFile) => unknown;

  /** js_on_dvr: runs when a recording is complete; the session is its publisher's. Not served yet. */
  type Dvr = (s: Session, file: MediaFile) => unknown;

  /** js_on_forward: names where else a stream goes. Not served yet. */
  type Forward = (s: Session) => string[] | Promise<string[]>;

  /** js_on_hls_key: gives a key for segments of HLS. Not served yet. */
  type HlsKey = (s: Session, key: { seq: number }) => HLSKeyFile | Promise<HLSKeyFile>;

  /** js_playlist_filter: edits the media playlist that one viewer of HLS gets, each time. It cannot be async. */
  type PlaylistFilter = (s: Session, text: string) => string;

  /** js_access: decides about a request ahead of what else its location does. */
  type Access = (r: HTTPRequest) => unknown;

  /** js_content: answers a request. */
  type Content = (r: HTTPRequest) => unknown;

  /** js_header_filter: edits the headers of an answer. It cannot be async. */
  type HeaderFilter = (r: HTTPRequest) => unknown;

}

// What the language has and the libraries above have not.

interface RegExpConstructor {
  /** The text as a pattern that matches it. */
  escape(text: string): string;
}

interface ErrorConstructor {
  /** Gives an object the stack of its caller, as an own property. */
  captureStackTrace(target: object, constructor?: Function): void;
}

interface ArrayBuffer {
  /** A copy, of another length if one is given; the original keeps its content. */
  transfer(length?: number): ArrayBuffer;
  transferToFixedLength(length?: number): ArrayBuffer;
}

/** A module that is built in, as CommonJS has it. Others are found when scripts are compiled: the name must be a literal there. */
declare function require(module: string): any;

/** The server's log. A value is written as one line, as Node writes it; %s, %d, %i, %f, %j, %o and %O work as in Node. */
declare const console: {
  /** Writes information. */
  log(...args: any[]): void;
  /** Writes information. */
  info(...args: any[]): void;
  /** Shown at the log level debug only. */
  debug(...args: any[]): void;
  /** Writes a warning. */
  warn(...args: any[]): void;
  /** Writes an error. */
  error(...args: any[]): void;
  /** Writes a value in its full depth, up to 100. */
  dump(value: any): void;
  /** Writes a value to a depth of 2, or as said; null is as dump. */
  dir(value: any, options?: { depth?: number | null }): void;
  /** As log. */
  dirxml(...args: any[]): void;
  /** Writes rows and columns, over lines. */
  table(data: any, columns?: readonly string[]): void;
  /** Warns if the value is falsy. */
  assert(value: any, ...args: any[]): void;
  /** Writes an error with the place that it is called at. */
  trace(...args: any[]): void;
  /** Begins a time that is measured. */
  time(label?: string): void;
  /** Writes how long it is since time(). */
  timeLog(label?: string, ...args: any[]): void;
  /** Writes how long it is since time(), which is forgotten. */
  timeEnd(label?: string): void;
  /** Writes how often it was called with the label. */
  count(label?: string): void;
  /** Begins to count anew. */
  countReset(label?: string): void;
  /** Moves what follows to the right, until groupEnd(). */
  group(...args: any[]): void;
  /** As group. */
  groupCollapsed(...args: any[]): void;
  /** Ends what group began. */
  groupEnd(): void;
};

/** A dictionary that all scripts share: js_shared_dict_zone. */
interface SharedDict<T extends string | number = any> {
  /** The zone's name. */
  readonly name: string;
  /** What its values are. */
  readonly type: 'string' | 'number';
  /** The zone's size in bytes. */
  readonly capacity: number;
  /** Sets the value if the key is not there; whether it did. The timeout is in ms, for zones declared with one. */
  add(key: string, value: T, timeout?: number): boolean;
  /** Sets the value. */
  set(key: string, value: T, timeout?: number): this;
  /** Sets the value if the key is there; whether it did. */
  replace(key: string, value: T, timeout?: number): boolean;
  /** Adds to a number, which is init (0) where the key is not there, and returns the sum. The entry's time begins anew. */
  incr(key: string, delta: number, init?: number, timeout?: number): number;
  /** The value; undefined if the key is not there. */
  get(key: string): T | undefined;
  /** Whether the key is there. */
  has(key: string): boolean;
  /** Deletes the key; whether it was there. */
  delete(key: string): boolean;
  /** Deletes the key and returns its value. */
  pop(key: string): T | undefined;
  /** The ms that the entry has left. */
  ttl(key: string): number | undefined;
  /** Up to max (1024) keys, in no particular order. */
  keys(max?: number): string[];
  /** Up to max (1024) keys with their values. */
  items(max?: number): [string, T][];
  /** How many entries there are. */
  size(): number;
  /** Deletes all entries. */
  clear(): void;
  /** The bytes of pages that are free. */
  freeSpace(): number;
}

/** The zone is full: thrown by add, set, replace and incr. */
declare class SharedMemoryError extends Error {}

/** What there is beside a request, by the names of njs. */
declare const ngx: {
  /** The level of errors, for log. */
  readonly ERR: 4;
  /** The level of warnings. */
  readonly WARN: 5;
  /** The level of information. */
  readonly INFO: 7;
  /** Writes to the server's log. */
  log(level: number, message: any): void;
  /** fetch as njs has it: a redirect is an answer like any other. buffer_size has no effect. */
  fetch(input: string | URL | Request, init?: RequestInit & { buffer_size?: number; max_response_body_size?: number; verify?: boolean }): Promise<Response>;
  /** The server's version: '1.2.3'. */
  readonly version: string;
  /** 1002003 for 1.2.3. */
  readonly version_number: number;
  /** The working directory, ending in '/'. */
  readonly prefix: string;
  /** The configuration file's directory, ending in '/'. */
  readonly conf_prefix: string;
  /** The path of the configuration file. */
  readonly conf_file_path: string;
  /** The path of the log; empty where that is standard error. */
  readonly error_log_path: string;
  /** nginx's name of a build: always empty. */
  readonly build: string;
  /** nginx's number of a process: always 0. */
  readonly worker_id: number;
  /** Tells the VMs of a server apart. */
  readonly engine_id: number;
  /** The dictionaries by the names of their zones. */
  readonly shared: { readonly [zone: string]: SharedDict };
};

/** The streams and the sessions of the script's own vhost, as they are when they are asked for. */
declare const live: {
  /** The stream of that name, 'app/stream', if it has a publisher. */
  get(name: string): weir.Stream | null;
  /** The streams that have a publisher, by name. */
  streams(): weir.Stream[];
  /** The publishes and plays that were admitted. */
  clients(): weir.Client[];
  /** Ends the session of that id, or all that the filter is true of or whose properties it has; how many. */
  kick(whom: string | Partial<weir.Client> | ((client: weir.Client) => boolean), reason?: string): number;
};

/** The exception of the Web's interfaces: its name says what happened. */
declare class DOMException extends Error {
  constructor(message?: string, name?: string | { name?: string; cause?: unknown });
  readonly name: string;
  readonly message: string;
  /** The number that some names had of old; 0 for all others. */
  readonly code: number;
  static readonly INDEX_SIZE_ERR: 1; readonly INDEX_SIZE_ERR: 1;
  static readonly DOMSTRING_SIZE_ERR: 2; readonly DOMSTRING_SIZE_ERR: 2;
  static readonly HIERARCHY_REQUEST_ERR: 3; readonly HIERARCHY_REQUEST_ERR: 3;
  static readonly WRONG_DOCUMENT_ERR: 4; readonly WRONG_DOCUMENT_ERR: 4;
  static readonly INVALID_CHARACTER_ERR: 5; readonly INVALID_CHARACTER_ERR: 5;
  static readonly NO_DATA_ALLOWED_ERR: 6; readonly NO_DATA_ALLOWED_ERR: 6;
  static readonly NO_MODIFICATION_ALLOWED_ERR: 7; readonly NO_MODIFICATION_ALLOWED_ERR: 7;
  static readonly NOT_FOUND_ERR: 8; readonly NOT_FOUND_ERR: 8;
  static readonly NOT_SUPPORTED_ERR: 9; readonly NOT_SUPPORTED_ERR: 9;
  static readonly INUSE_ATTRIBUTE_ERR: 10; readonly INUSE_ATTRIBUTE_ERR: 10;
  static readonly INVALID_STATE_ERR: 11; readonly INVALID_STATE_ERR: 11;
  static readonly SYNTAX_ERR: 12; readonly SYNTAX_ERR: 12;
  static readonly INVALID_MODIFICATION_ERR: 13; readonly INVALID_MODIFICATION_ERR: 13;
  static readonly NAMESPACE_ERR: 14; readonly NAMESPACE_ERR: 14;
  static readonly INVALID_ACCESS_ERR: 15; readonly INVALID_ACCESS_ERR: 15;
  static readonly VALIDATION_ERR: 16; readonly VALIDATION_ERR: 16;
  static readonly TYPE_MISMATCH_ERR: 17; readonly TYPE_MISMATCH_ERR: 17;
  static readonly SECURITY_ERR: 18; readonly SECURITY_ERR: 18;
  static readonly NETWORK_ERR: 19; readonly NETWORK_ERR: 19;
  static readonly ABORT_ERR: 20; readonly ABORT_ERR: 20;
  static readonly URL_MISMATCH_ERR: 21; readonly URL_MISMATCH_ERR: 21;
  static readonly QUOTA_EXCEEDED_ERR: 22; readonly QUOTA_EXCEEDED_ERR: 22;
  static readonly TIMEOUT_ERR: 23; readonly TIMEOUT_ERR: 23;
  static readonly INVALID_NODE_TYPE_ERR: 24; readonly INVALID_NODE_TYPE_ERR: 24;
  static readonly DATA_CLONE_ERR: 25; readonly DATA_CLONE_ERR: 25;
}

interface EventInit { bubbles?: boolean; cancelable?: boolean; composed?: boolean }

/** Something that happened, on its way to the listeners of its target. */
declare class Event {
  constructor(type: string, options?: EventInit);
  static readonly NONE: 0; readonly NONE: 0;
  static readonly CAPTURING_PHASE: 1; readonly CAPTURING_PHASE: 1;
  static readonly AT_TARGET: 2; readonly AT_TARGET: 2;
  static readonly BUBBLING_PHASE: 3; readonly BUBBLING_PHASE: 3;
  readonly type: string;
  readonly target: EventTarget | null;
  /** @deprecated the name of target of old */
  readonly srcElement: EventTarget | null;
  /** The target while the event is dispatched. */
  readonly currentTarget: EventTarget | null;
  readonly eventPhase: number;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly defaultPrevented: boolean;
  /** When the event was made, as performance.now() counts. */
  readonly timeStamp: number;
  readonly isTrusted: boolean;
  cancelBubble: boolean;
  returnValue: boolean;
  composedPath(): EventTarget[];
  stopPropagation(): void;
  /** No other listener is called. */
  stopImmediatePropagation(): void;
  /** Makes dispatchEvent return false, if the event is cancelable. */
  preventDefault(): void;
  /** @deprecated use the constructor */
  initEvent(type: string, bubbles?: boolean, cancelable?: boolean): void;
}

/** An event that carries a value. */
declare class CustomEvent<T = any> extends Event {
  constructor(type: string, options?: EventInit & { detail?: T });
  readonly detail: T;
}

type EventListener = ((event: Event) => void) | { handleEvent(event: Event): void };

interface AddEventListenerOptions {
  capture?: boolean;
  /** The listener is called once at most. */
  once?: boolean;
  /** The listener will not call preventDefault. */
  passive?: boolean;
  /** Removes the listener when it is aborted. */
  signal?: AbortSignal;
}

/** What has listeners. What one throws is logged, and the next is called. */
declare class EventTarget {
  constructor();
  addEventListener(type: string, listener: EventListener | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener(type: string, listener: EventListener | null, options?: boolean | { capture?: boolean }): void;
  /** Calls the listeners; false if one called preventDefault. */
  dispatchEvent(event: Event): boolean;
}

/** A clock that is never set. */
declare const performance: {
  /** The milliseconds since timeOrigin, with fractions. */
  now(): number;
  /** When the clock began, as Date.now() counts. */
  readonly timeOrigin: number;
  toJSON(): { timeOrigin: number };
};

/** Node's perf_hooks, in part; also as 'node:perf_hooks'. */
declare module 'perf_hooks' {
  const clock: typeof performance;
  export { clock as performance };
}
declare module 'node:perf_hooks' {
  export * from 'perf_hooks';
}

type HeadersInit = Headers | Iterable<readonly [string, string]> | Record<string, string>;
/** What a body may be made of: the bytes are copied. */
type BodyInit = string | ArrayBuffer | ArrayBufferView | URLSearchParams;

/** Headers of HTTP. They are also properties, whatever the case of their names: headers['content-type'] is headers.get('content-type') ?? undefined. */
declare class Headers {
  constructor(init?: HeadersInit);
  append(name: string, value: string): void;
  delete(name: string): void;
  /** The values, joined by ', '; null without any. */
  get(name: string): string | null;
  /** The values, each for itself. */
  getAll(name: string): string[];
  getSetCookie(): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  /** Calls with the name first, as njs does; the Web passes the value first. */
  forEach(callback: (name: string, value: string, headers: Headers) => void, thisArg?: any): void;
  /** Names in lower case and in order, each with its values joined; Set-Cookie comes once a value. */
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

interface RequestInit {
  /** 'GET' unless given; not CONNECT, TRACE or TRACK. */
  method?: string;
  headers?: HeadersInit;
  body?: BodyInit | null;
  /** Aborting it ends the fetch, in the server too. */
  signal?: AbortSignal | null;
  /** What to do when sent elsewhere; 'manual' answers with the redirect itself. fetch follows, up to 20 times; ngx.fetch does not, unless told. */
  redirect?: 'follow' | 'error' | 'manual';
  /** Kept, without an effect: there is no cache. */
  cache?: 'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache' | 'only-if-cached';
  /** Kept, without an effect: there are no cookies. */
  credentials?: 'omit' | 'same-origin' | 'include';
  /** Kept, without an effect: there is no origin. */
  mode?: 'no-cors' | 'cors' | 'same-origin';
}

/** What is to be fetched. Its body can be read once. */
declare class Request {
  constructor(input: string | URL | Request, init?: RequestInit);
  readonly method: string;
  /** As it was given. */
  readonly url: string;
  readonly headers: Headers;
  readonly cache: 'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache' | 'only-if-cached';
  readonly credentials: 'omit' | 'same-origin' | 'include';
  readonly mode: 'no-cors' | 'cors' | 'same-origin';
  readonly redirect: 'follow' | 'error' | 'manual';
  readonly signal: AbortSignal;
  /** There are no streams. */
  readonly body: null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
  json(): Promise<any>;
  text(): Promise<string>;
  clone(): Request;
}

interface ResponseInit {
  /** 200 to 599; 200 unless given. */
  status?: number;
  statusText?: string;
  headers?: HeadersInit;
}

/** What came back. Its body is here as a whole, and can be read once. */
declare class Response {
  constructor(body?: BodyInit | null, init?: ResponseInit);
  static error(): Response;
  static json(data: any, init?: ResponseInit): Response;
  static redirect(url: string | URL, status?: 301 | 302 | 303 | 307 | 308): Response;
  /** Where it came from, the last redirect's target; empty if a script made it. */
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /** Whether the status is 200 to 299. */
  readonly ok: boolean;
  /** Of what was fetched they cannot be changed. */
  readonly headers: Headers;
  readonly type: 'basic' | 'error';
  readonly redirected: boolean;
  /** There are no streams. */
  readonly body: null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
  json(): Promise<any>;
  text(): Promise<string>;
  clone(): Response;
}

/** Fetches a URL that js_permit fetch names, redirects included. What keeps a response from coming is a TypeError with a code: EACCES, ETIMEDOUT, ENOTFOUND, ECONNREFUSED, ECONNRESET or none. */
declare function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

declare class AbortController {
  constructor();
  readonly signal: AbortSignal;
  /** The reason is a DOMException named AbortError unless given. */
  abort(reason?: any): void;
}

declare class AbortSignal extends EventTarget {
  private constructor();
  static abort(reason?: any): AbortSignal;
  /** Aborts after a time in ms, with a DOMException named TimeoutError. */
  static timeout(ms: number): AbortSignal;
  /** Aborts when one of them does, with its reason. */
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  onabort: ((this: AbortSignal, event: Event) => any) | null;
  throwIfAborted(): void;
}

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

/** A URL, as browsers understand it. */
declare class URL {
  /** Throws a TypeError if the URL, together with its base, is none. */
  constructor(url: string | URL, base?: string | URL);
  static canParse(url: string | URL, base?: string | URL): boolean;
  /** null where the constructor would throw. */
  static parse(url: string | URL, base?: string | URL): URL | null;
  href: string;
  readonly origin: string;
  /** The scheme, with its colon. */
  protocol: string;
  username: string;
  password: string;
  /** hostname, and the port if it is not the scheme's own. */
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  /** The query with '?', or nothing. */
  search: string;
  /** The fragment with '#', or nothing. */
  hash: string;
  /** The query's parameters. What changes them changes the URL. */
  readonly searchParams: URLSearchParams;
  toString(): string;
  toJSON(): string;
}

/** The names and values of a query, or of a form. */
declare class URLSearchParams implements Iterable<[string, string]> {
  constructor(init?: string | URLSearchParams | Iterable<readonly [string, string]> | Record<string, string>);
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  /** Leaves one value of the name. */
  set(name: string, value: string): void;
  /** Sorts by the names. */
  sort(): void;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, thisArg?: any): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
  toString(): string;
}

/** Node's url, in part; also as 'node:url'. */
declare module 'url' {
  const url: typeof URL;
  const params: typeof URLSearchParams;
  export { url as URL, params as URLSearchParams };
  const all: { URL: typeof url; URLSearchParams: typeof params };
  export default all;
}
declare module 'node:url' {
  export * from 'url';
  export { default } from 'url';
}

/** Node's querystring, also as 'node:querystring'. */
declare module 'querystring' {
  interface ParseOptions {
    /** How many pairs are read; 0: all. 1000 unless given. */
    maxKeys?: number;
    /** In place of unescape. */
    decodeURIComponent?: (text: string) => string;
  }
  interface StringifyOptions {
    /** In place of escape. */
    encodeURIComponent?: (text: string) => string;
  }
  /** The names and values of a query; an array where a name occurs more than once. */
  function parse(text: string, separator?: string | null, equals?: string | null, options?: ParseOptions): Record<string, string | string[]>;
  /** The inverse of parse. */
  function stringify(object: object, separator?: string | null, equals?: string | null, options?: StringifyOptions): string;
  /** Percent-encodes. */
  function escape(text: any): string;
  /** Percent-decodes; what is malformed is replaced by U+FFFD. */
  function unescape(text: string): string;
  const decode: typeof parse;
  const encode: typeof stringify;
  const all: {
    parse: typeof parse; stringify: typeof stringify; decode: typeof parse; encode: typeof stringify;
    escape: typeof escape; unescape: typeof unescape;
  };
  export { ParseOptions, StringifyOptions, parse, stringify, escape, unescape, decode, encode };
  export default all;
}
declare module 'node:querystring' {
  export * from 'querystring';
  export { default } from 'querystring';
}

/** What a script may know of its process. */
declare const process: {
  /** The command line. */
  argv: string[];
  /** The environment variables that js_permit env names. */
  env: Record<string, string | undefined>;
  /** The server's process id. */
  readonly pid: number;
  /** The process id of the server's parent. */
  readonly ppid: number;
  /** Calls back ahead of timers, as queueMicrotask does. */
  nextTick<A extends any[]>(callback: (...args: A) => void, ...args: A): void;
  /** Throws: a script cannot signal processes. */
  kill(pid: number, signal?: string | number): never;
  /** Ends weir js run, with a code or exitCode; throws in a server, which a script cannot end. */
  exit(code?: number): never;
  /** The code that weir js run ends with. */
  exitCode: number | undefined;
  /** Throws: a script cannot end the server. */
  abort(): never;
};

/** Node's process, in part; also as 'node:process'. */
declare module 'process' {
  const all: typeof process;
  export { all as process };
  export default all;
}
declare module 'node:process' {
  export * from 'process';
  export { default } from 'process';
}

/** For scripts that look for njs. */
declare const njs: {
  /** The version of njs whose interface this is: '1.0.0'. */
  readonly version: string;
  /** 0x010000 for 1.0.0. */
  readonly version_number: number;
  /** What runs scripts. */
  readonly engine: 'goja';
  /** The memory of the process that runs the script, in bytes. */
  readonly memoryStats: { size: number };
  /** A value as text; over lines, if an indentation is given. */
  dump(value: any, indent?: number | string): string;
  /** Calls back ahead of the end of the VM: when its version of the configuration has served, or with js_vm call after each call. What is asynchronous in it is not waited for. */
  on(event: 'exit', callback: () => void): void;
};

/** The base64 of a string of bytes: characters up to U+00FF. */
declare function btoa(binary: string): string;
/** The string of bytes that base64 stands for. */
declare function atob(base64: string): string;

/** Makes text UTF-8. */
declare class TextEncoder {
  readonly encoding: 'utf-8';
  encode(input?: string): Uint8Array;
  /** Writes as many whole characters as fit: how many units of the text were read, and bytes written. */
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}

/** Makes bytes text: UTF-8, UTF-16 or windows-1252, by any of the Encoding Standard's labels of them. */
declare class TextDecoder {
  constructor(label?: string, options?: {
    /** What is malformed throws a TypeError, and is not replaced by U+FFFD. */
    fatal?: boolean;
    /** A byte order mark is kept. */
    ignoreBOM?: boolean;
  });
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** With stream, a character that is not whole is kept for the next call. */
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}

declare function setTimeout<A extends any[]>(callback: (...args: A) => void, ms?: number, ...args: A): number;
declare function setInterval<A extends any[]>(callback: (...args: A) => void, ms?: number, ...args: A): number;
declare function setImmediate<A extends any[]>(callback: (...args: A) => void, ...args: A): number;
declare function clearTimeout(id?: number): void;
declare function clearInterval(id?: number): void;
declare function clearImmediate(id?: number): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;

/** What WebCrypto takes as bytes. Text is taken as its UTF-8, as in njs. */
type BufferSource = ArrayBuffer | ArrayBufferView | string;

type KeyUsage = 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'deriveKey' | 'deriveBits' | 'wrapKey' | 'unwrapKey';
type KeyFormat = 'raw' | 'spki' | 'pkcs8' | 'jwk';

type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SHA3-256' | 'SHA3-384' | 'SHA3-512' | (string & {});
type HashAlgorithm = HashName | { name: HashName };
/** An algorithm: its name, in any case, or an object that has it and what else the operation needs. */
type AlgorithmIdentifier = string | { name: string };

interface AesCbcParams { name: string; /** 16 bytes. */ iv: BufferSource }
interface AesCtrParams { name: string; /** 16 bytes. */ counter: BufferSource; /** How many of its last bits count, 1 to 128. */ length: number }
interface AesGcmParams { name: string; iv: BufferSource; additionalData?: BufferSource; /** Bits: 32, 64, 96, 104, 112, 120 or 128, which is the default. */ tagLength?: number }
interface RsaOaepParams { name: string; label?: BufferSource }
interface RsaPssParams { name: string; /** Bytes. */ saltLength: number }
interface EcdsaParams { name: string; hash: HashAlgorithm }
interface HkdfParams { name: string; hash: HashAlgorithm; salt: BufferSource; info: BufferSource }
interface Pbkdf2Params { name: string; hash: HashAlgorithm; salt: BufferSource; iterations: number }
/** ECDH and X25519. */
interface EcdhKeyDeriveParams { name: string; /** The other side's public key. */ public: CryptoKey }
interface RsaHashedKeyGenParams { name: string; /** Bits, up to 4096. */ modulusLength: number; /** 65537: new Uint8Array([1, 0, 1]). */ publicExponent: Uint8Array; hash: HashAlgorithm }
interface RsaHashedImportParams { name: string; hash: HashAlgorithm }
/** ECDSA and ECDH. */
interface EcKeyParams { name: string; namedCurve: 'P-256' | 'P-384' | 'P-521' | (string & {}) }
interface HmacKeyParams { name: string; hash: HashAlgorithm; /** Bits; the hash's block, or all of the key, by default. */ length?: number }
interface AesKeyParams { name: string; /** Bits. */ length: number }

/** An algorithm as a key shows it. */
interface KeyAlgorithm {
  name: string;
  hash?: { name: string };
  /** Bits, of AES and HMAC keys. */
  length?: number;
  modulusLength?: number;
  publicExponent?: Uint8Array;
  namedCurve?: string;
}

/** A JSON Web Key: RFC 7517. */
interface JsonWebKey {
  kty?: string;
  use?: string;
  key_ops?: string[];
  alg?: string;
  ext?: boolean;
  kid?: string;
  crv?: string;
  x?: string;
  y?: string;
  n?: string;
  e?: string;
  d?: string;
  p?: string;
  q?: string;
  dp?: string;
  dq?: string;
  qi?: string;
  k?: string;
}

/** A key. SubtleCrypto makes them. */
declare class CryptoKey {
  private constructor();
  readonly type: 'secret' | 'public' | 'private';
  /** Whether exportKey and wrapKey take it. */
  readonly extractable: boolean;
  readonly algorithm: KeyAlgorithm;
  readonly usages: KeyUsage[];
}

interface CryptoKeyPair {
  publicKey: CryptoKey;
  privateKey: CryptoKey;
}

type CipherParams = RsaOaepParams | AesCbcParams | AesCtrParams | AesGcmParams;
type SignatureParams = AlgorithmIdentifier | RsaPssParams | EcdsaParams;
type DeriveParams = HkdfParams | Pbkdf2Params | EcdhKeyDeriveParams;
type ImportParams = AlgorithmIdentifier | RsaHashedImportParams | EcKeyParams | HmacKeyParams;
type DerivedKeyParams = AlgorithmIdentifier | AesKeyParams | HmacKeyParams;

/** Cryptography of AES-CBC, AES-CTR, AES-GCM, AES-KW, RSA-OAEP, RSASSA-PKCS1-v1_5, RSA-PSS, ECDSA, ECDH, HMAC, HKDF, PBKDF2, Ed25519 and X25519. */
declare class SubtleCrypto {
  private constructor();
  digest(algorithm: HashAlgorithm, data: BufferSource): Promise<ArrayBuffer>;
  encrypt(algorithm: CipherParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  decrypt(algorithm: CipherParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  /** HMAC, RSASSA-PKCS1-v1_5, RSA-PSS, Ed25519, and ECDSA, whose signatures are r and s. */
  sign(algorithm: SignatureParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  verify(algorithm: SignatureParams, key: CryptoKey, signature: BufferSource, data: BufferSource): Promise<boolean>;
  generateKey(algorithm: RsaHashedKeyGenParams | EcKeyParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKeyPair>;
  generateKey(algorithm: AesKeyParams | HmacKeyParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
  /** Ed25519 and X25519 give pairs. */
  generateKey(algorithm: AlgorithmIdentifier, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKeyPair>;
  importKey(format: 'jwk', keyData: JsonWebKey, algorithm: ImportParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
  importKey(format: 'raw' | 'spki' | 'pkcs8', keyData: BufferSource, algorithm: ImportParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
  exportKey(format: 'jwk', key: CryptoKey): Promise<JsonWebKey>;
  exportKey(format: 'raw' | 'spki' | 'pkcs8', key: CryptoKey): Promise<ArrayBuffer>;
  /** Bits, in length; by default all that ECDH and X25519 give. PBKDF2 runs beside the script, one at a time. */
  deriveBits(algorithm: DeriveParams, baseKey: CryptoKey, length?: number | null): Promise<ArrayBuffer>;
  deriveKey(algorithm: DeriveParams, baseKey: CryptoKey, derivedKeyType: DerivedKeyParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
  /** Exports a key and encrypts it, with AES-KW or any algorithm that encrypts. */
  wrapKey(format: KeyFormat, key: CryptoKey, wrappingKey: CryptoKey, wrapAlgorithm: AlgorithmIdentifier | CipherParams): Promise<ArrayBuffer>;
  unwrapKey(format: KeyFormat, wrappedKey: BufferSource, unwrappingKey: CryptoKey, unwrapAlgorithm: AlgorithmIdentifier | CipherParams, unwrappedKeyAlgorithm: ImportParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
}

/** The Web's crypto. */
declare class Crypto {
  private constructor();
  readonly subtle: SubtleCrypto;
  /** Fills an array with random numbers, up to 65536 bytes. */
  getRandomValues<T extends Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array>(array: T): T;
  /** A version 4 UUID. */
  randomUUID(): string;
}

declare var crypto: Crypto;

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

/** JSON Web Tokens: RFC 7519, signed as RFC 7515 has it. */
declare module 'jwt' {
  type Algorithm =
    | 'HS256' | 'HS384' | 'HS512' | 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512'
    | 'ES256' | 'ES384' | 'ES512' | 'EdDSA' | 'Ed25519';
  /** A secret, PEM (as text or bytes), a JWK, or a CryptoKey. What looks like PEM is never taken for a secret. */
  type Key = string | ArrayBuffer | ArrayBufferView | JsonWebKey | CryptoKey;
  interface KeySet { keys: JsonWebKey[] }
  /** Seconds, or text: '90s', '15m', '1h', '7 days'. */
  type Span = number | string;

  interface Claims {
    iss?: string;
    sub?: string;
    aud?: string | string[];
    exp?: number;
    nbf?: number;
    iat?: number;
    jti?: string;
    [claim: string]: any;
  }
  interface Header {
    alg?: string;
    kid?: string;
    typ?: string;
    [name: string]: any;
  }
  interface Complete {
    header: Header;
    payload: Claims;
    /** In base64url. */
    signature: string;
  }

  interface SignOptions {
    /** By default HS256, RS256, EdDSA, or what belongs to the key's curve. */
    alg?: Algorithm;
    algorithm?: Algorithm;
    expiresIn?: Span;
    notBefore?: Span;
    issuer?: string;
    audience?: string | string[];
    subject?: string;
    jwtid?: string;
    kid?: string;
    keyid?: string;
    /** Leaves out iat. */
    noTimestamp?: boolean;
    /** More of the header. */
    header?: Header;
  }
  interface VerifyOptions {
    /** What the token may be signed with. The kind of the key bounds it in any case. */
    algorithms?: Algorithm[];
    /** One of these. */
    issuer?: string | RegExp | (string | RegExp)[];
    audience?: string | RegExp | (string | RegExp)[];
    subject?: string;
    jwtid?: string;
    /** How far clocks may be apart. */
    clockTolerance?: Span;
    /** How old the token may be. */
    maxAge?: Span;
    /** What time it is, in seconds since 1970. */
    clockTimestamp?: number;
    ignoreExpiration?: boolean;
    ignoreNotBefore?: boolean;
    requiredClaims?: string[];
  }

  /**
   * What this module throws. code is ERR_JWT_INVALID, ERR_JWT_EXPIRED, ERR_JWT_CLAIM_VALIDATION_FAILED, ERR_JWS_SIGNATURE_VERIFICATION_FAILED,
   * ERR_JOSE_ALG_NOT_ALLOWED, ERR_JOSE_NOT_SUPPORTED, ERR_JWKS_NO_MATCHING_KEY, ERR_JWKS_INVALID, ERR_JWKS_UNAVAILABLE or ERR_JWT_KEY.
   */
  class JwtError extends Error {
    constructor(message: string, code: string);
    code: string;
    /** The claim that is wrong. */
    claim?: string;
  }
  /** The token is not to be trusted. */
  class JsonWebTokenError extends JwtError {}
  class TokenExpiredError extends JsonWebTokenError { expiredAt: Date }
  class NotBeforeError extends JsonWebTokenError { date: Date }

  function sign(payload: Claims, key: Key, options?: SignOptions): Promise<string>;
  /** For what cannot wait; not with a CryptoKey. */
  function signSync(payload: Claims, key: Key, options?: SignOptions): string;
  /**
   * The claims of a token that is good. The keys of a URL are fetched and kept for their max-age, 10 minutes unless they say; again for a key
   * that they do not have, at most once a minute; for up to an hour more while they cannot be fetched.
   */
  function verify(token: string, key: Key | KeySet | { jwks: string | URL | KeySet }, options: VerifyOptions & { complete: true }): Promise<Complete>;
  function verify(token: string, key: Key | KeySet | { jwks: string | URL | KeySet }, options?: VerifyOptions): Promise<Claims>;
  /** For what cannot wait; not with a URL or a CryptoKey. */
  function verifySync(token: string, key: Key | KeySet | { jwks: KeySet }, options: VerifyOptions & { complete: true }): Complete;
  function verifySync(token: string, key: Key | KeySet | { jwks: KeySet }, options?: VerifyOptions): Claims;
  /** What a token says, which nobody has verified; null of what is no token. */
  function decode(token: string, options: { complete: true }): Complete | null;
  function decode(token: string): Claims | null;

  const jwt: {
    JsonWebTokenError: typeof JsonWebTokenError;
    JwtError: typeof JwtError;
    NotBeforeError: typeof NotBeforeError;
    TokenExpiredError: typeof TokenExpiredError;
    decode: typeof decode;
    sign: typeof sign;
    signSync: typeof signSync;
    verify: typeof verify;
    verifySync: typeof verifySync;
  };
  export {
    Algorithm, Claims, Complete, Header, JsonWebTokenError, JwtError, Key, KeySet, NotBeforeError, SignOptions, TokenExpiredError, VerifyOptions,
    decode, sign, signSync, verify, verifySync,
  };
  export default jwt;
}

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

/** XML, as in njs: documents as objects, and canonical XML. */
declare module 'xml' {
  /** A document; its only other property is named like the root's tag. */
  interface XMLDoc {
    readonly $root: XMLNode;
    readonly [tag: string]: any;
  }
  /** The attributes of a node, by their names without prefixes. */
  interface XMLAttr {
    [name: string]: string | undefined;
  }
  /** An element. A property that is none of these is its first child of that tag. */
  interface XMLNode {
    /** The tag, without its prefix. */
    readonly $name: string;
    /** The namespace. */
    readonly $ns: string | undefined;
    readonly $parent: XMLNode | undefined;
    /** All text inside. Assigning replaces all that is inside. */
    $text: string;
    readonly $attrs: XMLAttr | undefined;
    /** The children that are elements. Assigning replaces all that is inside with copies. */
    $tags: XMLNode[];
    /** Appends a copy. */
    addChild(node: XMLNode): void;
    /** Removes the children of a tag, or all children that are elements. */
    removeChildren(tag?: string): void;
    /** null removes the attribute. */
    setAttribute(name: string, value: string | null): void;
    removeAttribute(name: string): void;
    removeAllAttributes(): void;
    /** Replaces all that is inside. */
    setText(text: string | null): void;
    removeText(): void;
    /** $attr$NAME is an attribute, $tag$NAME the first child of that tag, $tags$NAME all of them. */
    [name: string]: any;
  }

  /** Throws an Error with line and column. Of a document type it heeds entities and default attributes; it loads nothing. */
  function parse(source: string | ArrayBufferView | ArrayBuffer): XMLDoc;
  /** Canonical XML 1.0 without comments, of a document or an element, without one inside of it. */
  function c14n(root: XMLDoc | XMLNode, excluding?: XMLNode | null): Buffer;
  /** Exclusive XML Canonicalization 1.0. The prefix list is of prefixes, kept apart by spaces, that are treated as by c14n. */
  function exclusiveC14n(root: XMLDoc | XMLNode, excluding?: XMLNode | null, withComments?: boolean, prefix_list?: string): Buffer;
  /** As c14n. */
  function serialize(root: XMLDoc | XMLNode, excluding?: XMLNode | null): Buffer;
  /** As c14n, as text. */
  function serializeToString(root: XMLDoc | XMLNode, excluding?: XMLNode | null): string;

  const xml: Omit<typeof import('xml'), 'default'>;
  export { XMLAttr, XMLDoc, XMLNode, parse, c14n, exclusiveC14n, serialize, serializeToString };
  export default xml;
}
declare module 'node:xml' {
  export * from 'xml';
  export { default } from 'xml';
}

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

declare namespace weir {
  /** What a string is wanted for. */
  type StringLike = string | number | boolean | ArrayBuffer | ArrayBufferView;

  /** Variables of nginx's kind, and those of js_var, which can be written, and of js_set. */
  interface Variables {
    [name: string]: string | undefined;
  }

  /** The headers of an answer, whatever the case of their names. No value, or an empty one, deletes a header. */
  interface HeadersOut {
    /** All cookies that are set. */
    get 'Set-Cookie'(): string[] | undefined;
    set 'Set-Cookie'(values: StringLike | StringLike[] | undefined);
    [name: string]: any;
  }

  /** A file of a form; what it holds is in the body. */
  interface FormFile {
    /** Its name, as the peer calls it. */
    readonly name: string;
  }

  /** The form that was a request's body. */
  interface RequestForm {
    /** The first value of a field; null if there is none. */
    get(name: string): string | FormFile | null;
    /** All values of a field. */
    getAll(name: string): (string | FormFile)[];
    /** Whether there is such a field. */
    has(name: string): boolean;
    /** Calls back for each field, in the form's order. */
    forEach(callback: (value: string | FormFile, name: string, form: RequestForm) => void): void;
    /** Whether files are among the fields. */
    hasFiles(): boolean;
  }

  /** What a subrequest is, other than a GET without query. */
  interface SubrequestOptions {
    /** The query; nothing unless it is given. */
    args?: StringLike;
    /** The body; that of the request itself unless it is given. */
    body?: StringLike | null;
    /** GET unless it is given. */
    method?: string;
    /** Nobody waits for the answer. */
    detached?: boolean;
  }

  /** A request to a location of http_server: njs's r. */
  interface HTTPRequest {
    /** The query's arguments, percent-decoded; an array where a name occurs more than once. */
    readonly args: Record<string, string | string[]>;
    /** The request's headers, whatever the case of their names. Several of a name are joined, but for those that can be there once. */
    readonly headersIn: Readonly<Record<string, string | undefined>>;
    /** The headers as names and values. */
    readonly rawHeadersIn: [string, string][];
    /** The answer's headers. */
    readonly headersOut: HeadersOut;
    /** The answer's headers as names and values. */
    readonly rawHeadersOut: [string, string][];
    /** GET, POST and so on. */
    readonly method: string;
    /** The path, decoded and normalized, without the query. */
    readonly uri: string;
    /** '1.0' or '1.1'. */
    readonly httpVersion: string;
    /** As 'GET /a?b HTTP/1.1'. */
    readonly requestLine: string;
    /** IP address of the peer. */
    readonly remoteAddress: string;
    /** Whether it is a subrequest, or was redirected internally. */
    readonly internal: boolean;
    /** The request that this subrequest is of. */
    readonly parent?: HTTPRequest;
    /** Variables of nginx's kind. */
    readonly variables: Variables;
    /** The variables as Buffers. */
    readonly rawVariables: { readonly [name: string]: Buffer | undefined };
    /** Names of the variables of js_var. */
    jsVarNames(): string[];
    /** The request's body, in js_content; undefined if it is empty. */
    readonly requestText?: string;
    /** The same as a Buffer. */
    readonly requestBuffer?: Buffer;
    /** Reads the request's body, in js_access, too. */
    readRequestText(): Promise<string>;
    /** The same as bytes. */
    readRequestArrayBuffer(): Promise<ArrayBuffer>;
    /** The same, as the JSON that it is. */
    readRequestJSON(): Promise<any>;
    /** The same, as the form that it is: application/x-www-form-urlencoded or multipart/form-data, of 128 fields unless maxKeys says more. */
    readRequestForm(options?: { maxKeys?: number }): Promise<RequestForm>;
    /** The body of a subrequest's answer. */
    readonly responseText?: string;
    /** The same as a Buffer. */
    readonly responseBuffer?: Buffer;
    /** The answer's status. */
    status: number;
    /** Says that the headers are complete. The answer goes out when the request is finished. */
    sendHeader(): void;
    /** Adds to the answer's body. */
    send(part: StringLike): void;
    /** Ends the answer. */
    finish(): void;
    /** Answers with a status, and a body or, for 301, 302, 303, 307 and 308, a URL. */
    return(status: number, body?: StringLike): void;
    /** Answers with a status and a value as JSON. */
    json(status: number, value: any): void;
    /** Has another location answer: that of a path, or of a name as '@name'. */
    internalRedirect(uri: StringLike): void;
    /** In js_access: no opinion. */
    decline(): void;
    /** Has another location, a stream's playlist or a file answer, for the script to see. */
    subrequest(uri: StringLike, options: SubrequestOptions & { detached: true }): void;
    subrequest(uri: StringLike, options?: SubrequestOptions | string): Promise<HTTPRequest>;
    subrequest(uri: StringLike, options: SubrequestOptions | string, callback: (reply: HTTPRequest) => void): void;
    subrequest(uri: StringLike, callback: (reply: HTTPRequest) => void): void;
    /** What there is to show of the request, for JSON.stringify. */
    toJSON(): object;
    /** Writes to the server's log. */
    log(...message: any[]): void;
    /** Writes to the server's log. */
    warn(...message: any[]): void;
    /** Writes to the server's log. */
    error(...message: any[]): void;
  }
}

/** Tests of scripts, for weir js test. A test sees no server: sessions, the clock and what fetch answers are its own. */
declare module 'weir:test' {
  /** Names a test. What it throws, or rejects with, is its failure. */
  export const test: {
    /** Adds a test. */
    (name: string, run: () => unknown): void;
    /** Names a test that is not run. */
    skip(name: string, run?: () => unknown): void;
  };
  /** Puts tests under a common name. */
  export function describe(name: string, define: () => void): void;
  /** Runs ahead of each test of the group. */
  export function beforeEach(run: () => unknown): void;
  /** Runs after each test of the group. */
  export function afterEach(run: () => unknown): void;

  /** Throws unless something holds. */
  export const assert: {
    /** Throws unless the value is truthy. */
    (value: unknown, message?: string | Error): asserts value;
    /** Throws unless the value is truthy. */
    ok(value: unknown, message?: string | Error): asserts value;
    /** As Object.is compares. */
    equal<T>(actual: unknown, expected: T, message?: string | Error): asserts actual is T;
    /** As Object.is compares. */
    notEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    /** Compares what objects hold, all the way down. */
    deepEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    /** Throws unless the text matches. */
    match(actual: unknown, pattern: RegExp, message?: string | Error): void;
    /** Returns what was thrown, which is of the class, or has a text that matches. */
    throws(run: () => unknown, expected?: RegExp | (new (...args: any[]) => unknown), message?: string | Error): any;
    /** As throws, for a promise. */
    rejects(promise: Promise<unknown> | (() => Promise<unknown>), expected?: RegExp | (new (...args: any[]) => unknown), message?: string | Error): Promise<any>;
    /** Throws. */
    fail(message?: string | Error): never;
  };

  /** What a session is to be: as handlers see it, where not given, of a peer of RTMP at 192.0.2.1. */
  export interface SessionFields {
    /** 'rtmp', unless given. */
    protocol?: string;
    /** '__defaultVhost__', unless given. */
    vhost?: string;
    /** 'live', unless given. */
    app?: string;
    /** 'livestream', unless given. */
    stream?: string;
    /** The raw query, without '?'. */
    query?: string;
    /** Instead of a query. */
    args?: Record<string, string | string[]>;
    /** RTMP: the URL of the connect command. */
    tcUrl?: string;
    /** The page of the player. */
    pageUrl?: string;
    /** RTMP's swfUrl. */
    swfUrl?: string;
    /** What the encoder or player calls itself. */
    flashVer?: string;
    /** HTTP request headers. */
    headersIn?: Record<string, string>;
    /** Those of js_set and js_var. Handlers may assign any. */
    variables?: Record<string, string>;
    /** IP address of the peer. */
    remoteAddress?: string;
    /** Port of the peer. */
    remotePort?: number;
    /** The port that it reached. */
    localPort?: number;
    /** In seconds. */
    duration?: number;
    /** Media received, in bytes. */
    bytesIn?: number;
    /** Media sent, in bytes. */
    bytesOut?: number;
    /** Why the session ended. */
    reason?: string;
  }

  /** What a gate decided. */
  export interface Verdict {
    /** Whether the session is admitted. */
    readonly allowed: boolean;
    /** Whether it is not. */
    readonly denied: boolean;
    /** Of a denial. */
    readonly code?: number;
    /** Of a denial. */
    readonly reason?: string;
    /** Whether the handler had no opinion. */
    readonly declined: boolean;
    /** Where the peer is sent. */
    readonly redirect?: string;
    /** What the app is called from now on. */
    readonly app: string;
    /** What the stream is called from now on. */
    readonly stream: string;
    /** Whether the present publisher is ended. */
    readonly takeover: boolean;
    /** In seconds. */
    readonly recheck?: number;
    /** How many there may be. */
    readonly maxSessions?: number;
    /** Methods that were called, and that the server does not serve yet. */
    readonly unserved: readonly string[];
  }

  /** A session of no peer. Its methods call handlers as the server does; what it was renamed to, and ctx, remain from one to the next. What publish admits is live until unpublish. */
  export interface TestSession {
    /** Its app, as renamed. */
    readonly app: string;
    /** Its stream, as renamed. */
    readonly stream: string;
    /** The script's s.ctx. */
    ctx: any;
    /** What handlers said with s.log, s.warn and s.error. */
    readonly logged: readonly string[];
    /** The reason it was kicked for; undefined if it was not. */
    readonly kicked: string | undefined;
    /** Calls a handler of js_on_connect. */
    connect(handler: weir.Connect): Promise<Verdict>;
    /** Calls a handler of js_on_publish. */
    publish(handler: weir.Publish): Promise<Verdict>;
    /** Calls a handler of js_on_play. */
    play(handler: weir.Play): Promise<Verdict>;
    /** Calls a handler of js_on_update; a denial ends the session. */
    update(handler: weir.Update): Promise<Verdict>;
    /** Calls a handler of js_on_unpublish, with how the session ended. */
    unpublish(handler: weir.Unpublish, how?: Pick<SessionFields, 'reason' | 'duration' | 'bytesIn' | 'bytesOut'>): Promise<unknown>;
    /** Calls a handler of js_on_stop, with how the session ended. */
    stop(handler: weir.Stop, how?: Pick<SessionFields, 'reason' | 'duration' | 'bytesIn' | 'bytesOut'>): Promise<unknown>;
    /** Calls a handler of js_on_close, with how the session ended. */
    close(handler: weir.Close, how?: Pick<SessionFields, 'reason' | 'duration' | 'bytesIn' | 'bytesOut'>): Promise<unknown>;
    /** Calls a handler of js_set. */
    set(handler: weir.Set): Promise<string>;
    /** Calls a handler of js_vhost. */
    vhost(handler: weir.Vhost): Promise<string | void>;
    /** Calls a handler of js_on_metadata. */
    metadata(handler: weir.Metadata, meta: Record<string, any>): Promise<Record<string, any> | void>;
    /** Calls a handler of js_on_hls. */
    hls(handler: weir.Hls, file: weir.MediaFile): Promise<unknown>;
    /** Calls a handler of js_on_dvr. */
    dvr(handler: weir.Dvr, file: weir.MediaFile): Promise<unknown>;
    /** Calls a handler of js_on_forward. */
    forward(handler: weir.Forward): Promise<string[]>;
    /** Calls a handler of js_on_hls_key. */
    hlsKey(handler: weir.HlsKey, key: { seq: number }): Promise<weir.HLSKeyFile>;
    /** Calls a handler of js_playlist_filter. */
    playlistFilter(handler: weir.PlaylistFilter, text: string): Promise<string>;
  }
  /** Makes a session. */
  export function session(fields?: SessionFields): TestSession;

  /** The argument of handlers that are of no session: of js_on_start and its kin. */
  export function vhost(fields?: { name?: string; generation?: number }): weir.VHost & { readonly logged: readonly string[] };

  /** Date, performance.now and timers. The clock is the real one until it is stopped, and again after each test. The server's own, of dictionaries' timeouts, goes on. */
  export const clock: {
    /** In ms, as Date.now(). */
    readonly now: number;
    /** Stops it, at a time. */
    stop(at?: Date | string | number): void;
    /** Has it go on, by ms or '90s', and runs the timers that are due meanwhile. */
    advance(time: number | string): Promise<void>;
    /** Lets the clock be the real one. */
    restore(): void;
  };

  /** What answers a fetch: a Response, a status, a text, or what is sent as JSON. */
  export type Answer = Response | number | string | object;
  /** What fetch, ngx.fetch and jwt come to. Without an answer they fail. */
  export const fetch: {
    /** Answers a URL, all that begin so ('https://api.test/*'), or that match; of one method, if that is ahead ('POST https://api.test/'). The last that fits answers. */
    on(where: string | RegExp, answer: Answer | ((request: Request) => Answer | Promise<Answer>)): void;
    /** What was fetched. */
    readonly calls: readonly { method: string; url: string; headers: Record<string, string>; body: string }[];
    /** Forgets answers and calls. */
    reset(): void;
  };

  /** Declares a zone of ngx.shared, which is empty in each test, as are those of the srs.conf beside the tests. Ahead of the first use of ngx.shared. */
  export function zone(name: string, type?: 'string' | 'number'): void;
}
