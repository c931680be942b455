
// How an algorithm is given: by name, or as an object whose members the operation
// says (18.4.4, "normalize an algorithm"). A member that need not be there has a
// question mark.

const rsaKey = 'modulusLength u32, publicExponent integer, hash hash';
const hashed = 'hash hash';
const curve = 'namedCurve string';
const aesKey = 'length u16';
const hmacKey = 'hash hash, length u32?';

const cipherMembers = {
  'AES-CBC': 'iv bytes',
  'AES-CTR': 'counter bytes, length u8',
  'AES-GCM': 'iv bytes, additionalData bytes?, tagLength u8?',
  'RSA-OAEP': 'label bytes?',
};
const signatureMembers = { 'RSASSA-PKCS1-v1_5': '', 'RSA-PSS': 'saltLength u32', 'ECDSA': hashed, 'HMAC': '', 'Ed25519': '' };

const members = {
  digest: { 'SHA-1': '', 'SHA-256': '', 'SHA-384': '', 'SHA-512': '', 'SHA3-256': '', 'SHA3-384': '', 'SHA3-512': '' },
  encrypt: cipherMembers,
  decrypt: cipherMembers,
  sign: signatureMembers,
  verify: signatureMembers,
  wrapKey: { 'AES-KW': '' },
  unwrapKey: { 'AES-KW': '' },
  deriveBits: {
    'HKDF': 'hash hash, salt bytes, info bytes',
    'PBKDF2': 'salt bytes, iterations u32, hash hash',
    'ECDH': 'public key',
    'X25519': 'public key',
  },
  generateKey: {
    'RSASSA-PKCS1-v1_5': rsaKey, 'RSA-PSS': rsaKey, 'RSA-OAEP': rsaKey, 'ECDSA': curve, 'ECDH': curve,
    'Ed25519': '', 'X25519': '', 'AES-CBC': aesKey, 'AES-CTR': aesKey, 'AES-GCM': aesKey, 'AES-KW': aesKey, 'HMAC': hmacKey,
  },
  importKey: {
    'RSASSA-PKCS1-v1_5': hashed, 'RSA-PSS': hashed, 'RSA-OAEP': hashed, 'ECDSA': curve, 'ECDH': curve,
    'Ed25519': '', 'X25519': '', 'AES-CBC': '', 'AES-CTR': '', 'AES-GCM': '', 'AES-KW': '', 'HMAC': hmacKey,
    'HKDF': '', 'PBKDF2': '',
  },
  // "get key length", for deriveKey.
  keyLength: {
    'AES-CBC': aesKey, 'AES-CTR': aesKey, 'AES-GCM': aesKey, 'AES-KW': aesKey, 'HMAC': hmacKey, 'HKDF': '', 'PBKDF2': '',
  },
};

// unsigned is Web IDL's [EnforceRange] of that many bits (3.3.6).
const unsigned = (bits) => (v, what) => {
  const n = Math.trunc(Number(v));
  if (!(n >= 0 && n < 2 ** bits)) throw new TypeError(`${what} is outside the accepted range`);
  return n + 0;
};

const converters = {
  u8: unsigned(8),
  u16: unsigned(16),
  u32: unsigned(32),
  string: (v) => `${v}`,
  bytes: bytesOf,
  hash: (v) => normalize('digest', v),
  integer(v, what) {
    if (!(v instanceof Uint8Array)) throw new TypeError(`${what} is not a Uint8Array`);
    return v.slice();
  },
  key(v, what) {
    if (!isKey(v)) throw new TypeError(`${what} is not a CryptoKey`);
    return v;
  },
};

// supports is the registered name that is meant, if the operation has it.
function supports(operation, name) {
  return Object.keys(members[operation]).find((n) => n.toLowerCase() === name.toLowerCase());
}

const isDictionary = (v) => (typeof v === 'object' && v !== null) || typeof v === 'function';

function nameOf(algorithm) {
  if (!isDictionary(algorithm)) return `${algorithm}`;
  if (algorithm.name === undefined) throw new TypeError('an algorithm is a name, or an object that has one');
  return `${algorithm.name}`;
}

function normalize(operation, algorithm) {
  const given = nameOf(algorithm);
  const name = supports(operation, given);
  if (name === undefined) throw dom('NotSupportedError', `Unrecognized algorithm name: ${given}`);
  const out = { name };
  const wanted = members[operation][name];
  if (wanted === '') return out;
  for (const word of wanted.split(', ')) {
    const space = word.indexOf(' ');
    const member = word.slice(0, space);
    const v = isDictionary(algorithm) ? algorithm[member] : undefined;
    if (v !== undefined) {
      out[member] = converters[word.slice(space + 1).replace('?', '')](v, `algorithm.${member}`);
    } else if (!word.endsWith('?')) {
      throw new TypeError(`algorithm.${member} is required for ${name}`);
    }
  }
  return out;
}

// goHash is a hash by the name that natives have for it.
const goHash = (hash) => hash.name.toLowerCase().replace(/^sha-/, 'sha');

const hashBits = { 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024, 'SHA3-256': 1088, 'SHA3-384': 832, 'SHA3-512': 576 };

// sequence is a list of texts (Web IDL, 3.2.21).
function sequence(list, what) {
  if (typeof list !== 'object' || list === null || list[Symbol.iterator] === undefined) throw new TypeError(`${what} is not a sequence`);
  return [...list].map((item) => `${item}`);
}

// usagesOf checks a list of usages, and hasFormat the name of a format (Web IDL enumerations).
function usagesOf(list) {
  const usages = sequence(list, 'keyUsages');
  for (const u of usages) {
    if (!keyUsages.includes(u)) throw new TypeError(`'${u}' is no key usage`);
  }
  return usages;
}

function checkFormat(format) {
  if (!['raw', 'spki', 'pkcs8', 'jwk'].includes(`${format}`)) throw new TypeError(`'${format}' is no key format`);
  return `${format}`;
}
