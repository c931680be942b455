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
