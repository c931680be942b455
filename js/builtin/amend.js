'use strict';

// Where the engine departs from the language, and what web pages still use of it
// (ECMA-262, Annex B). Properties are writable, configurable and not enumerable.

const define = (o, methods) => {
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(o, name, { value, writable: true, configurable: true });
};
const lacking = (o, methods) => {
  for (const name of Object.keys(methods)) if (!Object.hasOwn(o, name)) define(o, { [name]: methods[name] });
};

// Years that have not four digits have a sign and six (21.4.1.32).
const { toISOString, getUTCFullYear, toUTCString, getFullYear, setFullYear, getMonth, getDate, setTime } = Date.prototype;
define(Date.prototype, {
  toISOString() {
    const text = toISOString.call(this);
    const year = getUTCFullYear.call(this);
    if (year >= 0 && year <= 9999) return text;
    return (year < 0 ? '-' : '+') + String(Math.abs(year)).padStart(6, '0') + text.slice(text.indexOf('-', 1));
  },
  toGMTString: toUTCString,
});
lacking(Date.prototype, {
  getYear() { return getFullYear.call(this) - 1900; },
  setYear(year) {
    const n = Math.trunc(Number(year));
    if (Number.isNaN(n)) return setTime.call(this, NaN);
    if (Number.isNaN(getMonth.call(this))) setTime.call(this, new Date(1970, 0).getTime());
    return setFullYear.call(this, n >= 0 && n <= 99 ? n + 1900 : n, getMonth.call(this), getDate.call(this));
  },
});

// A string is an iterable like others (23.2.2.1).
const TypedArray = Object.getPrototypeOf(Uint8Array);
const { from } = TypedArray;
define(TypedArray, {
  from(source, ...rest) { return from.call(this, typeof source === 'string' ? Array.from(source) : source, ...rest); },
});

// accessor defines or replaces one half of an accessor.
const accessor = (o, key, half, f) => {
  if (o === undefined || o === null) throw new TypeError('Cannot convert undefined or null to object');
  if (typeof f !== 'function') throw new TypeError('the accessor is not a function');
  Object.defineProperty(Object(o), key, { [half]: f, enumerable: true, configurable: true });
};
const lookup = (o, key, half) => {
  for (let p = Object(o); p !== null; p = Object.getPrototypeOf(p)) {
    const d = Object.getOwnPropertyDescriptor(p, key);
    if (d !== undefined) return d[half];
  }
};
lacking(Object.prototype, {
  __defineGetter__(key, getter) { accessor(this, key, 'get', getter); },
  __defineSetter__(key, setter) { accessor(this, key, 'set', setter); },
  __lookupGetter__(key) { return lookup(this, key, 'get'); },
  __lookupSetter__(key) { return lookup(this, key, 'set'); },
});

// The tags of HTML: method, tag and attribute (B.2.2).
for (const [name, tag, attribute] of [
  ['anchor', 'a', 'name'], ['big', 'big'], ['blink', 'blink'], ['bold', 'b'], ['fixed', 'tt'], ['fontcolor', 'font', 'color'],
  ['fontsize', 'font', 'size'], ['italics', 'i'], ['link', 'a', 'href'], ['small', 'small'], ['strike', 'strike'], ['sub', 'sub'], ['sup', 'sup'],
]) {
  const wrap = (s, attributes) => {
    if (s === undefined || s === null) throw new TypeError(`String.prototype.${name} called on null or undefined`);
    return `<${tag}${attributes}>${s}</${tag}>`;
  };
  lacking(String.prototype, attribute
    ? { [name](value) { return wrap(this, ` ${attribute}="${String(value).replaceAll('"', '&quot;')}"`); } }
    : { [name]() { return wrap(this, ''); } });
}
