/** The base64 of a string of bytes: characters up to U+00FF. */
declare function btoa(binary: string): string;
/** The string of bytes that base64 stands for. */
declare function atob(base64: string): string;

/** Makes text UTF-8. */
declare class TextEncoder {
  readonly encoding: 'utf-8';
  encode(input?: string): Uint8Array;
  /** Writes as many whole characters as fit: how many units of the text were read, and bytes written. */
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}

/** Makes bytes text: UTF-8, UTF-16 or windows-1252, by any of the Encoding Standard's labels of them. */
declare class TextDecoder {
  constructor(label?: string, options?: {
    /** What is malformed throws a TypeError, and is not replaced by U+FFFD. */
    fatal?: boolean;
    /** A byte order mark is kept. */
    ignoreBOM?: boolean;
  });
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** With stream, a character that is not whole is kept for the next call. */
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
