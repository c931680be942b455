'use strict';

// The request of http_server's locations: njs's r.

const { showing } = require('weir:interface');
const headers = require('weir:http/headers');

const redirects = new Set([301, 302, 303, 307, 308]);
const isBytes = (v) => v instanceof ArrayBuffer || ArrayBuffer.isView(v);
const partOf = (v) => v === undefined || v === null ? '' : isBytes(v) ? v : `${v}`;

function statusOf(v) {
  const n = Number(v);
  if (!Number.isInteger(n) || n < 0 || n > 999) throw new RangeError('code is out of range');
  return n;
}

class HTTPRequest {
  #raw;
  #sent = false; // the headers are
  #more = {};    // what was asked for, or made, so far

  constructor(raw) { this.#raw = raw; }

  get method() { return this.#raw.method; }
  get uri() { return this.#raw.uri; }
  get httpVersion() { return this.#raw.httpVersion; }
  get remoteAddress() { return this.#raw.remoteAddress; }
  get internal() { return this.#raw.internal; }
  get parent() { return this.#more.parent; }
  get requestLine() { return `${this.#raw.method} ${this.#raw.target} HTTP/${this.#raw.httpVersion}`; }

  get args() { return this.#more.args ??= argsOf(this.#raw.args()); }
  get headersIn() { return this.#more.headersIn ??= headers.incoming(this.#raw.headers); }
  get rawHeadersIn() { return headers.pairs(this.#raw.headers); }
  get variables() { return this.#raw.variables; }
  get rawVariables() { return this.#more.rawVariables ??= require('weir:variables').raw(this.#raw.variables); }
  jsVarNames() { return require('weir:variables').names(this.#raw.variables); }

  get headersOut() { return this.#out().view; }
  get rawHeadersOut() { return this.#out().pairs(); }

  #out() {
    return this.#more.out ??= headers.outgoing(this.#raw.out, (name, values) => {
      if (this.#sent || this.#raw.phase === 'reply') return;
      if (values.length === 1) this.#raw.header(name, values[0]);
      else this.#raw.header(name, ...values);
    });
  }

  get status() { return this.#more.status ?? this.#raw.status; }
  set status(v) {
    const n = statusOf(v);
    this.#more.status = n;
    if (!this.#sent && this.#raw.phase !== 'reply') this.#raw.setStatus(n);
  }

  sendHeader() {
    this.#ending('sendHeader');
    this.#send();
  }

  // send fixes the headers, and the status.
  #send() {
    this.#more.sentStatus ??= this.status;
    this.#sent = true;
  }

  send(part) {
    this.#ending('send');
    this.#send();
    (this.#more.parts ??= []).push(partOf(part));
  }

  finish() {
    if (!this.#ending('finish')) return;
    const { parts = [], sentStatus = this.status } = this.#more;
    this.#end();
    if (parts.every((p) => typeof p === 'string')) this.#raw.answer(sentStatus, false, parts.join(''));
    else this.#raw.answer(sentStatus, false, ...parts);
  }

  return(status, body) {
    const code = statusOf(status);
    if (!this.#ending('return')) return;
    if (this.#more.parts !== undefined || this.#sent) throw new Error('return: the headers have been sent');
    const part = body === undefined || body === null ? null : redirects.has(code) ? target(body) : partOf(body);
    this.#end();
    if (part === null) this.#raw.answer(code, true);
    else this.#raw.answer(code, true, part);
  }

  json(status, value) {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError('json: the value has no JSON');
    this.headersOut['Content-Type'] = 'application/json';
    this.return(status, text);
  }

  internalRedirect(uri) {
    const to = textOf(uri, 'uri');
    if (to === '') throw new Error('uri is empty');
    if (to[0] !== '@') safe(to);
    if (!this.#ending('internalRedirect')) return;
    this.#end();
    this.#raw.redirect(to);
  }

  decline() {
    if (this.#raw.phase !== 'access') throw new Error('decline: it is for js_access');
    if (!this.#ending('decline')) return;
    this.#end();
    this.#raw.decline();
  }

  // ending says whether the request can be ended yet; where it never can, it throws.
  #ending(method) {
    const { phase } = this.#raw;
    if (phase === 'filter' || phase === 'value') throw new Error(`${method}: not while headers are filtered, or a variable is given its value`);
    if (phase === 'reply') throw new Error(`${method}: the subrequest has been answered`);
    if (this.#more.ended) this.warn(`${method}: the request has been answered`);
    return !this.#more.ended;
  }

  #end() {
    this.#more.ended = true;
    this.#sent = true;
  }

  subrequest(uri, options, callback) {
    if (this.#more.parent !== undefined || this.#raw.phase === 'reply') throw new Error('subrequest can only be created for the primary request');
    if (this.#raw.phase === 'filter' || this.#raw.phase === 'value') throw new Error('subrequest: not while headers are filtered, or a variable is given its value');
    const s = subrequest(uri, options, callback);
    const reply = this.#raw.subrequest(s.method, s.path, s.args, s.body).then((r) => {
      r.#more.parent = this;
      return r;
    });
    if (s.detached) reply.catch((e) => this.error(e));
    else if (s.callback) reply.then(s.callback);
    else return reply;
  }

  get requestText() {
    const b = this.#body();
    return b && headers.text(b);
  }

  get requestBuffer() {
    const b = this.#body();
    return b && require('buffer').Buffer.from(b);
  }

  #body() {
    const raw = this.#raw;
    if (!raw.bodyRead && this.#more.body === undefined) return undefined;
    const b = this.#more.body ??= raw.body ?? (raw.bodySize > 0 ? raw.heldBody() : new ArrayBuffer(0));
    return b.byteLength > 0 ? b : undefined;
  }

  async #read() {
    if (this.#more.body !== undefined) return this.#more.body;
    if (this.#raw.bodyRead) return this.#body() ?? this.#more.body;
    if (this.#more.reading) throw new Error('request body is already being read');
    this.#more.reading = true;
    try {
      return this.#more.body = await this.#raw.readBody();
    } finally {
      this.#more.reading = false;
    }
  }

  async readRequestArrayBuffer() { return (await this.#read()).slice(0); }
  async readRequestText() { return headers.text(await this.#read()); }
  async readRequestJSON() { return JSON.parse(await this.readRequestText()); }

  async readRequestForm(options) {
    const { maxKeys = 128 } = options ?? {};
    const body = await this.#read();
    return this.#more.form ??= require('weir:http/form').parse(this.headersIn['content-type'], body, Number(maxKeys));
  }

  get responseText() {
    const b = this.#raw.response;
    return b === null ? undefined : headers.text(b);
  }

  get responseBuffer() {
    const b = this.#raw.response;
    return b === null ? undefined : require('buffer').Buffer.from(b);
  }

  log(...message) { this.#raw.log(...message.map(shown)); }
  warn(...message) { this.#raw.warn(...message.map(shown)); }
  error(...message) { this.#raw.error(...message.map(shown)); }

  toJSON() { return { ...this[Symbol.for('nodejs.util.inspect.custom')]() }; }

  get [Symbol.toStringTag]() { return 'Request'; }
}

showing(HTTPRequest, 'method', 'uri', 'args', 'httpVersion', 'remoteAddress', 'internal', 'headersIn', 'status', 'headersOut', 'responseText');

// argsOf makes an object of names and values that stand in turns, in their order.
function argsOf(list) {
  const args = {};
  for (let i = 0; i < list.length; i += 2) {
    const [name, value] = [list[i], list[i + 1]];
    const have = Object.hasOwn(args, name) ? args[name] : undefined;
    if (Array.isArray(have)) have.push(value);
    else Object.defineProperty(args, name, { value: have === undefined ? value : [have, value], enumerable: true, configurable: true, writable: true });
  }
  return args;
}

// target is where a redirect leads.
function target(v) {
  const to = textOf(v, 'url');
  if (/[\r\n\0]/.test(to)) throw new TypeError('invalid URL of a redirect');
  return to;
}

const shown = (v) => isBytes(v) ? headers.text(v) : v instanceof HTTPRequest ? require('weir:inspect').inspect(v) : v;

function textOf(v, what) {
  try {
    return isBytes(v) ? headers.text(v) : String(v);
  } catch {
    throw new TypeError(`failed to convert ${what}`);
  }
}

// safe refuses paths that lead upwards or have control characters.
function safe(uri) {
  const [path] = uri.split('?', 1);
  if (uri[0] !== '/' || /[\0-\x1f]/.test(uri) || path.split('/').includes('..')) throw new Error(`unsafe uri "${uri}"`);
}

// subrequest reads the arguments of r.subrequest.
function subrequest(uri, options, callback) {
  const to = textOf(uri, 'uri arg');
  if (to === '') throw new Error('uri is empty');
  safe(to);
  if (typeof options === 'function' && callback === undefined) [options, callback] = [undefined, options];
  if (callback !== undefined && callback !== null && typeof callback !== 'function') throw new TypeError('callback is not a function');
  let { args = '', body, method = 'GET', detached = false } = {};
  if (typeof options === 'string' || isBytes(options)) args = options;
  else if (typeof options === 'object' && options !== null) ({ args = '', body, method = 'GET', detached = false } = options);
  else if (options !== undefined && options !== null) throw new TypeError('failed to convert options');
  if (detached && callback) throw new Error('detached flag and callback are mutually exclusive');
  const [path, query] = split(to);
  const more = textOf(args, 'options.args');
  return {
    path, args: query && more ? `${query}&${more}` : query || more, method: textOf(method, 'options.method'),
    body: body === undefined || body === null ? null : isBytes(body) ? body : textOf(body, 'options.body'), detached: Boolean(detached), callback,
  };
}

function split(uri) {
  const i = uri.indexOf('?');
  return i < 0 ? [uri, ''] : [uri.slice(0, i), uri.slice(i + 1)];
}

exports.wrap = (raw) => new HTTPRequest(raw);
