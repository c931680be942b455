'use strict';

// The numbers in a Buffer: read and write of integers of 1 to 8 bytes and of
// floats, in both orders, and their errors.

const { fault, integer, invalidType, outOfRange } = require('weir:errors');

// outside is the exception of an offset at which there are not enough bytes; last
// is the greatest that would do.
function outside(offset, last, name = 'offset') {
  if (typeof offset !== 'number') return invalidType(name, 'number', offset);
  if (Math.floor(offset) !== offset) return outOfRange(name, 'an integer', offset);
  if (last < 0) return fault(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  return outOfRange(name, `>= ${name === 'offset' ? 0 : 1} and <= ${last}`, offset);
}

// check looks for the first byte and the last: that is faster than the length.
function check(b, offset, size) {
  if (typeof offset !== 'number' || b[offset] === undefined || b[offset + size - 1] === undefined) throw outside(offset, b.length - size);
}

function checkSize(size) {
  if (!(Number.isInteger(size) && size >= 1 && size <= 6)) throw outside(size, 6, 'byteLength');
}

function unsigned(b, offset, size, little) {
  let n = 0;
  if (little) for (let i = offset + size - 1; i >= offset; i--) n = n * 256 + b[i];
  else for (let i = offset; i < offset + size; i++) n = n * 256 + b[i];
  return n;
}

function signed(b, offset, size, little) {
  const n = unsigned(b, offset, size, little);
  const half = 2 ** (size * 8 - 1);
  return n < half ? n : n - 2 * half;
}

// put writes an integer, negative ones in two's complement.
function put(b, value, offset, size, little) {
  let n = Math.trunc(value) || 0;
  if (n < 0) n += 2 ** (size * 8);
  let i = little ? offset : offset + size - 1;
  const step = little ? 1 : -1;
  for (let k = 0; k < size; k++, i += step) {
    b[i] = n; // modulo 256
    n = Math.floor(n / 256);
  }
  return offset + size;
}

// limits are those of integers: least, greatest, and how an error words them.
function limits(size, isSigned) {
  const bits = size * 8;
  const [min, max] = isSigned ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  if (size <= 4) return { min, max, range: `>= ${min} and <= ${max}` };
  return { min, max, range: isSigned ? `>= -(2 ** ${bits - 1}) and < 2 ** ${bits - 1}` : `>= 0 and < 2 ** ${bits}` };
}

const all = {
  signed: [1, 2, 3, 4, 5, 6].map((size) => limits(size, true)),
  unsigned: [1, 2, 3, 4, 5, 6].map((size) => limits(size, false)),
};

function checkValue(value, l) {
  if (value > l.max || value < l.min) throw outOfRange('value', l.range, value);
}

// integers are read and write of one size and order.
function integers(name, size, isSigned, little) {
  const get = isSigned ? signed : unsigned;
  const l = (isSigned ? all.signed : all.unsigned)[size - 1];
  return {
    ['read' + name](offset = 0) { check(this, offset, size); return get(this, offset, size, little); },
    ['write' + name](value, offset = 0) {
      const n = +value;
      checkValue(n, l);
      check(this, offset, size);
      return put(this, n, offset, size, little);
    },
  };
}

// sized are read and write of integers whose size is an argument.
function sized(name, isSigned, little) {
  const get = isSigned ? signed : unsigned;
  const l = isSigned ? all.signed : all.unsigned;
  return {
    ['read' + name](offset, byteLength) {
      if (offset === undefined) throw invalidType('offset', 'number', offset);
      checkSize(byteLength);
      check(this, offset, byteLength);
      return get(this, offset, byteLength, little);
    },
    ['write' + name](value, offset, byteLength) {
      checkSize(byteLength);
      const n = +value;
      checkValue(n, l[byteLength - 1]);
      check(this, offset, byteLength);
      return put(this, n, offset, byteLength, little);
    },
  };
}

const machineLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

// scratch is read and write of what a typed array converts, in the machine's order.
function scratch(name, scratchArray, little, convert) {
  const bytes = new Uint8Array(scratchArray.buffer);
  const size = bytes.length;
  const at = (offset, i) => little === machineLittle ? offset + i : offset + size - 1 - i;
  return {
    ['read' + name](offset = 0) {
      check(this, offset, size);
      for (let i = 0; i < size; i++) bytes[i] = this[at(offset, i)];
      return scratchArray[0];
    },
    ['write' + name](value, offset = 0) {
      scratchArray[0] = convert(value);
      if (Number.isNaN(scratchArray[0])) bytes[machineLittle ? 0 : size - 1] = 0; // Node's NaN among many
      check(this, offset, size);
      for (let i = 0; i < size; i++) this[at(offset, i)] = bytes[i];
      return offset + size;
    },
  };
}

// float is the conversion of floats, which BigInts are not made.
const float = (value) => +value;

// big is the conversion of 64-bit integers, which are BigInts.
function big(isSigned) {
  const bits = isSigned ? 63n : 64n;
  const range = isSigned ? '>= -(2n ** 63n) and < 2n ** 63n' : '>= 0n and < 2n ** 64n';
  return (value) => {
    if (typeof value !== 'bigint') throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
    if (value >= 2n ** bits || value < (isSigned ? -(2n ** bits) : 0n)) throw outOfRange('value', range, value);
    return value;
  };
}

function defineNumbers(proto, define) {
  for (const [order, little] of [['LE', true], ['BE', false]]) {
    for (const bits of [16, 32]) {
      define(proto, integers(`Int${bits}${order}`, bits / 8, true, little));
      defineUnsigned(proto, define, `UInt${bits}${order}`, integers(`UInt${bits}${order}`, bits / 8, false, little));
    }
    define(proto, sized('Int' + order, true, little));
    defineUnsigned(proto, define, 'UInt' + order, sized('UInt' + order, false, little));
    define(proto, scratch('Float' + order, new Float32Array(1), little, float));
    define(proto, scratch('Double' + order, new Float64Array(1), little, float));
    if (!globalThis.BigInt64Array) continue; // taken away in the server's process
    define(proto, scratch('BigInt64' + order, new BigInt64Array(1), little, big(true)));
    defineUnsigned(proto, define, 'BigUInt64' + order, scratch('BigUInt64' + order, new BigUint64Array(1), little, big(false)));
  }
  define(proto, integers('Int8', 1, true, true));
  defineUnsigned(proto, define, 'UInt8', integers('UInt8', 1, false, true));
}

// defineUnsigned defines methods under both spellings: UInt and Uint.
function defineUnsigned(proto, define, name, methods) {
  define(proto, methods);
  const alias = name.replace('UInt', 'Uint');
  define(proto, { ['read' + alias]: methods['read' + name], ['write' + alias]: methods['write' + name] });
}

defineNumbers(require('buffer').Buffer.prototype, (o, methods) => {
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(o, name, { value, writable: true, configurable: true });
});
