// What the language has and the libraries above have not.

interface RegExpConstructor {
  /** The text as a pattern that matches it. */
  escape(text: string): string;
}

interface ErrorConstructor {
  /** Gives an object the stack of its caller, as an own property. */
  captureStackTrace(target: object, constructor?: Function): void;
}

interface ArrayBuffer {
  /** A copy, of another length if one is given; the original keeps its content. */
  transfer(length?: number): ArrayBuffer;
  transferToFixedLength(length?: number): ArrayBuffer;
}

/** A module that is built in, as CommonJS has it. Others are found when scripts are compiled: the name must be a literal there. */
declare function require(module: string): any;
