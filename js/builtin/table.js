'use strict';

// How console.table shows rows and columns: as Node does.

const { inspect } = require('weir:inspect');

const most = 1000; // rows

const isObject = (v) => typeof v === 'object' && v !== null;

// rowsOf are the index, and the value, of each row.
function rowsOf(data) {
  if (data instanceof Map) return [...data].map(([k, v], i) => [`${i}`, { Key: k, Values: v }]);
  if (data instanceof Set) return [...data].map((v, i) => [`${i}`, v]);
  return Object.keys(data).map((k) => [k, data[k]]);
}

// table is a text of lines. Values that are no objects stand in a column of their own.
function table(data, columns) {
  const index = data instanceof Map || data instanceof Set ? '(iteration index)' : '(index)';
  const rows = rowsOf(data).slice(0, most);
  const keys = Array.isArray(columns) ? columns.map(String) : [...new Set(rows.flatMap(([, v]) => isObject(v) ? Object.keys(v) : []))];
  const head = [index, ...keys];
  const plain = rows.some(([, v]) => !isObject(v));
  if (plain) head.push('Values');
  const lines = rows.map(([i, v]) => {
    const cells = keys.map((k) => isObject(v) && Object.hasOwn(v, k) ? inspect(v[k], 0) : '');
    return [i, ...cells, ...(plain ? [isObject(v) ? '' : inspect(v)] : [])];
  });
  const widths = head.map((h, i) => Math.max(h.length, ...lines.map((l) => l[i].length)) + 2);
  const rule = (left, between, right) => left + widths.map((w) => '─'.repeat(w)).join(between) + right;
  const line = (cells) => `│${cells.map((c, i) => (' ' + c).padEnd(widths[i])).join('│')}│`;
  return [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...lines.map(line), rule('└', '┴', '┘')].join('\n');
}

module.exports = { table };
