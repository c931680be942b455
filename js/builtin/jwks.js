
// Sets of keys: objects, or fetched from where they are published (RFC 7517, 5).

const minute = 60_000;
const usualAge = 10 * minute; // of a set that does not say
const ageRange = [minute, 24 * 60 * minute];
const grace = 60 * minute; // how long an old set serves when no new one is to be had

const sets = new Map(); // by URL: {keys, asked, until, end}: when it was asked for, and is to be again; when it ends
const pending = new Map(); // by URL: the promise of the next

function checkSet(set) {
  if (typeof set !== 'object' || set === null || !Array.isArray(set.keys) || set.keys.length > 100) {
    throw new JwtError('not a set of keys', 'ERR_JWKS_INVALID');
  }
  return set.keys;
}

// candidates are the keys that a token with that header may be signed with.
function candidates(keys, { kid, alg }) {
  const a = algorithms[alg];
  const kty = { oct: 'oct', RSA: 'RSA', EC: 'EC', Ed25519: 'OKP' }[a?.family];
  return keys.filter((k) => k !== null && typeof k === 'object' && k.kty === kty && (kid === undefined || k.kid === kid) &&
    (a.curve === undefined || k.crv === a.curve) && (k.alg === undefined || algorithms[k.alg] === a) && k.use !== 'enc' &&
    (!Array.isArray(k.key_ops) || k.key_ops.includes('verify'))).slice(0, 16);
}

function someOf(found) {
  if (found.length === 0) throw new JsonWebTokenError('no key of the set is for this token', 'ERR_JWKS_NO_MATCHING_KEY');
  return found;
}

// published finds candidates in a set that is fetched: when there is none that is
// young enough, and for a key that it does not have, at most once a minute.
async function published(url, header) {
  let set = sets.get(url);
  if (set === undefined || Date.now() >= set.until) set = await loaded(url);
  let found = candidates(set.keys, header);
  if (found.length === 0 && Date.now() - set.asked >= minute) {
    set = await loaded(url);
    found = candidates(set.keys, header);
  }
  return someOf(found);
}

// loaded shares a fetch that is under way. That may end with the time of the call
// that began it: then another is begun.
async function loaded(url) {
  const shared = pending.get(url);
  if (shared !== undefined) {
    const set = await shared.catch(() => undefined);
    if (set !== undefined) return set;
  }
  if (!pending.has(url)) {
    const next = load(url).finally(() => pending.delete(url));
    pending.set(url, next);
  }
  return pending.get(url);
}

async function load(url) {
  const old = sets.get(url);
  try {
    const set = await download(url);
    if (sets.size >= 32) sets.clear();
    sets.set(url, set);
    return set;
  } catch (e) {
    const now = Date.now();
    if (old === undefined || now > old.end + grace) throw e;
    const kept = { ...old, asked: now, until: now + minute / 2 };
    sets.set(url, kept);
    return kept;
  }
}

async function download(url) {
  let response;
  let body;
  try {
    response = await globalThis.fetch(url, { headers: { accept: 'application/jwk-set+json, application/json' } });
    body = response.ok ? await response.json() : undefined;
  } catch (cause) {
    throw new JwtError(`keys of ${url}: ${cause.message}`, 'ERR_JWKS_UNAVAILABLE', { cause });
  }
  if (!response.ok) throw new JwtError(`keys of ${url}: status ${response.status}`, 'ERR_JWKS_UNAVAILABLE');
  const now = Date.now();
  const end = now + age(response.headers.get('cache-control'));
  return { keys: checkSet(body), asked: now, until: end, end };
}

// age is how many ms a set is good for.
function age(cacheControl) {
  const [, seconds] = /\bmax-age=(\d+)/.exec(cacheControl ?? '') ?? [];
  const ms = /\bno-(store|cache)\b/.test(cacheControl ?? '') ? 0 : seconds === undefined ? usualAge : seconds * 1000;
  return Math.min(Math.max(ms, ageRange[0]), ageRange[1]);
}
