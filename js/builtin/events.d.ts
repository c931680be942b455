/** The exception of the Web's interfaces: its name says what happened. */
declare class DOMException extends Error {
  constructor(message?: string, name?: string | { name?: string; cause?: unknown });
  readonly name: string;
  readonly message: string;
  /** The number that some names had of old; 0 for all others. */
  readonly code: number;
  static readonly INDEX_SIZE_ERR: 1; readonly INDEX_SIZE_ERR: 1;
  static readonly DOMSTRING_SIZE_ERR: 2; readonly DOMSTRING_SIZE_ERR: 2;
  static readonly HIERARCHY_REQUEST_ERR: 3; readonly HIERARCHY_REQUEST_ERR: 3;
  static readonly WRONG_DOCUMENT_ERR: 4; readonly WRONG_DOCUMENT_ERR: 4;
  static readonly INVALID_CHARACTER_ERR: 5; readonly INVALID_CHARACTER_ERR: 5;
  static readonly NO_DATA_ALLOWED_ERR: 6; readonly NO_DATA_ALLOWED_ERR: 6;
  static readonly NO_MODIFICATION_ALLOWED_ERR: 7; readonly NO_MODIFICATION_ALLOWED_ERR: 7;
  static readonly NOT_FOUND_ERR: 8; readonly NOT_FOUND_ERR: 8;
  static readonly NOT_SUPPORTED_ERR: 9; readonly NOT_SUPPORTED_ERR: 9;
  static readonly INUSE_ATTRIBUTE_ERR: 10; readonly INUSE_ATTRIBUTE_ERR: 10;
  static readonly INVALID_STATE_ERR: 11; readonly INVALID_STATE_ERR: 11;
  static readonly SYNTAX_ERR: 12; readonly SYNTAX_ERR: 12;
  static readonly INVALID_MODIFICATION_ERR: 13; readonly INVALID_MODIFICATION_ERR: 13;
  static readonly NAMESPACE_ERR: 14; readonly NAMESPACE_ERR: 14;
  static readonly INVALID_ACCESS_ERR: 15; readonly INVALID_ACCESS_ERR: 15;
  static readonly VALIDATION_ERR: 16; readonly VALIDATION_ERR: 16;
  static readonly TYPE_MISMATCH_ERR: 17; readonly TYPE_MISMATCH_ERR: 17;
  static readonly SECURITY_ERR: 18; readonly SECURITY_ERR: 18;
  static readonly NETWORK_ERR: 19; readonly NETWORK_ERR: 19;
  static readonly ABORT_ERR: 20; readonly ABORT_ERR: 20;
  static readonly URL_MISMATCH_ERR: 21; readonly URL_MISMATCH_ERR: 21;
  static readonly QUOTA_EXCEEDED_ERR: 22; readonly QUOTA_EXCEEDED_ERR: 22;
  static readonly TIMEOUT_ERR: 23; readonly TIMEOUT_ERR: 23;
  static readonly INVALID_NODE_TYPE_ERR: 24; readonly INVALID_NODE_TYPE_ERR: 24;
  static readonly DATA_CLONE_ERR: 25; readonly DATA_CLONE_ERR: 25;
}

interface EventInit { bubbles?: boolean; cancelable?: boolean; composed?: boolean }

/** Something that happened, on its way to the listeners of its target. */
declare class Event {
  constructor(type: string, options?: EventInit);
  static readonly NONE: 0; readonly NONE: 0;
  static readonly CAPTURING_PHASE: 1; readonly CAPTURING_PHASE: 1;
  static readonly AT_TARGET: 2; readonly AT_TARGET: 2;
  static readonly BUBBLING_PHASE: 3; readonly BUBBLING_PHASE: 3;
  readonly type: string;
  readonly target: EventTarget | null;
  /** @deprecated the name of target of old */
  readonly srcElement: EventTarget | null;
  /** The target while the event is dispatched. */
  readonly currentTarget: EventTarget | null;
  readonly eventPhase: number;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly defaultPrevented: boolean;
  /** When the event was made, as performance.now() counts. */
  readonly timeStamp: number;
  readonly isTrusted: boolean;
  cancelBubble: boolean;
  returnValue: boolean;
  composedPath(): EventTarget[];
  stopPropagation(): void;
  /** No other listener is called. */
  stopImmediatePropagation(): void;
  /** Makes dispatchEvent return false, if the event is cancelable. */
  preventDefault(): void;
  /** @deprecated use the constructor */
  initEvent(type: string, bubbles?: boolean, cancelable?: boolean): void;
}

/** An event that carries a value. */
declare class CustomEvent<T = any> extends Event {
  constructor(type: string, options?: EventInit & { detail?: T });
  readonly detail: T;
}

type EventListener = ((event: Event) => void) | { handleEvent(event: Event): void };

interface AddEventListenerOptions {
  capture?: boolean;
  /** The listener is called once at most. */
  once?: boolean;
  /** The listener will not call preventDefault. */
  passive?: boolean;
  /** Removes the listener when it is aborted. */
  signal?: AbortSignal;
}

/** What has listeners. What one throws is logged, and the next is called. */
declare class EventTarget {
  constructor();
  addEventListener(type: string, listener: EventListener | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener(type: string, listener: EventListener | null, options?: boolean | { capture?: boolean }): void;
  /** Calls the listeners; false if one called preventDefault. */
  dispatchEvent(event: Event): boolean;
}
