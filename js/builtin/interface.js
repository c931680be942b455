'use strict';

// asInterface gives classes what Web IDL gives interfaces: members that are
// enumerable, and a name for Object.prototype.toString (Web IDL, 3.7).
function asInterface(...classes) {
  for (const { name, prototype } of classes) {
    for (const key of Object.getOwnPropertyNames(prototype)) {
      if (key !== 'constructor') Object.defineProperty(prototype, key, { enumerable: true });
    }
    Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  }
}

// optionsOf is an argument that is a dictionary (Web IDL, 3.2.17).
function optionsOf(init) {
  if (init === undefined || init === null) return {};
  if (typeof init !== 'object' && typeof init !== 'function') throw new TypeError('the options are not an object');
  return init;
}

module.exports = { asInterface, optionsOf };
