'use strict';

// weir:test: tests of scripts, as their authors see it.

const { assert } = require('weir:test/assert');
const { clock } = require('weir:test/clock');
const { session, vhost } = require('weir:test/session');
const { test, describe, beforeEach, afterEach } = require('weir:test/cases');

module.exports = {
  test, describe, beforeEach, afterEach, assert, session, vhost, clock,
  fetch: require('weir:fetch').answers,
  zone: (name, type = 'string') => { native.zone(String(name), String(type)); },
};
