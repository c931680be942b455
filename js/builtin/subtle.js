
// The kinds of keys.

const secretOnly = (...usages) => ({ secret: usages, public: [], private: [] });
const signing = { secret: [], public: ['verify'], private: ['sign'] };
const agreeing = { secret: [], public: [], private: ['deriveKey', 'deriveBits'] };
const encrypting = secretOnly('encrypt', 'decrypt', 'wrapKey', 'unwrapKey');
const deriving = secretOnly('deriveKey', 'deriveBits');

// kinds says of each algorithm what family its keys are of, what the usages of
// their types are, and what JWK calls it, which may depend on the key.
const hashNumbers = { 'SHA-1': '1', 'SHA-256': '256', 'SHA-384': '384', 'SHA-512': '512' };
const byHash = (prefix) => ({ hash }) => hashNumbers[hash.name] && prefix + hashNumbers[hash.name];
const byLength = (mode) => ({ length }) => `A${length}${mode}`;
const kinds = {
  'RSASSA-PKCS1-v1_5': { family: 'RSA', usages: signing, jwk: byHash('RS') },
  'RSA-PSS': { family: 'RSA', usages: signing, jwk: byHash('PS') },
  'RSA-OAEP': {
    family: 'RSA', use: 'enc', usages: { secret: [], public: ['encrypt', 'wrapKey'], private: ['decrypt', 'unwrapKey'] },
    jwk: (a) => a.hash.name === 'SHA-1' ? 'RSA-OAEP' : byHash('RSA-OAEP-')(a),
  },
  'ECDSA': { family: 'EC', usages: signing },
  'ECDH': { family: 'EC', use: 'enc', usages: agreeing },
  'Ed25519': { family: 'Ed25519', usages: signing, jwk: () => 'Ed25519' },
  'X25519': { family: 'X25519', use: 'enc', usages: agreeing },
  'AES-CBC': { family: 'AES', use: 'enc', usages: encrypting, jwk: byLength('CBC') },
  'AES-CTR': { family: 'AES', use: 'enc', usages: encrypting, jwk: byLength('CTR') },
  'AES-GCM': { family: 'AES', use: 'enc', usages: encrypting, jwk: byLength('GCM') },
  'AES-KW': { family: 'AES', use: 'enc', usages: secretOnly('wrapKey', 'unwrapKey'), jwk: byLength('KW') },
  'HMAC': { family: 'HMAC', usages: secretOnly('sign', 'verify'), jwk: byHash('HS') },
  'HKDF': { family: 'KDF', usages: deriving },
  'PBKDF2': { family: 'KDF', usages: deriving },
};

const curves = ['P-256', 'P-384', 'P-521'];

function checkCurve(algorithm) {
  if (algorithm.namedCurve !== undefined && !curves.includes(algorithm.namedCurve)) {
    throw dom('NotSupportedError', `Unrecognized namedCurve: ${algorithm.namedCurve}`);
  }
}

function checkUsages(usages, allowed) {
  for (const u of usages) {
    if (!allowed.includes(u)) throw dom('SyntaxError', `Unsupported key usage: ${u}`);
  }
}

function checkSome(type, usages) {
  if (type !== 'public' && usages.length === 0) throw dom('SyntaxError', 'Usages cannot be empty for this key');
}

// Keys that are made.

async function generate(algorithm, extractable, usages) {
  const { family, usages: allowed } = kinds[algorithm.name];
  checkUsages(usages, [...allowed.secret, ...allowed.public, ...allowed.private]);
  checkCurve(algorithm);
  if (family === 'AES' || family === 'HMAC') return generateSecret(algorithm, family, extractable, usages);
  if (family === 'RSA' && Array.from(algorithm.publicExponent).join().replace(/^(0,)+/, '') !== '1,0,1') {
    throw dom('OperationError', 'RSA keys are made with the public exponent 65537');
  }
  const kept = usages.filter((u) => allowed.private.includes(u));
  checkSome('private', kept);
  const pair = family === 'RSA' ? await go('generateRSA', algorithm.modulusLength) : go('generateKey', family, algorithm.namedCurve);
  const full = keyAlgorithm(algorithm, pair.public);
  return {
    publicKey: new CryptoKey(seal, 'public', true, full, usages.filter((u) => allowed.public.includes(u)), pair.public.der),
    privateKey: new CryptoKey(seal, 'private', extractable, full, kept, pair.private.der),
  };
}

