'use strict';

// JSON Web Tokens. jwk.js has the algorithms and keys, jwks.js the sets of keys
// that are fetched, jwt.js signs and verifies.

// JwtError is what this module throws; code says what happened.
class JwtError extends Error {
  constructor(message, code, more) {
    super(message);
    Object.assign(this, { code }, more);
  }
}

// JsonWebTokenError and those under it say that a token is not to be trusted.
class JsonWebTokenError extends JwtError {}
class TokenExpiredError extends JsonWebTokenError {}
class NotBeforeError extends JsonWebTokenError {}

for (const Class of [JwtError, JsonWebTokenError, TokenExpiredError, NotBeforeError]) {
  Object.defineProperty(Class.prototype, 'name', { value: Class.name, writable: true, configurable: true });
}

// algorithms are those of RFC 7518, 3.1 and RFC 8037, 3.1. There is no "none".
const algorithms = { __proto__: null };
for (const [bits, curve] of [['256', 'P-256'], ['384', 'P-384'], ['512', 'P-521']]) {
  const hash = `sha${bits}`;
  const web = { hash: `SHA-${bits}` };
  algorithms[`HS${bits}`] = { family: 'oct', hash, web: { name: 'HMAC', ...web } };
  algorithms[`RS${bits}`] = { family: 'RSA', hash, scheme: 'RSASSA-PKCS1-v1_5', web: { name: 'RSASSA-PKCS1-v1_5', ...web } };
  algorithms[`PS${bits}`] = { family: 'RSA', hash, scheme: 'RSA-PSS', salt: bits / 8, web: { name: 'RSA-PSS', saltLength: bits / 8, ...web } };
  algorithms[`ES${bits}`] = { family: 'EC', hash, scheme: 'ECDSA', curve, web: { name: 'ECDSA', namedCurve: curve, ...web } };
}
algorithms.EdDSA = { family: 'Ed25519', scheme: 'Ed25519', web: { name: 'Ed25519' } };
algorithms.Ed25519 = algorithms.EdDSA; // RFC 9864

const keyError = (message) => new JwtError(message, 'ERR_JWT_KEY');

// keyOf is a key as this module keeps it: {family, type, curve, bytes, alg, kid},
// or {web} for a CryptoKey.
function keyOf(key) {
  if (typeof key === 'string') return keyOfText(key);
  if (key instanceof ArrayBuffer || ArrayBuffer.isView(key)) return keyOfBytes(key);
  if (typeof key === 'object' && key !== null) {
    if (key.kty !== undefined) return keyOfJWK(key);
    if (key instanceof require('weir:subtle').CryptoKey) return { web: key, type: key.type };
  }
  throw keyError('a key is a secret, PEM, a JWK, or a CryptoKey');
}

function keyOfBytes(bytes) {
  const b = require('buffer').Buffer.from(bytes instanceof ArrayBuffer ? bytes : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  if (b.toString('latin1', 0, 64).trimStart().startsWith('-----BEGIN')) return keyOfText(b.toString('latin1'));
  return secret(b);
}

// pems are the keys of texts that were read lately.
const pems = new Map();

// keyOfText takes what looks like PEM for a key, and never for a secret: a public
// key is known to those who forge tokens.
function keyOfText(text) {
  if (!text.includes('-----BEGIN')) return secret(text);
  let key = pems.get(text);
  if (key === undefined) {
    key = named(() => native.pem(text), {});
    if (pems.size >= 32) pems.clear();
    pems.set(text, key);
  }
  return key;
}

function secret(bytes) {
  if (bytes.length === 0) throw keyError('the secret is empty');
  return { family: 'oct', type: 'secret', bytes };
}

function keyOfJWK(jwk) {
  if (jwk.kty !== 'oct') return named(() => native.jwk(jwk), jwk);
  let bytes;
  named(() => ({ der: bytes = native.secretOfJWK(jwk.k) }), jwk);
  if (bytes.byteLength === 0) throw keyError('the secret is empty');
  return { family: 'oct', type: 'secret', bytes, alg: jwk.alg, kid: jwk.kid };
}

// named is what a native read, with what a JWK says of it.
function named(read, { alg, kid }) {
  try {
    const { family, type, curve, der } = read();
    return { family, type, curve, bytes: der, alg, kid };
  } catch (e) {
    throw keyError(e.message);
  }
}

// fits says whether a key is for an algorithm: a key's kind decides, so that the
// header of a token cannot have a public key taken for a secret (RFC 8725, 3.1).
function fits(key, alg) {
  const a = algorithms[alg];
  if (a === undefined) return false;
  if (key.web) return fitsWeb(key.web.algorithm, a.web);
  return key.family === a.family && (a.curve === undefined || key.curve === a.curve) && (key.alg === undefined || algorithms[key.alg] === a);
}

function fitsWeb(have, want) {
  return have.name === want.name && (have.hash === undefined || have.hash.name === want.hash) && have.namedCurve === want.namedCurve;
}

// usual is the algorithm for a key where nobody says one.
function usual(key) {
  return key.alg ?? Object.keys(algorithms).find((alg) => fits(key, alg));
}
