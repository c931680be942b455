'use strict';

// Response (Fetch, 5.5).

const { Body, typed } = require('weir:body');
const { Headers, copied, received } = require('weir:headers');
const { asInterface, optionsOf, showing } = require('weir:interface');

const ours = Symbol('ours'); // what only this file gives to Response's constructor
const bodiless = [204, 205, 304]; // statuses of responses that have no body
let answered; // (what the server answered, the request): a Response

class Response {
  #url = '';
  #status = 200;
  #statusText = '';
  #headers;
  #body;
  #type = 'basic';
  #redirected = false;

  constructor(body = undefined, options = undefined) {
    if (body === ours) return;
    const init = optionsOf(options);
    if (init.status !== undefined) this.#status = statusOf(init.status);
    if (init.statusText !== undefined) this.#statusText = statusTextOf(init.statusText);
    this.#headers = new Headers(init.headers);
    this.#body = new Body(body);
    if (!this.#body.isNull && bodiless.includes(this.#status)) {
      throw new TypeError('Response with null body status cannot have body');
    }
    typed(this.#headers, this.#body);
  }

  static {
    answered = (answer, request) => {
      const r = new Response(ours);
      r.#url = answer.redirected ? answer.url : request.url.replace(/#.*$/, '');
      r.#status = answer.status;
      r.#statusText = answer.statusText;
      r.#headers = received(answer.headers);
      r.#body = new Body(hasBody(request, answer) ? answer.body : null, null);
      r.#redirected = answer.redirected;
      return r;
    };
  }

  static error() {
    const r = new Response(ours);
    r.#status = 0;
    r.#type = 'error';
    r.#headers = received([]);
    r.#body = new Body();
    return r;
  }

  static json(data, options = undefined) {
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
    r.#headers = received([['location', location.href]]);
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
    const r = new Response(ours);
    r.#body = this.#body.copy();
    r.#headers = copied(this.#headers);
    r.#url = this.#url;
    r.#status = this.#status;
    r.#statusText = this.#statusText;
    r.#type = this.#type;
    r.#redirected = this.#redirected;
    return r;
  }
}

function hasBody(request, answer) { return request.method !== 'HEAD' && !bodiless.includes(answer.status); }

function statusOf(v) {
  const status = Math.trunc(Number(v)) || 0;
  if (status < 200 || status > 599) throw new RangeError(`status provided (${status}) is outside of [200, 599] range`);
  return status;
}

function statusTextOf(v) {
  const text = `${v}`;
  if (/[^\t -~\x80-\xff]/.test(text)) throw new TypeError('invalid Response statusText');
  return text;
}

asInterface(Response);
showing(Response, 'status', 'statusText', 'headers', 'bodyUsed', 'ok', 'redirected', 'type', 'url');

module.exports = { Response, answered };
