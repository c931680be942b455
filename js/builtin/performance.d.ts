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