function generateSecret(algorithm, family, extractable, usages) {
  const length = algorithm.length ?? hashBits[algorithm.hash.name];
  if (family === 'AES' && ![128, 192, 256].includes(length)) throw dom('OperationError', 'AES keys are of 128, 192 or 256 bits');
  if (length === 0 || length > 8 * 65536) throw dom('OperationError', 'HMAC keys are of 1 bit to 64 KB');
  checkSome('secret', usages);
  const bytes = truncated(go('random', Math.ceil(length / 8)), length);
  return new CryptoKey(seal, 'secret', extractable, { name: algorithm.name, length, ...algorithm.hash && { hash: algorithm.hash } }, usages, bytes);
}

// truncated is the first bits of bytes; what is left of the last byte is zero.
function truncated(bytes, length) {
  const out = new Uint8Array(bytes.slice(0, Math.ceil(length / 8)));
  if (length % 8 !== 0) out[out.length - 1] &= 0xff << (8 - length % 8);
  return out.buffer;
}

// keyAlgorithm is the algorithm object of a key pair's halves.
function keyAlgorithm(algorithm, key) {
  switch (key.family) {
    case 'RSA':
      return { name: algorithm.name, modulusLength: key.bits, publicExponent: new Uint8Array(key.exponent), hash: algorithm.hash };
    case 'EC':
      return { name: algorithm.name, namedCurve: key.curve };
  }
  return { name: algorithm.name };
}

// Keys that come and go.

function importAny(format, data, algorithm, extractable, usages) {
  checkCurve(algorithm);
  const kind = kinds[algorithm.name];
  const secret = ['AES', 'HMAC', 'KDF'].includes(kind.family);
  const key = secret ? importSecret(kind, format, data, algorithm, extractable, usages) : importHalf(kind, format, data, algorithm, extractable, usages);
  checkSome(key.type, usages);
  return key;
}

const unsupportedFormat = (format, name) => dom('NotSupportedError', `Unable to import or export ${name} keys as ${format}`);

function importHalf(kind, format, data, algorithm, extractable, usages) {
  if (format === 'raw' && kind.family === 'RSA') throw unsupportedFormat(format, algorithm.name);
  const type = format === 'pkcs8' || (format === 'jwk' && data.d !== undefined) ? 'private' : 'public';
  checkUsages(usages, kind.usages[type]);
  if (format === 'jwk') {
    checkJWK(data, { EC: 'EC', RSA: 'RSA' }[kind.family] ?? 'OKP', kind.use ?? 'sig', extractable, usages);
    checkJWKAlgorithm(data, kind, algorithm);
  }
  const key = go('importKey', format, kind.family, algorithm.namedCurve, data);
  return new CryptoKey(seal, type, extractable, keyAlgorithm(algorithm, key), usages, key.der);
}

function importSecret(kind, format, data, algorithm, extractable, usages) {
  checkUsages(usages, kind.usages.secret);
  if (format !== 'raw' && (format !== 'jwk' || kind.family === 'KDF')) throw unsupportedFormat(format, algorithm.name);
  if (kind.family === 'KDF' && extractable) throw dom('SyntaxError', `${algorithm.name} keys are not extractable`);
  let bytes = data;
  if (format === 'jwk') {
    checkJWK(data, 'oct', kind.use ?? 'sig', extractable, usages);
    bytes = go('secretOfJWK', data.k);
  }
  const bits = 8 * bytes.byteLength;
  const full = { name: algorithm.name };
  if (kind.family === 'AES') {
    if (![128, 192, 256].includes(bits)) throw dom('DataError', 'Invalid key length');
    full.length = bits;
  } else if (kind.family === 'HMAC') {
    const length = algorithm.length ?? bits;
    if (bits === 0 || length > bits || length <= bits - 8) throw dom('DataError', 'Invalid key length');
    bytes = truncated(bytes, length);
    Object.assign(full, { hash: algorithm.hash, length });
  }
  if (format === 'jwk' && data.alg !== undefined && data.alg !== kind.jwk(full)) throw dom('DataError', 'JWK "alg" does not match the algorithm');
  return new CryptoKey(seal, 'secret', extractable, full, usages, bytes);
}

