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
