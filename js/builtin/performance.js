'use strict';

// performance (High Resolution Time, 7): a clock that is never set.

class Performance {
  get timeOrigin() { return native.timeOrigin(); }
  now() { return native.now(); }
  toJSON() { return { timeOrigin: this.timeOrigin }; }
}

for (const key of ['timeOrigin', 'now', 'toJSON']) Object.defineProperty(Performance.prototype, key, { enumerable: true });
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { value: 'Performance', configurable: true });

module.exports = { performance: new Performance() };
