'use strict';

// The exceptions of Node's modules: their texts and codes (Node, Errors).

// inspect is loaded by the first error.
const inspect = (v, depth) => require('weir:inspect').inspect(v, depth);

// fault makes an exception with a code.
function fault(Class, code, message) {
  const e = new Class(message);
  e.code = code;
  return e;
}

// invalidType is ERR_INVALID_ARG_TYPE. The expected are names of types in lower
// case, and of classes in upper case.
function invalidType(name, expected, value) {
  const subject = name.endsWith(' argument') ? `The ${name}` : `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  return fault(TypeError, 'ERR_INVALID_ARG_TYPE', `${subject} must be ${kinds([expected].flat())}. Received ${received(value)}`);
}

function kinds(expected) {
  const types = expected.filter((e) => /^[a-z]+$/.test(e));
  const classes = expected.filter((e) => /^[A-Z]\w*$/.test(e));
  const others = expected.filter((e) => !types.includes(e) && !classes.includes(e));
  const parts = [];
  if (types.length > 0) parts.push((types.length > 1 ? 'one of type ' : 'of type ') + either(types));
  if (classes.length > 0) parts.push('an instance of ' + either(classes));
  if (others.length > 0) parts.push(others.length > 1 ? 'one of ' + either(others) : 'an ' + others[0]);
  return parts.join(' or ');
}

function either(l) {
  if (l.length < 3) return l.join(' or ');
  return `${l.slice(0, -1).join(', ')}, or ${l.at(-1)}`;
}

// received says what a value is, when it should have been something else.
function received(v) {
  if (v === undefined || v === null) return `${v}`;
  if (typeof v === 'function') return `function ${v.name}`;
  if (typeof v === 'object') {
    const name = v.constructor?.name;
    return name ? `an instance of ${name}` : inspect(v, -1);
  }
  const text = inspect(v);
  return `type ${typeof v} (${text.length > 28 ? text.slice(0, 25) + '...' : text})`;
}

// outOfRange is ERR_OUT_OF_RANGE: range goes on after "It must be".
function outOfRange(name, range, value) {
  return fault(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${figure(value)}`);
}

// figure shows a number; of large integers the thousands are kept apart.
function figure(v) {
  const large = typeof v === 'bigint' ? v > 2n ** 32n || v < -(2n ** 32n) : Number.isInteger(v) && Math.abs(v) > 2 ** 32;
  if (!large) return inspect(v);
  return String(v).replace(/\d(?=(\d{3})+$)/g, '$&_') + (typeof v === 'bigint' ? 'n' : '');
}

// invalidValue is ERR_INVALID_ARG_VALUE.
function invalidValue(name, value, reason = 'is invalid') {
  const text = inspect(value);
  const kind = name.includes('.') ? 'property' : 'argument';
  return fault(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${kind} '${name}' ${reason}. Received ${text.length > 128 ? text.slice(0, 128) + '...' : text}`);
}

function unknownEncoding(name) {
  return fault(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${typeof name === 'symbol' ? String(name) : name}`);
}

// number, integer and string are checks of arguments.
function number(v, name, min = -Infinity, max = Infinity) {
  if (typeof v !== 'number') throw invalidType(name, 'number', v);
  if (!(v >= min && v <= max)) throw outOfRange(name, between(min, max), v);
}

function integer(v, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof v !== 'number') throw invalidType(name, 'number', v);
  if (!Number.isInteger(v)) throw outOfRange(name, 'an integer', v);
  if (v < min || v > max) throw outOfRange(name, `>= ${min} && <= ${max}`, v);
}

function between(min, max) {
  if (min === -Infinity) return `<= ${max}`;
  return max === Infinity ? `>= ${min}` : `>= ${min} && <= ${max}`;
}

function string(v, name) {
  if (typeof v !== 'string') throw invalidType(name, 'string', v);
}

module.exports = { fault, integer, invalidType, invalidValue, number, outOfRange, received, string, unknownEncoding };
