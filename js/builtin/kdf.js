
// Derivation of keys. What has a callback runs beside the script, one at a time.

function answer(promise, callback) {
  promise.then((bytes) => later(callback, null, toBuffer(bytes)), (e) => later(callback, e));
}

function pbkdf2Arguments(password, salt, iterations, keylen, digest) {
  const algorithm = algorithmOf(digest, unknownDigest, 'digest');
  const inputs = [input(password, 'password'), input(salt, 'salt')];
  errors().integer(iterations, 'iterations', 1, 2 ** 31 - 1);
  errors().integer(keylen, 'keylen', 0, 2 ** 20);
  return [algorithm, ...inputs, iterations, keylen];
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  const args = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  checkCallback(callback);
  answer(native.pbkdf2(...args), callback);
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  return toBuffer(native.pbkdf2Sync(...pbkdf2Arguments(password, salt, iterations, keylen, digest)));
}

// hkdfSync gives an ArrayBuffer, as in Node.
function hkdfSync(digest, key, salt, info, keylen) {
  const algorithm = algorithmOf(digest, unknownDigest, 'digest');
  const inputs = [input(key, 'ikm'), input(salt, 'salt'), input(info, 'info')];
  errors().integer(keylen, 'length', 0, 2 ** 31 - 1);
  try {
    return native.hkdf(algorithm, ...inputs, keylen);
  } catch {
    throw fault(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  }
}

function hkdf(digest, key, salt, info, keylen, callback) {
  checkCallback(callback);
  later(callback, null, hkdfSync(digest, key, salt, info, keylen));
}

function scryptArguments(password, salt, keylen, options = {}) {
  const inputs = [input(password, 'password'), input(salt, 'salt')];
  errors().integer(keylen, 'keylen', 0, 2 ** 20);
  const cost = options.N ?? options.cost ?? 16384;
  const size = options.r ?? options.blockSize ?? 8;
  const parallel = options.p ?? options.parallelization ?? 1;
  for (const [name, n] of Object.entries({ N: cost, r: size, p: parallel })) errors().integer(n, name, 1, 2 ** 32 - 1);
  if (128 * cost * size > (options.maxmem ?? 2 ** 25)) {
    throw fault(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params: memory limit exceeded');
  }
  return [...inputs, cost, size, parallel, keylen];
}

function scrypt(password, salt, keylen, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  const args = scryptArguments(password, salt, keylen, options);
  checkCallback(callback);
  answer(native.scrypt(...args), callback);
}

function scryptSync(password, salt, keylen, options) {
  return toBuffer(native.scryptSync(...scryptArguments(password, salt, keylen, options)));
}

module.exports = {
  Cipheriv, Decipheriv, Hash, Hmac,
  createCipheriv, createDecipheriv, createHash, createHmac, getCiphers, getHashes, hash,
  hkdf, hkdfSync, pbkdf2, pbkdf2Sync, randomBytes, randomFill, randomFillSync, randomInt, randomUUID,
  scrypt, scryptSync, timingSafeEqual,
  getRandomValues(array) { return require('weir:webcrypto').crypto.getRandomValues(array); },
};
for (const [name, get] of Object.entries({
  subtle: () => require('weir:subtle').subtle,
  webcrypto: () => require('weir:webcrypto').crypto,
})) {
  Object.defineProperty(module.exports, name, { get, enumerable: true, configurable: true });
}
module.exports.default = module.exports;
