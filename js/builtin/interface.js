'use strict';

// asInterface gives classes what Web IDL gives interfaces: members that are
// enumerable, and a name for Object.prototype.toString (Web IDL, 3.7). Where a class
// has parameters that may be left out, a default makes its length that of the Web.
function asInterface(...classes) {
  for (const Class of classes) {
    for (const o of [Class, Class.prototype]) {
      for (const key of Object.getOwnPropertyNames(o)) {
        if (!['constructor', 'prototype', 'length', 'name'].includes(key)) Object.defineProperty(o, key, { enumerable: true });
      }
    }
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
  }
}

// optionsOf is an argument that is a dictionary (Web IDL, 3.2.17).
function optionsOf(init) {
  if (init === undefined || init === null) return {};
  if (typeof init !== 'object' && typeof init !== 'function') throw new TypeError('the options are not an object');
  return init;
}

// showing has console show members of a class as its objects' own; absent ones it
// leaves out.
function showing(Class, ...names) {
  const like = { constructor: Class };
  const show = function () {
    const shown = Object.create(like);
    try {
      for (const name of names) if (this[name] !== undefined) shown[name] = this[name];
    } catch {
      return `[${Class.name}]`; // no object of the class
    }
    return shown;
  };
  Object.defineProperty(Class.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: show, writable: true, configurable: true });
}

module.exports = { asInterface, optionsOf, showing };
