
// Tokens.

const isObject = (v) => typeof v === 'object' && v !== null && !Array.isArray(v);

const units = { s: 1, sec: 1, second: 1, m: 60, min: 60, minute: 60, h: 3600, hour: 3600, d: 86400, day: 86400, w: 604800, week: 604800 };

// seconds reads a span: a number of seconds, or text like '90s', '15m', '1 h', '7 days'.
function seconds(span, name) {
  if (typeof span === 'number' && Number.isFinite(span)) return span;
  const [, n, unit] = /^\s*(-?\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(span) ?? [];
  const each = unit && (units[unit.toLowerCase()] ?? units[unit.toLowerCase().replace(/s$/, '')]);
  if (typeof span !== 'string' || each === undefined) throw new TypeError(`${name} is a number of seconds, or text like '15m'`);
  return n * each;
}

// Signing.

// claimsOf are the payload and what the options add to it.
function claimsOf(payload, options) {
  if (!isObject(payload)) throw new TypeError('the payload of a token is an object');
  const claims = { ...payload };
  if (!options.noTimestamp) claims.iat ??= Math.floor(Date.now() / 1000);
  const from = claims.iat ?? Math.floor(Date.now() / 1000);
  const set = (name, option, value = options[option]) => {
    if (options[option] === undefined) return;
    if (Object.hasOwn(payload, name)) throw new TypeError(`both the payload's ${name} and the option ${option} are there`);
    claims[name] = value;
  };
  set('exp', 'expiresIn', options.expiresIn === undefined ? 0 : Math.floor(from + seconds(options.expiresIn, 'expiresIn')));
  set('nbf', 'notBefore', options.notBefore === undefined ? 0 : Math.floor(from + seconds(options.notBefore, 'notBefore')));
  set('iss', 'issuer');
  set('aud', 'audience');
  set('sub', 'subject');
  set('jti', 'jwtid');
  return claims;
}

// draft is a token without its signature.
function draft(payload, key, options) {
  if (key.type === 'public') throw keyError('a public key does not sign');
  const alg = options.alg ?? options.algorithm ?? options.header?.alg ?? usual(key);
  if (!fits(key, alg)) throw new JwtError(`the key is not for the algorithm ${alg}`, 'ERR_JOSE_ALG_NOT_ALLOWED');
  const kid = options.kid ?? options.keyid ?? options.header?.kid ?? key.kid;
  const header = { typ: 'JWT', ...options.header, alg, ...kid === undefined ? {} : { kid } };
  const parts = [header, claimsOf(payload, options)].map((part) => native.base64url(JSON.stringify(part)));
  return { alg: algorithms[alg], input: parts.join('.') };
}

function signatureOf(a, key, input) {
  if (a.family === 'oct') return native.digest(a.hash, key.bytes, undefined, input);
  try {
    return native.sign(a.scheme, key.bytes, a.hash, input, a.salt);
  } catch (e) {
    throw keyError(e.message);
  }
}

function signSync(payload, key, options = {}) {
  const k = keyOf(key);
  if (k.web) throw keyError('a CryptoKey signs with sign, which gives a promise');
  const { alg, input } = draft(payload, k, options);
  return `${input}.${native.base64url(signatureOf(alg, k, input))}`;
}

async function sign(payload, key, options = {}) {
  const k = keyOf(key);
  if (!k.web) return signSync(payload, key, options);
  const { alg, input } = draft(payload, k, options);
  return `${input}.${native.base64url(await subtle().sign(alg.web, k.web, input))}`;
}

const subtle = () => require('weir:subtle').subtle;

// Verifying.

const malformed = (message) => new JsonWebTokenError(message, 'ERR_JWT_INVALID');

// taken is a token, read and not yet believed.
function taken(token) {
  const parts = typeof token === 'string' ? native.parts(token) : null;
  if (!Array.isArray(parts)) throw malformed('jwt malformed');
  return { header: objectOf(parts[0]), payload: objectOf(parts[1]), signature: parts[2], input: token.slice(0, token.lastIndexOf('.')) };
}

function objectOf(text) {
  let v;
  try {
    v = JSON.parse(text);
  } catch {
    throw malformed('jwt malformed');
  }
  if (!isObject(v)) throw malformed('jwt malformed');
  return v;
}

function checkHeader({ header }, options) {
  const allowed = options.algorithms;
  if (allowed !== undefined && !Array.isArray(allowed)) throw new TypeError('algorithms is an array');
  if (typeof header.alg !== 'string' || algorithms[header.alg] === undefined || (allowed !== undefined && !allowed.includes(header.alg))) {
    throw new JsonWebTokenError(`the algorithm ${header.alg} is not allowed`, 'ERR_JOSE_ALG_NOT_ALLOWED');
  }
  if (header.crit !== undefined) throw new JsonWebTokenError('the token asks for an extension that is not known', 'ERR_JOSE_NOT_SUPPORTED');
}

function checkKey(key, header) {
  if (!fits(key, header.alg)) throw new JsonWebTokenError(`the key is not for the algorithm ${header.alg}`, 'ERR_JOSE_ALG_NOT_ALLOWED');
  if (key.type === 'private') throw keyError('a token is verified with the public key');
}

const invalid = () => new JsonWebTokenError('invalid signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED');

// signed says whether the token has that key's signature.
function signed({ header, signature, input }, key) {
  checkKey(key, header);
  const a = algorithms[header.alg];
  if (a.family === 'oct') return native.equal(signatureOf(a, key, input), signature);
  return native.verify(a.scheme, key.bytes, a.hash, input, a.salt, signature);
}

function signedBySome(token, keys) {
  return keys.some((k) => {
    try {
      return signed(token, keyOf(k));
    } catch (e) {
      if (e instanceof JwtError) return false; // a set may have keys that are not for us
      throw e;
    }
  });
}

// setOf is the set of keys that was given in place of a key; undefined if none was.
function setOf(key) {
  if (!isObject(key)) return undefined;
  const set = key.jwks ?? (Array.isArray(key.keys) ? key : undefined);
  return set instanceof globalThis.URL ? set.href : set;
}

const claim = (name, message, Class = JsonWebTokenError, code = 'ERR_JWT_CLAIM_VALIDATION_FAILED', more = {}) =>
  new Class(message, code, { claim: name, ...more });

function time(payload, name) {
  const t = payload[name];
  if (t !== undefined && !(typeof t === 'number' && Number.isFinite(t))) throw claim(name, `invalid ${name} value`);
  return t;
}

function checkTimes(payload, options) {
  const now = options.clockTimestamp ?? Math.floor(Date.now() / 1000);
  const tolerance = options.clockTolerance === undefined ? 0 : seconds(options.clockTolerance, 'clockTolerance');
  const exp = time(payload, 'exp');
  const nbf = time(payload, 'nbf');
  const iat = time(payload, 'iat');
  const expired = (name, message, at) => claim(name, message, TokenExpiredError, 'ERR_JWT_EXPIRED', { expiredAt: new Date(at * 1000) });
  if (nbf !== undefined && !options.ignoreNotBefore && nbf > now + tolerance) {
    throw claim('nbf', 'jwt not active', NotBeforeError, undefined, { date: new Date(nbf * 1000) });
  }
  if (exp !== undefined && !options.ignoreExpiration && now >= exp + tolerance) throw expired('exp', 'jwt expired', exp);
  if (options.maxAge === undefined) return;
  if (iat === undefined) throw claim('iat', 'iat required when maxAge is specified');
  if (iat > now + tolerance) throw claim('iat', 'iat is in the future');
  const end = iat + seconds(options.maxAge, 'maxAge');
  if (now >= end + tolerance) throw expired('iat', 'maxAge exceeded', end);
}

// matches compares a claim, with text or a pattern, whose state does not count.
function matches(want, have) {
  if (!(want instanceof RegExp)) return want === have;
  return typeof have === 'string' && new RegExp(want.source, want.flags.replace(/[gy]/g, '')).test(have);
}

function checkClaims(payload, options) {
  checkTimes(payload, options);
  checkClaim(payload, 'iss', options, 'issuer');
  checkClaim(payload, 'aud', options, 'audience');
  checkClaim(payload, 'sub', options, 'subject');
  checkClaim(payload, 'jti', options, 'jwtid');
  if (options.requiredClaims === undefined) return;
  for (const name of options.requiredClaims) {
    if (!Object.hasOwn(payload, name)) throw claim(name, `jwt has no ${name}`);
  }
}

function checkClaim(payload, name, options, option) {
  const want = options[option];
  if (want === undefined) return;
  const have = name === 'aud' ? [payload.aud].flat() : [payload[name]];
  if (![want].flat().some((w) => have.some((h) => h !== undefined && matches(w, h)))) throw claim(name, `jwt ${option} invalid`);
}

// believed is what verify answers, when the signature is right.
function believed({ header, payload, signature }, options) {
  checkClaims(payload, options);
  return options.complete ? { header, payload, signature: native.base64url(signature) } : payload;
}

function verifySync(token, key, options = {}) {
  const t = taken(token);
  checkHeader(t, options);
  const set = setOf(key);
  if (typeof set === 'string') throw keyError('keys that are fetched verify with verify, which gives a promise');
  if (set !== undefined) {
    if (!signedBySome(t, someOf(candidates(checkSet(set), t.header)))) throw invalid();
    return believed(t, options);
  }
  const k = keyOf(key);
  if (k.web) throw keyError('a CryptoKey verifies with verify, which gives a promise');
  if (!signed(t, k)) throw invalid();
  return believed(t, options);
}

async function verify(token, key, options = {}) {
  const set = setOf(key);
  const k = set === undefined ? keyOf(key) : {};
  if (typeof set !== 'string' && !k.web) return verifySync(token, key, options);
  const t = taken(token);
  checkHeader(t, options);
  if (k.web) {
    checkKey(k, t.header);
    if (!await subtle().verify(algorithms[t.header.alg].web, k.web, t.signature, t.input)) throw invalid();
  } else if (!signedBySome(t, await published(set, t.header))) {
    throw invalid();
  }
  return believed(t, options);
}

// decode reads a token and believes nothing of it.
function decode(token, options = {}) {
  try {
    const { header, payload, signature } = taken(token);
    return options.complete ? { header, payload, signature: native.base64url(signature) } : payload;
  } catch {
    return null;
  }
}

module.exports = { JsonWebTokenError, JwtError, NotBeforeError, TokenExpiredError, decode, sign, signSync, verify, verifySync };
module.exports.default = module.exports;
