'use strict';

// The tests of a file, which the runner runs one after another.

const { AssertionError } = require('weir:test/assert');
const { clock } = require('weir:test/clock');
const { answers } = require('weir:fetch');

const cases = [];
let group = { names: [], before: [], after: [] };
let failure; // what the last test threw

function test(name, run) {
  if (typeof run !== 'function') throw new TypeError(`test ${name}: there is no function`);
  cases.push({ name: [...group.names, name].join(' > '), run, group });
}
test.skip = (name) => { cases.push({ name: [...group.names, name].join(' > '), skip: true }); };

function describe(name, define) {
  const outer = group;
  group = { names: [...outer.names, name], before: [], after: [], outer };
  try {
    define();
  } finally {
    group = outer;
  }
}

// around are the callbacks of a group and those around it, outer ones first.
const around = (g, which) => g === undefined ? [] : [...around(g.outer, which), ...g[which]];

module.exports = {
  test,
  describe,
  beforeEach(f) { group.before.push(f); },
  afterEach(f) { group.after.push(f); },

  // list is what there is to run.
  list: () => cases.map(({ name, skip = false }) => ({ name, skip })),

  // run runs the i-th test, in a world that no other has seen.
  async run(i) {
    const { run, group } = cases[i];
    failure = undefined;
    native.reset();
    answers.reset();
    try {
      for (const f of around(group, 'before')) await f();
      await run();
    } catch (e) {
      failure = e;
      throw e;
    } finally {
      for (const f of around(group, 'after').reverse()) await f();
      clock.restore();
    }
  },

  // differs is what the last test expected, and got.
  differs: () => failure instanceof AssertionError && failure.compared ? failure.compared : null,
};
