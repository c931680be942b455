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
