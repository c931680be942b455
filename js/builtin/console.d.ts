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
