
// Ciphers: AES in the modes CBC, CTR and GCM, which is what there is of Node's.

const ciphers = ['aes-128-cbc', 'aes-128-ctr', 'aes-128-gcm', 'aes-192-cbc', 'aes-192-ctr', 'aes-192-gcm', 'aes-256-cbc', 'aes-256-ctr', 'aes-256-gcm'];

function getCiphers() { return [...ciphers]; }

const joined = (parts) => {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.byteLength, 0));
  let at = 0;
  for (const p of parts) {
    out.set(new Uint8Array(p), at);
    at += p.byteLength;
  }
  return out.buffer;
};

const unsupportedState = () => fault(Error, 'ERR_CRYPTO_INVALID_STATE', 'Unsupported state or unable to authenticate data');

// BlockMode is CBC: it gives whole blocks, of which the last waits when it may be padding.
class BlockMode {
  padding = true;
  #encrypt;
  #key;
  #iv;
  #rest = new ArrayBuffer(0);

  constructor(encrypt, key, iv) {
    if (iv.byteLength !== 16) throw fault(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    [this.#encrypt, this.#key, this.#iv] = [encrypt, key, iv];
  }

  update(data) {
    const all = joined([this.#rest, data]);
    const keep = !this.#encrypt && this.padding ? 1 : 0;
    const n = Math.max(0, all.byteLength - keep) & ~15;
    this.#rest = all.slice(n);
    return this.#run(all.slice(0, n), false);
  }

  final() {
    if (!this.padding && this.#rest.byteLength === 0) return new ArrayBuffer(0);
    try {
      return this.#run(this.#rest, this.padding);
    } catch {
      const [code, reason] = this.#encrypt || this.#rest.byteLength % 16 !== 0 ? ['ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH', 'wrong final block length'] : ['ERR_OSSL_BAD_DECRYPT', 'bad decrypt'];
      throw fault(Error, code, reason);
    }
  }

  #run(data, pad) {
    if (data.byteLength === 0 && !pad) return data;
    const out = native.cbc(this.#encrypt, this.#key, this.#iv, data, pad);
    if (!pad) this.#iv = (this.#encrypt ? out : data).slice(-16);
    return out;
  }
}

// CounterMode is CTR.
class CounterMode {
  #key;
  #counter;
  #offset = 0;

  constructor(key, counter) {
    if (counter.byteLength !== 16) throw fault(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    [this.#key, this.#counter] = [key, counter];
  }

  update(data, bits = 128) {
    const out = native.ctr(this.#key, this.#counter, bits, this.#offset, data);
    this.#offset += data.byteLength;
    return out;
  }

  final() { return new ArrayBuffer(0); }
}

// Authenticated is GCM: the counter mode at once, the tag at the end.
class Authenticated {
  tag;
  extra = [];
  #encrypt;
  #key;
  #iv;
  #tagLength;
  #counter;
  #plain = [];

  constructor(encrypt, key, iv, tagLength) {
    if (iv.byteLength === 0) throw fault(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    [this.#encrypt, this.#key, this.#iv, this.#tagLength] = [encrypt, key, iv, tagLength];
    this.#counter = new CounterMode(key, native.gcmCounter(key, iv));
  }

  update(data) {
    const out = this.#counter.update(data, 32);
    this.#plain.push(this.#encrypt ? data : out);
    return out;
  }

  final() {
    if (!this.#encrypt && this.tag === undefined) throw unsupportedState();
    const sealed = native.gcm(true, this.#key, this.#iv, joined(this.#plain), joined(this.extra), 16);
    this.#plain = null;
    const length = this.#encrypt ? this.#tagLength ?? 16 : this.tag.byteLength;
    const tag = sealed.slice(sealed.byteLength - 16, sealed.byteLength - 16 + length);
    if (this.#encrypt) this.tag = tag;
    else if (!native.equal(tag, this.tag)) throw unsupportedState();
    return new ArrayBuffer(0);
  }

  checkTag(length) {
    const fits = this.#tagLength === undefined ? length === 4 || length === 8 || (length >= 12 && length <= 16) : length === this.#tagLength;
    if (!fits) throw fault(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${length}`);
  }
}

function modeOf(encrypt, name, key, iv, options) {
  if (typeof name !== 'string') throw errors().invalidType('cipher', 'string', name);
  const cipher = name.toLowerCase().replace(/^id-aes(\d+)-gcm$/, 'aes-$1-gcm').replace(/^aes(128|192|256)$/, 'aes-$1-cbc');
  if (!ciphers.includes(cipher)) throw fault(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
  const secret = whole(input(key, 'key'));
  const [, bits, mode] = cipher.split('-');
  if (iv === null) throw fault(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
  const start = whole(input(iv, 'iv'));
  if (secret.byteLength * 8 !== Number(bits)) throw fault(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  if (mode === 'cbc') return new BlockMode(encrypt, secret, start);
  return mode === 'ctr' ? new CounterMode(secret, start) : new Authenticated(encrypt, secret, start, options?.authTagLength);
}

// whole is a copy of the input as bytes.
function whole(bytes) {
  return copyOf(typeof bytes === 'string' ? require('buffer').Buffer.from(bytes) : bytes);
}

// The tag is read of a Cipheriv and given to a Decipheriv.
let tagOf;
let giveTag;

class Cipher {
  #mode; // null after final
  #done; // the mode, then
  #output;

  constructor(encrypt, ...args) { this.#mode = modeOf(encrypt, ...args); }

  update(data, inputEncoding, outputEncoding) {
    const mode = this.#open();
    return this.#encoded(mode.update(whole(input(data, 'data', inputEncoding))), outputEncoding);
  }

  final(outputEncoding) {
    const mode = this.#open();
    this.#mode = null;
    this.#done = mode;
    return this.#encoded(mode.final(), outputEncoding);
  }

  setAutoPadding(on = true) {
    this.#open().padding = Boolean(on);
    return this;
  }

  setAAD(data, options) {
    const mode = this.#authenticated(this.#open(), 'setAAD');
    mode.extra.push(whole(input(data, 'buffer', options?.encoding)));
    return this;
  }

  static {
    tagOf = (c) => toBuffer(c.#authenticated(c.#done, 'getAuthTag').tag.slice(0));
    giveTag = (c, tag) => {
      const mode = c.#authenticated(c.#open(), 'setAuthTag');
      if (mode.tag !== undefined) throw fault(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation setAuthTag');
      mode.checkTag(tag.byteLength);
      mode.tag = tag;
    };
  }

  #open() {
    if (this.#mode === null) throw fault(Error, 'ERR_CRYPTO_INVALID_STATE', 'Unsupported state');
    return this.#mode;
  }

  #authenticated(mode, operation) {
    if (!(mode instanceof Authenticated)) throw fault(Error, 'ERR_CRYPTO_INVALID_STATE', `Invalid state for operation ${operation}`);
    return mode;
  }

  // encoded gives output: base64 in whole triples of bytes, so that its parts can be
  // joined.
  #encoded(bytes, encoding) {
    const as = outputOf(encoding);
    if (as === undefined) return toBuffer(bytes);
    const all = joined([this.#output ?? new ArrayBuffer(0), bytes]);
    const unit = as === 'base64' || as === 'base64url' ? 3 : 1;
    const n = this.#mode === null ? all.byteLength : all.byteLength - all.byteLength % unit;
    this.#output = all.slice(n);
    return toBuffer(all.slice(0, n)).toString(as);
  }
}

class Cipheriv extends Cipher {
  constructor(...args) { super(true, ...args); }
  getAuthTag() { return tagOf(this); }
}

class Decipheriv extends Cipher {
  constructor(...args) { super(false, ...args); }
  setAuthTag(tag, encoding) {
    giveTag(this, whole(input(tag, 'buffer', encoding)));
    return this;
  }
}

function createCipheriv(algorithm, key, iv, options) { return new Cipheriv(algorithm, key, iv, options); }

function createDecipheriv(algorithm, key, iv, options) { return new Decipheriv(algorithm, key, iv, options); }
