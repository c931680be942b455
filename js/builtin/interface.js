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

module.exports = { asInterface, optionsOf };