// checkJWK is what all imports of a JWK look at (RFC 7517, 4).
function checkJWK(jwk, kty, use, extractable, usages) {
  if (jwk.kty !== kty) throw dom('DataError', 'Invalid JWK "kty" Parameter');
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw dom('DataError', 'Invalid JWK "use" Parameter');
  if (jwk.key_ops !== undefined) {
    const ops = jwk.key_ops;
    if (!Array.isArray(ops) || new Set(ops).size !== ops.length || usages.some((u) => !ops.includes(u))) {
      throw dom('DataError', 'Key operations and usage mismatch');
    }
  }
  if (jwk.ext === false && extractable) throw dom('DataError', 'JWK "ext" Parameter and extractable mismatch');
}

const ecdsaNames = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };

function checkJWKAlgorithm(jwk, kind, algorithm) {
  if (kind.family === 'EC' && jwk.crv !== algorithm.namedCurve) throw dom('DataError', 'JWK "crv" does not match the algorithm');
  if (jwk.alg === undefined) return;
  let known = [jwk.alg];
  if (kind.jwk) known = [kind.jwk(algorithm)];
  if (algorithm.name === 'ECDSA') known = [ecdsaNames[algorithm.namedCurve]];
  if (algorithm.name === 'Ed25519') known = ['Ed25519', 'EdDSA'];
  if (!known.includes(jwk.alg)) throw dom('DataError', 'JWK "alg" does not match the algorithm');
}

// inOrder gives the members of a JWK the order that Node.js has.
function inOrder(fields) {
  const out = {};
  for (const name of ['kty', 'n', 'e', 'x', 'y', 'crv', 'd', 'p', 'q', 'dp', 'dq', 'qi']) {
    if (fields[name] !== undefined) out[name] = fields[name];
  }
  return out;
}

function exportAny(format, key) {
  const { type, extractable, algorithm, usages, bytes } = inside(key);
  const { family, jwk } = kinds[algorithm.name];
  if (family === 'KDF') throw dom('NotSupportedError', `${algorithm.name} keys cannot be exported`);
  if (!extractable) throw dom('InvalidAccessError', 'key is not extractable');
  if (format === 'jwk') {
    const fields = type === 'secret' ? { kty: 'oct', k: go('base64url', bytes) } : inOrder(go('exportJWK', bytes, type === 'private'));
    const alg = jwk?.(algorithm);
    if (alg !== undefined) fields.alg = alg;
    return { key_ops: [...usages], ext: extractable, ...fields };
  }
  if (type === 'secret' && format === 'raw') return bytes.slice(0);
  const wanted = format === 'pkcs8' ? 'private' : 'public';
  if (type === 'secret' || (format === 'raw' && family === 'RSA')) throw unsupportedFormat(format, algorithm.name);
  if (type !== wanted) throw dom('InvalidAccessError', `a ${type} key cannot be exported as ${format}`);
  return format === 'raw' ? go('exportRaw', bytes) : bytes.slice(0);
}

// Keys that are used.

// use checks that a key is for an algorithm and a usage.
function use(key, algorithm, usage) {
  const k = inside(key);
  if (k.algorithm.name !== algorithm.name) throw dom('InvalidAccessError', 'key algorithm mismatch');
  if (!k.usages.includes(usage)) throw dom('InvalidAccessError', `key does not support the usage "${usage}"`);
  return k;
}

const tagLengths = [32, 64, 96, 104, 112, 120, 128];

function cipher(encrypt, algorithm, key, data) {
  switch (algorithm.name) {
    case 'AES-CBC': return go('cbc', encrypt, key.bytes, algorithm.iv, data, true);
    case 'AES-CTR': return go('ctr', key.bytes, algorithm.counter, algorithm.length, 0, data);
    case 'AES-GCM': {
      const tagLength = algorithm.tagLength ?? 128;
      if (!tagLengths.includes(tagLength)) throw dom('OperationError', `${tagLength} bits is no length of an AES-GCM tag`);
      return go('gcm', encrypt, key.bytes, algorithm.iv, data, algorithm.additionalData, tagLength / 8);
    }
    case 'AES-KW': return go('kw', encrypt, key.bytes, data);
  }
  if (key.type !== (encrypt ? 'public' : 'private')) throw dom('InvalidAccessError', `a ${key.type} key cannot do this`);
  return go('oaep', encrypt, key.bytes, goHash(key.algorithm.hash), algorithm.label, data);
}

const mac = (key, data) => go('digest', goHash(key.algorithm.hash), key.bytes, undefined, data);

