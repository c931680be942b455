'use strict';

module.exports = {
  // finish runs what is registered for the end, and returns the exit code.
  finish() {
    require('weir:njs').exit();
    return Number(require('process').exitCode) || 0;
  },
};
