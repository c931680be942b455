declare namespace weir {
  /** What a string is wanted for. */
  type StringLike = string | number | boolean | ArrayBuffer | ArrayBufferView;

  /** Variables of nginx's kind, and those of js_var, which can be written, and of js_set. */
  interface Variables {
    [name: string]: string | undefined;
  }

  /** The headers of an answer, whatever the case of their names. No value, or an empty one, deletes a header. */
  interface HeadersOut {
    /** All cookies that are set. */
    get 'Set-Cookie'(): string[] | undefined;
    set 'Set-Cookie'(values: StringLike | StringLike[] | undefined);
    [name: string]: any;
  }

  /** A file of a form; what it holds is in the body. */
  interface FormFile {
    /** Its name, as the peer calls it. */
    readonly name: string;
  }

  /** The form that was a request's body. */
  interface RequestForm {
    /** The first value of a field; null if there is none. */
    get(name: string): string | FormFile | null;
    /** All values of a field. */
    getAll(name: string): (string | FormFile)[];
    /** Whether there is such a field. */
    has(name: string): boolean;
    /** Calls back for each field, in the form's order. */
    forEach(callback: (value: string | FormFile, name: string, form: RequestForm) => void): void;
    /** Whether files are among the fields. */
    hasFiles(): boolean;
  }

  /** What a subrequest is, other than a GET without query. */
  interface SubrequestOptions {
    /** The query; nothing unless it is given. */
    args?: StringLike;
    /** The body; that of the request itself unless it is given. */
    body?: StringLike | null;
    /** GET unless it is given. */
    method?: string;
    /** Nobody waits for the answer. */
    detached?: boolean;
  }

  /** A request to a location of http_server: njs's r. */
  interface HTTPRequest {
    /** The query's arguments, percent-decoded; an array where a name occurs more than once. */
    readonly args: Record<string, string | string[]>;
    /** The request's headers, whatever the case of their names. Several of a name are joined, but for those that can be there once. */
    readonly headersIn: Readonly<Record<string, string | undefined>>;
    /** The headers as names and values. */
    readonly rawHeadersIn: [string, string][];
    /** The answer's headers. */
    readonly headersOut: HeadersOut;
    /** The answer's headers as names and values. */
    readonly rawHeadersOut: [string, string][];
    /** GET, POST and so on. */
    readonly method: string;
    /** The path, decoded and normalized, without the query. */
    readonly uri: string;
    /** '1.0' or '1.1'. */
    readonly httpVersion: string;
    /** As 'GET /a?b HTTP/1.1'. */
    readonly requestLine: string;
    /** IP address of the peer. */
    readonly remoteAddress: string;
    /** Whether it is a subrequest, or was redirected internally. */
    readonly internal: boolean;
    /** The request that this subrequest is of. */
    readonly parent?: HTTPRequest;
    /** Variables of nginx's kind. */
    readonly variables: Variables;
    /** The variables as Buffers. */
    readonly rawVariables: { readonly [name: string]: Buffer | undefined };
    /** Names of the variables of js_var. */
    jsVarNames(): string[];
    /** The request's body, in js_content; undefined if it is empty. */
    readonly requestText?: string;
    /** The same as a Buffer. */
    readonly requestBuffer?: Buffer;
    /** Reads the request's body, in js_access, too. */
    readRequestText(): Promise<string>;
    /** The same as bytes. */
    readRequestArrayBuffer(): Promise<ArrayBuffer>;
    /** The same, as the JSON that it is. */
    readRequestJSON(): Promise<any>;
    /** The same, as the form that it is: application/x-www-form-urlencoded or multipart/form-data, of 128 fields unless maxKeys says more. */
    readRequestForm(options?: { maxKeys?: number }): Promise<RequestForm>;
    /** The body of a subrequest's answer. */
    readonly responseText?: string;
    /** The same as a Buffer. */
    readonly responseBuffer?: Buffer;
    /** The answer's status. */
    status: number;
    /** Says that the headers are complete. The answer goes out when the request is finished. */
    sendHeader(): void;
    /** Adds to the answer's body. */
    send(part: StringLike): void;
    /** Ends the answer. */
    finish(): void;
    /** Answers with a status, and a body or, for 301, 302, 303, 307 and 308, a URL. */
    return(status: number, body?: StringLike): void;
    /** Answers with a status and a value as JSON. */
    json(status: number, value: any): void;
    /** Has another location answer: that of a path, or of a name as '@name'. */
    internalRedirect(uri: StringLike): void;
    /** In js_access: no opinion. */
    decline(): void;
    /** Has another location, a stream's playlist or a file answer, for the script to see. */
    subrequest(uri: StringLike, options: SubrequestOptions & { detached: true }): void;
    subrequest(uri: StringLike, options?: SubrequestOptions | string): Promise<HTTPRequest>;
    subrequest(uri: StringLike, options: SubrequestOptions | string, callback: (reply: HTTPRequest) => void): void;
    subrequest(uri: StringLike, callback: (reply: HTTPRequest) => void): void;
    /** What there is to show of the request, for JSON.stringify. */
    toJSON(): object;
    /** Writes to the server's log. */
    log(...message: any[]): void;
    /** Writes to the server's log. */
    warn(...message: any[]): void;
    /** Writes to the server's log. */
    error(...message: any[]): void;
  }
}