const signatureHash = (algorithm, key) => algorithm.name === 'Ed25519' ? undefined : goHash(algorithm.hash ?? key.algorithm.hash);

function derive(algorithm, key, length) {
  if (algorithm.public !== undefined) return agreed(algorithm, key, length);
  if (length === null || length % 8 !== 0) throw dom('OperationError', 'length must be a multiple of 8');
  const hash = goHash(algorithm.hash);
  if (algorithm.name === 'HKDF') return go('hkdf', hash, key.bytes, algorithm.salt, algorithm.info, length / 8);
  if (algorithm.iterations === 0) throw dom('OperationError', 'iterations cannot be zero');
  return go('pbkdf2', hash, key.bytes, algorithm.salt, algorithm.iterations, length / 8);
}

function agreed(algorithm, key, length) {
  const peer = inside(algorithm.public);
  if (key.type !== 'private') throw dom('InvalidAccessError', 'baseKey must be a private key');
  if (peer.type !== 'public') throw dom('InvalidAccessError', 'algorithm.public must be a public key');
  if (peer.algorithm.name !== algorithm.name || peer.algorithm.namedCurve !== key.algorithm.namedCurve) {
    throw dom('InvalidAccessError', 'the keys are of different kinds');
  }
  const secret = go('agree', key.bytes, peer.bytes);
  if (length === null) return secret;
  if (length > 8 * secret.byteLength) throw dom('OperationError', 'derived bit length is too small');
  return truncated(secret, length);
}

// keyLength is how many bits deriveKey is to derive.
function keyLength(algorithm) {
  if (algorithm.name === 'HKDF' || algorithm.name === 'PBKDF2') return null;
  if (algorithm.name === 'HMAC') {
    if (algorithm.length === 0) throw new TypeError('algorithm.length cannot be zero');
    return algorithm.length ?? hashBits[algorithm.hash.name];
  }
  if (![128, 192, 256].includes(algorithm.length)) throw dom('OperationError', 'AES keys are of 128, 192 or 256 bits');
  return algorithm.length;
}

// jwkOf is a JSON Web Key as natives take it: its members, which are text.
function jwkOf(v) {
  if (typeof v !== 'object' || v === null || v instanceof ArrayBuffer || ArrayBuffer.isView(v)) throw new TypeError('a JWK is an object');
  const out = {};
  for (const name of ['kty', 'use', 'alg', 'crv', 'x', 'y', 'd', 'n', 'e', 'p', 'q', 'dp', 'dq', 'qi', 'k']) {
    if (v[name] !== undefined) out[name] = `${v[name]}`;
  }
  if (v.key_ops !== undefined) out.key_ops = sequence(v.key_ops, 'key_ops');
  if (v.oth !== undefined) out.oth = true;
  if (v.ext !== undefined) out.ext = Boolean(v.ext);
  return out;
}

const keyData = (format, data) => format === 'jwk' ? jwkOf(data) : bytesOf(data, 'keyData');

function keyArgument(key) {
  if (!isKey(key)) throw new TypeError('key is not a CryptoKey');
  return key;
}

// need refuses calls with too few arguments (Web IDL).
function need(args, n, method) {
  if (args.length < n) throw new TypeError(`SubtleCrypto.${method} needs ${n} arguments, got ${args.length}`);
}

class SubtleCrypto {
  constructor(sealed = undefined) {
    if (sealed !== seal) throw new TypeError('Illegal constructor');
  }

  async digest(algorithm, data) {
    need(arguments, 2, 'digest');
    return go('digest', goHash(normalize('digest', algorithm)), undefined, undefined, bytesOf(data));
  }

  async encrypt(algorithm, key, data) {
    need(arguments, 3, 'encrypt');
    const a = normalize('encrypt', algorithm);
    const bytes = bytesOf(data);
    return cipher(true, a, use(keyArgument(key), a, 'encrypt'), bytes);
  }

  async decrypt(algorithm, key, data) {
    need(arguments, 3, 'decrypt');
    const a = normalize('decrypt', algorithm);
    const bytes = bytesOf(data);
    return cipher(false, a, use(keyArgument(key), a, 'decrypt'), bytes);
  }

