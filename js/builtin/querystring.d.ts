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
