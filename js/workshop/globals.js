'use strict';

// Globals of scripts that are run as programs, as in njs's shell.

const define = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });

define('require', require);
define('print', function print(...args) { console.log(...args); });
