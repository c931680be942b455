'use strict';

// fetch, Request and Response (Fetch, 5), and ngx.fetch. Bodies are whole: there
// are no streams.

const { AbortController, isSignal, onAbort } = require('weir:abort');
const { Headers, headersFrom, isImmutable, pairsOf } = require('weir:headers');

// Body is what a Request or a Response carries: text or bytes, to be read once.
class Body {
  #content; // a string, an ArrayBuffer of our own, or null
  #type; // what it is, if the one who made it knows
  #used = false;

  constructor(content) {
    [this.#content, this.#type] = extract(content);
  }

  get type() { return this.#type; }
  get used() { return this.#used; }
  get isNull() { return this.#content === null; }

  take() {
    if (this.#used) throw new TypeError('body stream already read');
    this.#used = this.#content !== null;
    return this.#content ?? '';
  }

  text() { return native.text(this.take()); }
  bytes() {
    const content = this.take();
    return typeof content === 'string' ? native.bytes(content) : content;
  }

  copy() {
    if (this.#used) throw new TypeError('body stream already read');
    const b = new Body(this.#content);
    b.#type = this.#type;
    return b;
  }
}

// extract is the content of a body, and its type (Fetch, 5.2).
function extract(v) {
  if (v === undefined || v === null) return [null, null];
  if (typeof v === 'string') return [v, 'text/plain;charset=UTF-8'];
  if (v instanceof ArrayBuffer) return [v.slice(0), null];
  if (ArrayBuffer.isView(v)) return [v.buffer.slice(v.byteOffset, v.byteOffset + v.byteLength), null];
  if (v instanceof require('url').URLSearchParams) return [String(v), 'application/x-www-form-urlencoded;charset=UTF-8'];
  return [String(v), 'text/plain;charset=UTF-8'];
}

// typed gives headers the type of a body, unless they have one.
function typed(headers, body) {
  if (body.type !== null && !headers.has('content-type')) headers.append('content-type', body.type);
}

const choices = {
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  credentials: ['same-origin', 'omit', 'include'],
  mode: ['no-cors', 'cors', 'same-origin', 'navigate', 'websocket'],
  redirect: ['follow', 'error', 'manual'],
};

function choose(init, name, otherwise) {
  if (init[name] === undefined) return otherwise ?? choices[name][0];
  const wanted = String(init[name]);
  const choice = choices[name].find((c) => c === wanted.toLowerCase());
  if (choice === undefined) throw new TypeError(`unknown ${name} type: ${wanted}`);
  return choice;
}

function methodOf(v) {
  const method = String(v);
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new TypeError('invalid Request method');
  const upper = method.toUpperCase();
  if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError(`forbidden method: ${upper}`);
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method;
}

// urlOf is a URL as it was given, without the space around it, and as it is asked
// for.
function urlOf(input) {
  if (typeof input !== 'string' && (typeof input !== 'object' || input.toString === Object.prototype.toString)) {
    throw new TypeError('input is not string or a Request object');
  }
  const url = String(input).replace(/^[\0- ]+|[\0- ]+$/g, '');
  if (!/^https?:\/\//i.test(url)) throw new TypeError('unsupported URL schema (only http or https are supported)');
  const parsed = require('url').URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') throw new TypeError('invalid url');
  return { url, href: parsed.href };
}

function optionsOf(init) {
  if (init === undefined || init === null) return {};
  if (typeof init !== 'object' && typeof init !== 'function') throw new TypeError('the options are not an object');
  return init;
}

let partsOf; // (request): what there is to send
let carriesBody; // (request)

class Request {
  #url;
  #href;
  #method;
  #headers;
  #body;
  #signal;
  #cache;
  #credentials;
  #mode;
  #redirect;

  constructor(input, options) {
    if (input === undefined) throw new TypeError('1st argument is required');
    const init = optionsOf(options);
    const from = typeof input === 'object' && input !== null && #url in input ? input : null;
    const { url, href } = from ? { url: from.#url, href: from.#href } : urlOf(input);
    this.#url = url;
    this.#href = href;
    this.#method = init.method === undefined ? from?.#method ?? 'GET' : methodOf(init.method);
    this.#cache = choose(init, 'cache', from?.#cache);
    this.#credentials = choose(init, 'credentials', from?.#credentials);
    this.#mode = choose(init, 'mode', from?.#mode);
    this.#redirect = choose(init, 'redirect', from?.#redirect);
    this.#headers = new Headers(init.headers === undefined ? from?.#headers : init.headers);
    this.#signal = signalOf(init.signal === undefined ? from?.#signal : init.signal);
    this.#body = from && (init.body === undefined || init.body === null) ? from.#body.copy() : new Body(init.body);
    if (!from || init.body !== undefined) typed(this.#headers, this.#body);
    if (from && init.body === undefined && !from.#body.isNull) from.#body.take();
  }

  static {
    carriesBody = (r) => !r.#body.isNull;
    partsOf = (r) => ({
      url: r.#href, method: r.#method, headers: pairsOf(r.#headers), redirect: r.#redirect, signal: r.#signal,
      body: r.#body.isNull ? null : r.#body.bytes(),
    });
  }

  get method() { return this.#method; }
  get url() { return this.#url; }
  get headers() { return this.#headers; }
  get cache() { return this.#cache; }
  get credentials() { return this.#credentials; }
  get mode() { return this.#mode; }
  get redirect() { return this.#redirect; }
  get signal() { return this.#signal ??= new AbortController().signal; }
  get body() { return this.#body && null; }
  get bodyUsed() { return this.#body.used; }

  async arrayBuffer() { return this.#body.bytes(); }
  async bytes() { return new Uint8Array(this.#body.bytes()); }
  async json() { return JSON.parse(this.#body.text()); }
  async text() { return this.#body.text(); }

  clone() {
    const body = this.#body.copy();
    const r = new Request(this.#url, {
      method: this.#method, headers: this.#headers, signal: this.#signal, cache: this.#cache,
      credentials: this.#credentials, mode: this.#mode, redirect: this.#redirect,
    });
    r.#body = body;
    return r;
  }
}

function signalOf(v) {
  if (v === undefined || v === null) return null;
  if (!isSignal(v)) throw new TypeError('the signal is not an AbortSignal');
  return v;
}

let answered; // (what the server answered, the request): a Response

class Response {
  #url = '';
  #status = 200;
  #statusText = '';
  #headers;
  #body;
  #type = 'basic';
  #redirected = false;

  constructor(body, options) {
    const init = optionsOf(options);
    if (init.status !== undefined) this.#status = statusOf(init.status);
    if (init.statusText !== undefined) this.#statusText = statusTextOf(init.statusText);
    this.#headers = new Headers(init.headers);
    this.#body = new Body(body);
    if (!this.#body.isNull && [204, 205, 304].includes(this.#status)) {
      throw new TypeError('Response with null body status cannot have body');
    }
    typed(this.#headers, this.#body);
  }

  static {
    answered = (answer, request) => {
      const r = new Response();
      r.#url = answer.redirected ? answer.url : request.url.replace(/#.*$/, '');
      r.#status = answer.status;
      r.#statusText = answer.statusText;
      r.#headers = headersFrom(answer.headers, true);
      r.#body = new Body(answer.body);
      r.#redirected = answer.redirected;
      return r;
    };
  }

  static error() {
    const r = new Response();
    r.#status = 0;
    r.#type = 'error';
    r.#headers = headersFrom([], true);
    return r;
  }

  static json(data, options) {
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('the data is not JSON serializable');
    const r = new Response(text, { ...optionsOf(options), headers: undefined });
    r.#headers = new Headers(optionsOf(options).headers);
    if (!r.#headers.has('content-type')) r.#headers.set('content-type', 'application/json');
    return r;
  }

  static redirect(url, status = 302) {
    if (![301, 302, 303, 307, 308].includes(Number(status))) throw new RangeError(`${status} is no status of a redirect`);
    const location = require('url').URL.parse(String(url));
    if (location === null) throw new TypeError('invalid url');
    const r = new Response(null, { status });
    r.#headers = headersFrom([['location', location.href]], true);
    return r;
  }

  get url() { return this.#url; }
  get status() { return this.#status; }
  get statusText() { return this.#statusText; }
  get ok() { return this.#status >= 200 && this.#status < 300; }
  get headers() { return this.#headers; }
  get type() { return this.#type; }
  get redirected() { return this.#redirected; }
  get body() { return this.#body && null; }
  get bodyUsed() { return this.#body.used; }

  async arrayBuffer() { return this.#body.bytes(); }
  async bytes() { return new Uint8Array(this.#body.bytes()); }
  async json() { return JSON.parse(this.#body.text()); }
  async text() { return this.#body.text(); }

  clone() {
    const r = new Response();
    r.#body = this.#body.copy();
    r.#headers = headersFrom(pairsOf(this.#headers), isImmutable(this.#headers));
    [r.#url, r.#status, r.#statusText] = [this.#url, this.#status, this.#statusText];
    [r.#type, r.#redirected] = [this.#type, this.#redirected];
    return r;
  }
}

function statusOf(v) {
  const status = Math.trunc(Number(v)) || 0;
  if (status < 200 || status > 599) throw new RangeError(`status provided (${status}) is outside of [200, 599] range`);
  return status;
}

function statusTextOf(v) {
  const text = String(v);
  if (/[\0-\x08\n-\x1f\x7f]/.test(text)) throw new TypeError('invalid Response statusText');
  return text;
}

for (const Class of [Request, Response]) {
  for (const key of Object.getOwnPropertyNames(Class.prototype)) {
    if (key !== 'constructor') Object.defineProperty(Class.prototype, key, { enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

// send has the server execute a request.
async function send(request, more) {
  const here = new Error();
  const { signal, ...asked } = partsOf(request);
  signal?.throwIfAborted();
  const id = signal ? native.open() : 0;
  const leave = signal ? onAbort(signal, () => native.abort(id)) : () => {};
  try {
    return answered(await native.fetch(id, { ...asked, ...more }), request);
  } catch (e) {
    throw signal?.aborted ? signal.reason : from(e, here);
  } finally {
    leave();
  }
}

// from gives an exception of the server's the place where it was asked.
function from(e, here) {
  const stack = `${e.name}: ${e.message}${here.stack.slice(here.stack.indexOf('\n'))}`;
  return Object.defineProperty(e, 'stack', { value: stack, writable: true, configurable: true });
}

// fetch is the Web's: it goes where it is redirected to.
async function fetch(input, init) {
  const request = new Request(input, init);
  if (carriesBody(request) && (request.method === 'GET' || request.method === 'HEAD')) {
    throw new TypeError('Request with GET/HEAD method cannot have body');
  }
  return send(request);
}

// ngxFetch is ngx.fetch: njs's, which answers with a redirect as it came, and has
// options of its own.
async function ngxFetch(input, init) {
  const request = new Request(input, init);
  const options = optionsOf(init);
  const more = {};
  if (options.redirect === undefined) more.redirect = 'manual';
  if (options.max_response_body_size !== undefined) more.maxBody = Number(options.max_response_body_size) || 0;
  if (options.verify !== undefined) more.verify = Boolean(options.verify);
  return send(request, more);
}

module.exports = { Request, Response, fetch, ngxFetch };
