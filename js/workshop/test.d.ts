/** Tests of scripts, for weir js test. A test sees no server: sessions, the clock and what fetch answers are its own. */
declare module 'weir:test' {
  /** Names a test. What it throws, or rejects with, is its failure. */
  export const test: {
    (name: string, run: () => unknown): void;
    skip(name: string, run?: () => unknown): void;
  };
  /** Puts tests under a common name. */
  export function describe(name: string, define: () => void): void;
  /** Runs ahead of each test of the group. */
  export function beforeEach(run: () => unknown): void;
  /** Runs after each test of the group. */
  export function afterEach(run: () => unknown): void;

  export const assert: {
    (value: unknown, message?: string | Error): asserts value;
    ok(value: unknown, message?: string | Error): asserts value;
    /** As Object.is compares. */
    equal<T>(actual: unknown, expected: T, message?: string | Error): asserts actual is T;
    notEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    /** Compares what objects hold, all the way down. */
    deepEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    match(actual: unknown, pattern: RegExp, message?: string | Error): void;
    /** Returns what was thrown, which is of the class, or has a text that matches. */
    throws(run: () => unknown, expected?: RegExp | (new (...args: any[]) => unknown), message?: string | Error): any;
    rejects(promise: Promise<unknown> | (() => Promise<unknown>), expected?: RegExp | (new (...args: any[]) => unknown), message?: string | Error): Promise<any>;
    fail(message?: string | Error): never;
  };

  /** What a session is to be: as handlers see it, where not given, of a peer of RTMP at 192.0.2.1. */
  export interface SessionFields {
    protocol?: string;
    vhost?: string;
    app?: string;
    stream?: string;
    /** The raw query, without '?'. */
    query?: string;
    /** Instead of a query. */
    args?: Record<string, string | string[]>;
    tcUrl?: string;
    pageUrl?: string;
    swfUrl?: string;
    flashVer?: string;
    headersIn?: Record<string, string>;
    remoteAddress?: string;
    remotePort?: number;
    localPort?: number;
    /** In seconds. */
    duration?: number;
    bytesIn?: number;
    bytesOut?: number;
    reason?: string;
  }

  /** What a gate decided. */
  export interface Verdict {
    readonly allowed: boolean;
    readonly denied: boolean;
    /** Of a denial. */
    readonly code?: number;
    /** Of a denial. */
    readonly reason?: string;
    readonly declined: boolean;
    readonly redirect?: string;
    /** What the app is called from now on. */
    readonly app: string;
    /** What the stream is called from now on. */
    readonly stream: string;
    readonly takeover: boolean;
    /** In seconds. */
    readonly recheck?: number;
    readonly maxSessions?: number;
    /** Methods that were called, and that the server does not serve yet. */
    readonly unserved: readonly string[];
  }

  /** A session of no peer. Its methods call handlers as the server does; what it was renamed to, and ctx, remain from one to the next. What publish admits is live until unpublish. */
  export interface TestSession {
    readonly app: string;
    readonly stream: string;
    /** The script's s.ctx. */
    ctx: any;
    /** What handlers said with s.log, s.warn and s.error. */
    readonly logged: readonly string[];
    /** The reason it was kicked for; undefined if it was not. */
    readonly kicked: string | undefined;
    connect(handler: weir.Connect): Promise<Verdict>;
    publish(handler: weir.Publish): Promise<Verdict>;
    play(handler: weir.Play): Promise<Verdict>;
    update(handler: weir.Update): Promise<Verdict>;
    unpublish(handler: weir.Unpublish, how?: Pick<SessionFields, 'reason' | 'duration' | 'bytesIn' | 'bytesOut'>): Promise<unknown>;
    stop(handler: weir.Stop, how?: Pick<SessionFields, 'reason' | 'duration' | 'bytesIn' | 'bytesOut'>): Promise<unknown>;
    close(handler: weir.Close, how?: Pick<SessionFields, 'reason' | 'duration' | 'bytesIn' | 'bytesOut'>): Promise<unknown>;
    set(handler: weir.Set): Promise<string>;
    vhost(handler: weir.Vhost): Promise<string | void>;
    metadata(handler: weir.Metadata, meta: Record<string, any>): Promise<Record<string, any> | void>;
    hls(handler: weir.Hls, file: weir.MediaFile): Promise<unknown>;
    dvr(handler: weir.Dvr, file: weir.MediaFile): Promise<unknown>;
    forward(handler: weir.Forward): Promise<string[]>;
    hlsKey(handler: weir.HlsKey, key: { seq: number }): Promise<weir.HLSKeyFile>;
    playlistFilter(handler: weir.PlaylistFilter, text: string): Promise<string>;
  }
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
    restore(): void;
  };

  /** What answers a fetch: a Response, a status, a text, or what is sent as JSON. */
  export type Answer = Response | number | string | object;
  /** What fetch, ngx.fetch and jwt come to. Without an answer they fail. */
  export const fetch: {
    /** Answers a URL, all that begin so ('https://api.test/*'), or that match; of one method, if that is ahead ('POST https://api.test/'). The last that fits answers. */
    on(where: string | RegExp, answer: Answer | ((request: Request) => Answer | Promise<Answer>)): void;
    readonly calls: readonly { method: string; url: string; headers: Record<string, string>; body: string }[];
    reset(): void;
  };

  /** Declares a zone of ngx.shared, which is empty in each test, as are those of the srs.conf beside the tests. Ahead of the first use of ngx.shared. */
  export function zone(name: string, type?: 'string' | 'number'): void;
}
