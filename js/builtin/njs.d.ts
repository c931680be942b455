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
