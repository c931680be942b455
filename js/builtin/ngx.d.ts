/** A dictionary that all scripts share: js_shared_dict_zone. */
interface SharedDict<T extends string | number = any> {
  /** The zone's name. */
  readonly name: string;
  /** What its values are. */
  readonly type: 'string' | 'number';
  /** The zone's size in bytes. */
  readonly capacity: number;
  /** Sets the value if the key is not there; whether it did. The timeout is in ms, for zones declared with one. */
  add(key: string, value: T, timeout?: number): boolean;
  /** Sets the value. */
  set(key: string, value: T, timeout?: number): this;
  /** Sets the value if the key is there; whether it did. */
  replace(key: string, value: T, timeout?: number): boolean;
  /** Adds to a number, which is init (0) where the key is not there, and returns the sum. The entry's time begins anew. */
  incr(key: string, delta: number, init?: number, timeout?: number): number;
  /** The value; undefined if the key is not there. */
  get(key: string): T | undefined;
  /** Whether the key is there. */
  has(key: string): boolean;
  /** Deletes the key; whether it was there. */
  delete(key: string): boolean;
  /** Deletes the key and returns its value. */
  pop(key: string): T | undefined;
  /** The ms that the entry has left. */
  ttl(key: string): number | undefined;
  /** Up to max (1024) keys, in no particular order. */
  keys(max?: number): string[];
  /** Up to max (1024) keys with their values. */
  items(max?: number): [string, T][];
  /** How many entries there are. */
  size(): number;
  /** Deletes all entries. */
  clear(): void;
  /** The bytes of pages that are free. */
  freeSpace(): number;
}

/** The zone is full: thrown by add, set, replace and incr. */
declare class SharedMemoryError extends Error {}

/** What there is beside a request, by the names of njs. */
declare const ngx: {
  /** The level of errors, for log. */
  readonly ERR: 4;
  /** The level of warnings. */
  readonly WARN: 5;
  /** The level of information. */
  readonly INFO: 7;
  /** Writes to the server's log. */
  log(level: number, message: any): void;
  /** fetch as njs has it: a redirect is an answer like any other. buffer_size has no effect. */
  fetch(input: string | URL | Request, init?: RequestInit & { buffer_size?: number; max_response_body_size?: number; verify?: boolean }): Promise<Response>;
  /** The server's version: '1.2.3'. */
  readonly version: string;
  /** 1002003 for 1.2.3. */
  readonly version_number: number;
  /** The working directory, ending in '/'. */
  readonly prefix: string;
  /** The configuration file's directory, ending in '/'. */
  readonly conf_prefix: string;
  /** The path of the configuration file. */
  readonly conf_file_path: string;
  /** The path of the log; empty where that is standard error. */
  readonly error_log_path: string;
  /** nginx's name of a build: always empty. */
  readonly build: string;
  /** nginx's number of a process: always 0. */
  readonly worker_id: number;
  /** Tells the VMs of a server apart. */
  readonly engine_id: number;
  /** The dictionaries by the names of their zones. */
  readonly shared: { readonly [zone: string]: SharedDict };
};
