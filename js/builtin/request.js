'use strict';

// Request (Fetch, 5.4).

const { AbortController, isSignal } = require('weir:abort');
const { Body, typed } = require('weir:body');
const { Headers, pairsOf } = require('weir:headers');
const { asInterface, optionsOf, showing } = require('weir:interface');

const choices = {
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  credentials: ['same-origin', 'omit', 'include'],
  mode: ['no-cors', 'cors', 'same-origin'],
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
  if (typeof input !== 'string' && (typeof input !== 'object' || input === null || input.toString === Object.prototype.toString)) {
    throw new TypeError('input is not string or a Request object');
  }
  const url = String(input).replace(/^[\0- ]+|[\0- ]+$/g, '');
  if (!/^https?:\/\//i.test(url)) throw new TypeError('unsupported URL schema (only http or https are supported)');
  const parsed = require('url').URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') throw new TypeError('invalid url');
  return { url, href: parsed.href };
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

  constructor(input, options = undefined) {
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

asInterface(Request);
showing(Request, 'method', 'url', 'headers', 'bodyUsed', 'mode', 'credentials', 'cache', 'redirect');

module.exports = { Request, carriesBody, partsOf };