  async sign(algorithm, key, data) {
    need(arguments, 3, 'sign');
    const a = normalize('sign', algorithm);
    const bytes = bytesOf(data);
    const k = use(keyArgument(key), a, 'sign');
    return a.name === 'HMAC' ? mac(k, bytes) : go('sign', a.name, k.bytes, signatureHash(a, k), bytes, a.saltLength);
  }

  async verify(algorithm, key, signature, data) {
    need(arguments, 4, 'verify');
    const a = normalize('verify', algorithm);
    const given = bytesOf(signature, 'signature');
    const bytes = bytesOf(data);
    const k = use(keyArgument(key), a, 'verify');
    return a.name === 'HMAC' ? go('equal', mac(k, bytes), given) : go('verify', a.name, k.bytes, signatureHash(a, k), bytes, a.saltLength, given);
  }

  async generateKey(algorithm, extractable, keyUsages) {
    need(arguments, 3, 'generateKey');
    const usages = usagesOf(keyUsages);
    return generate(normalize('generateKey', algorithm), Boolean(extractable), usages);
  }

  async importKey(format, data, algorithm, extractable, keyUsages) {
    need(arguments, 5, 'importKey');
    const usages = usagesOf(keyUsages);
    checkFormat(format);
    const a = normalize('importKey', algorithm);
    return importAny(`${format}`, keyData(format, data), a, Boolean(extractable), usages);
  }

  async exportKey(format, key) {
    need(arguments, 2, 'exportKey');
    checkFormat(format);
    return exportAny(`${format}`, keyArgument(key));
  }

  async deriveBits(algorithm, baseKey, length = null) {
    need(arguments, 2, 'deriveBits');
    const a = normalize('deriveBits', algorithm);
    const n = length === null ? null : converters.u32(length, 'length');
    return derive(a, use(keyArgument(baseKey), a, 'deriveBits'), n);
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    need(arguments, 5, 'deriveKey');
    const usages = usagesOf(keyUsages);
    const a = normalize('deriveBits', algorithm);
    const to = normalize('importKey', derivedKeyType);
    const length = keyLength(normalize('keyLength', derivedKeyType));
    const secret = await derive(a, use(keyArgument(baseKey), a, 'deriveKey'), length);
    return importAny('raw', secret, to, Boolean(extractable), usages);
  }

  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    need(arguments, 4, 'wrapKey');
    checkFormat(format);
    const a = wrapping('wrapKey', 'encrypt', wrapAlgorithm);
    const k = use(keyArgument(wrappingKey), a, 'wrapKey');
    const exported = exportAny(`${format}`, keyArgument(key));
    return cipher(true, a, k, `${format}` === 'jwk' ? jwkText(exported, a) : exported);
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
    need(arguments, 7, 'unwrapKey');
    const usages = usagesOf(keyUsages);
    checkFormat(format);
    const a = wrapping('unwrapKey', 'decrypt', unwrapAlgorithm);
    const to = normalize('importKey', unwrappedKeyAlgorithm);
    const k = use(keyArgument(unwrappingKey), a, 'unwrapKey');
    const data = cipher(false, a, k, bytesOf(wrappedKey, 'wrappedKey'));
    return importAny(`${format}`, format === 'jwk' ? unwrappedJWK(data) : data, to, Boolean(extractable), usages);
  }
}

// wrapping is an algorithm that wraps keys, or one that encrypts anything.
function wrapping(operation, instead, algorithm) {
  return normalize(supports(operation, nameOf(algorithm)) ? operation : instead, algorithm);
}

// jwkText is a JWK as it is encrypted, for AES-KW in units of 8 bytes.
function jwkText(jwk, { name }) {
  const text = JSON.stringify(jwk); // ASCII
  return native.utf8(name === 'AES-KW' ? text.padEnd(Math.ceil(text.length / 8) * 8) : text);
}

function unwrappedJWK(data) {
  let v;
  try {
    v = JSON.parse(native.text(data));
  } catch {
    throw dom('DataError', 'Invalid wrapped JWK key');
  }
  if (v === null || typeof v !== 'object' || v.kty === undefined) throw dom('DataError', 'Invalid wrapped JWK key');
  return jwkOf(v);
}

for (const Class of [SubtleCrypto, CryptoKey]) {
  for (const name of Object.getOwnPropertyNames(Class.prototype)) {
    if (name !== 'constructor') Object.defineProperty(Class.prototype, name, { enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

module.exports = { CryptoKey, SubtleCrypto, subtle: new SubtleCrypto(seal) };
