// show writes a value so that its kind shows.
function show(v, depth = 0) {
  switch (typeof v) {
    case 'string': return JSON.stringify(v);
    case 'bigint': return `${v}n`;
    case 'symbol': return String(v);
    case 'function': return `function ${v.name}`;
  }
  if (Object.is(v, -0)) return '-0';
  if (v === null || typeof v !== 'object') return String(v);
  if (depth > 4) return '...';
  if (v instanceof Error) return `E<${v.name}: ${v.message}${v.code ? ' ' + v.code : ''}>`;
  if (Array.isArray(v)) {
    const items = Array.from(v, (e, i) => (i in v ? show(e, depth + 1) : '<hole>'));
    for (const k of Object.keys(v)) if (!/^\d+$/.test(k)) items.push(`${k}:${show(v[k], depth + 1)}`);
    return `[${items.join(', ')}]`;
  }
  if (ArrayBuffer.isView(v) && !(v instanceof DataView)) return `${v.constructor.name}(${Array.from(v).join()})`;
  const tag = Object.prototype.toString.call(v);
  return (tag === '[object Object]' ? '' : tag) + `{${Object.keys(v).map((k) => `${k}: ${show(v[k], depth + 1)}`).join(', ')}}`;
}

export async function run(i) {
  try {
    return show(await all[i]());
  } catch (e) {
    return 'THROW ' + (e instanceof Error ? `${e.name}: ${e.message}` : show(e));
  }
}
