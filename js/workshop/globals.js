'use strict';

// Globals of scripts that are run as programs, as in njs's shell.

Object.defineProperty(globalThis, 'print', { value(...args) { console.log(...args); }, writable: true, configurable: true });
