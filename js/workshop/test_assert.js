'use strict';

// Assertions. What they throw stands at the place in the test that asked.

const { inspect } = require('weir:inspect');
const { dump } = require('weir:njs').njs;

class AssertionError extends Error {
  constructor(message, compared) {
    super(message);
    this.compared = compared;
  }
}
for (const [key, value] of [['name', 'AssertionError'], ['compared', undefined]]) {
  Object.defineProperty(AssertionError.prototype, key, { value, writable: true, configurable: true });
}

// show is a value over as many lines as it needs.
function show(v) {
  const line = inspect(v, 5);
  return line.length > 72 && typeof v === 'object' ? dump(v, 2) : line;
}

function fail(message, otherwise, ...compared) {
  if (message instanceof Error) throw message;
  const [expected, actual] = compared.map(show);
  throw new AssertionError(message ?? otherwise, compared.length > 0 ? { expected, actual } : undefined);
}

function assert(value, message) {
  if (!value) fail(message, `${inspect(value)} is not truthy`);
}

assert.ok = (value, message) => assert(value, message);
assert.fail = (message) => fail(message, 'failed');
assert.equal = (actual, expected, message) => {
  if (!Object.is(actual, expected)) fail(message, 'not equal', expected, actual);
};
assert.notEqual = (actual, expected, message) => {
  if (Object.is(actual, expected)) fail(message, `both are ${inspect(actual)}`);
};
assert.deepEqual = (actual, expected, message) => {
  if (!alike(actual, expected)) fail(message, 'not deeply equal', expected, actual);
};
assert.match = (actual, pattern, message) => {
  if (typeof actual !== 'string' || !pattern.test(actual)) fail(message, 'does not match', pattern, actual);
};
assert.throws = (run, expected, message) => {
  let thrown;
  try {
    run();
  } catch (e) {
    thrown = { e };
  }
  return caught(thrown, expected, message, 'nothing was thrown');
};
assert.rejects = async (promise, expected, message) => {
  const here = new AssertionError('');
  let thrown;
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (e) {
    thrown = { e };
  }
  try {
    return caught(thrown, expected, message, 'nothing was rejected');
  } catch (e) { // which knows nothing of who asked
    throw e instanceof AssertionError ? placed(here, e) : e;
  }
};

// caught checks an exception by a pattern of its text, or its class.
function caught(thrown, expected, message, otherwise) {
  if (thrown === undefined) fail(message, otherwise);
  const { e } = thrown;
  if (expected instanceof RegExp && !expected.test(String(e))) fail(message, 'another was thrown', expected, String(e));
  if (typeof expected === 'function' && !(e instanceof expected)) fail(message, 'another was thrown', expected, e);
  return e;
}

// alike compares values by what they hold.
function alike(a, b, path = []) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (kind(a) !== kind(b)) return false;
  if (path.some(([x, y]) => x === a && y === b)) return true;
  const deeper = [...path, [a, b]];
  if (a instanceof Date) return Object.is(+a, +b);
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error && (a.name !== b.name || a.message !== b.message)) return false;
  if (a instanceof Map) return alike([...a], [...b], deeper);
  if (a instanceof Set) return a.size === b.size && [...a].every((x) => b.has(x) || [...b].some((y) => alike(x, y, deeper)));
  if (a instanceof ArrayBuffer) return alike(new Uint8Array(a), new Uint8Array(b), deeper);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => Object.hasOwn(b, k) && alike(a[k], b[k], deeper));
}

const kind = (v) => Object.prototype.toString.call(v);

// placed gives an exception of ours the place of who asked, which here knows.
function placed(here, e) {
  const { stack } = here;
  return Object.defineProperty(e, 'stack', { value: `${e}${stack.slice(stack.indexOf('\n'))}`, writable: true, configurable: true });
}

module.exports = { assert, AssertionError, placed };
