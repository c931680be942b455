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
