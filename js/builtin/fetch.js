'use strict';

// fetch (Fetch, 5.6), and ngx.fetch.

const { onAbort } = require('weir:abort');
const { optionsOf } = require('weir:interface');
const { Request, carriesBody, partsOf } = require('weir:request');
const { answered } = require('weir:response');

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
async function fetch(input, init = undefined) {
  const request = new Request(input, init);
  if (carriesBody(request) && (request.method === 'GET' || request.method === 'HEAD')) {
    throw new TypeError('Request with GET/HEAD method cannot have body');
  }
  return send(request);
}

// ngxFetch is ngx.fetch: njs's, which answers with a redirect as it came, and has
// options of its own.
async function ngxFetch(input, init = undefined) {
  const request = new Request(input, init);
  const options = optionsOf(init);
  const more = {};
  if (options.redirect === undefined) more.redirect = 'manual';
  if (options.max_response_body_size !== undefined) more.maxBody = Number(options.max_response_body_size) || 0;
  if (options.verify !== undefined) more.verify = Boolean(options.verify);
  return send(request, more);
}

module.exports = { fetch, ngxFetch };
