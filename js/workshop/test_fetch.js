'use strict';

// fetch and ngx.fetch of scripts under test: what the test says answers.

const { onAbort } = require('weir:abort');
const { Request, partsOf } = require('weir:request');
const { Response, answered } = require('weir:response');
const { placed } = require('weir:test/assert');

let routes = []; // {method, url, answer}, the newest first
let calls = [];

const ours = new WeakSet(); // exceptions
function failure(message) {
  const e = new TypeError(message);
  ours.add(e);
  return e;
}

const answers = {
  on(where, answer) {
    const [, method, url] = typeof where === 'string' ? /^(?:([A-Z]+) )?(.*)$/.exec(where) : [];
    routes.unshift({ method, url: url ?? where, answer });
  },
  get calls() { return calls; },
  reset() {
    routes = [];
    calls = [];
  },
};

function matches({ method, url }, request) {
  if (method !== undefined && method !== request.method) return false;
  if (url instanceof RegExp) return url.test(request.url);
  return url.endsWith('*') ? request.url.startsWith(url.slice(0, -1)) : request.url === url || request.url === `${url}/`;
}

// responseOf is what a route answers with: a Response, a status, a text, or what is
// to be sent as JSON.
function responseOf(v) {
  if (v instanceof Response) return v;
  if (typeof v === 'number') return new Response(null, { status: v });
  if (typeof v === 'string') return new Response(v);
  return v === undefined ? new Response() : Response.json(v);
}

async function ask(request) {
  const { url, method, body, headers, signal } = partsOf(request);
  signal?.throwIfAborted();
  const text = await new Response(body).text();
  calls.push({ method, url, headers: Object.fromEntries(headers), body: text });
  const route = routes.find((r) => matches(r, { method, url }));
  if (route === undefined) throw failure(`nothing answers ${method} ${url}: say fetch.on('${url}', …)`);
  const asked = new Request(url, { method, headers, ...(body === null ? {} : { body: text }) });
  const answer = typeof route.answer === 'function' ? route.answer(asked) : route.answer;
  return responseOf(await (signal ? abortable(answer, signal) : answer)).clone();
}

const abortable = (promise, signal) => new Promise((resolve, reject) => {
  onAbort(signal, () => reject(signal.reason));
  Promise.resolve(promise).then(resolve, reject);
});

async function send(request, redirect) {
  let asked = request;
  for (let hops = 0; hops < 20; hops++) {
    const r = await ask(asked);
    const location = r.headers.get('location');
    if (location === null || r.status < 300 || r.status > 399 || redirect === 'manual') {
      return answered({
        url: asked.url, redirected: hops > 0, status: r.status, statusText: r.statusText,
        headers: [...r.headers], body: await r.arrayBuffer(),
      }, request);
    }
    if (redirect === 'error') throw failure('redirected, which redirect: "error" refuses');
    asked = new Request(new URL(location, asked.url).href, { headers: request.headers, signal: request.signal });
  }
  throw failure('too many redirects');
}

// at gives an exception of ours the place of who fetches.
const at = (here, e) => ours.has(e) ? placed(here, e) : e;

module.exports = {
  answers,
  async fetch(input, init) {
    const here = new Error();
    const request = new Request(input, init);
    return send(request, request.redirect).catch((e) => { throw at(here, e); });
  },
  async ngxFetch(input, init) {
    const here = new Error();
    const request = new Request(input, init);
    return send(request, init?.redirect === undefined ? 'manual' : request.redirect).catch((e) => { throw at(here, e); });
  },
};
