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
