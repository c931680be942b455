/** What WebCrypto takes as bytes. Text is taken as its UTF-8, as in njs. */
type BufferSource = ArrayBuffer | ArrayBufferView | string;

type KeyUsage = 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'deriveKey' | 'deriveBits' | 'wrapKey' | 'unwrapKey';
type KeyFormat = 'raw' | 'spki' | 'pkcs8' | 'jwk';

type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SHA3-256' | 'SHA3-384' | 'SHA3-512' | (string & {});
type HashAlgorithm = HashName | { name: HashName };
/** An algorithm: its name, in any case, or an object that has it and what else the operation needs. */
type AlgorithmIdentifier = string | { name: string };

interface AesCbcParams { name: string; /** 16 bytes. */ iv: BufferSource }
interface AesCtrParams { name: string; /** 16 bytes. */ counter: BufferSource; /** How many of its last bits count, 1 to 128. */ length: number }
interface AesGcmParams { name: string; iv: BufferSource; additionalData?: BufferSource; /** Bits: 32, 64, 96, 104, 112, 120 or 128, which is the default. */ tagLength?: number }
interface RsaOaepParams { name: string; label?: BufferSource }
interface RsaPssParams { name: string; /** Bytes. */ saltLength: number }
interface EcdsaParams { name: string; hash: HashAlgorithm }
interface HkdfParams { name: string; hash: HashAlgorithm; salt: BufferSource; info: BufferSource }
interface Pbkdf2Params { name: string; hash: HashAlgorithm; salt: BufferSource; iterations: number }
/** ECDH and X25519. */
interface EcdhKeyDeriveParams { name: string; /** The other side's public key. */ public: CryptoKey }
interface RsaHashedKeyGenParams { name: string; /** Bits, up to 4096. */ modulusLength: number; /** 65537: new Uint8Array([1, 0, 1]). */ publicExponent: Uint8Array; hash: HashAlgorithm }
interface RsaHashedImportParams { name: string; hash: HashAlgorithm }
/** ECDSA and ECDH. */
interface EcKeyParams { name: string; namedCurve: 'P-256' | 'P-384' | 'P-521' | (string & {}) }
interface HmacKeyParams { name: string; hash: HashAlgorithm; /** Bits; the hash's block, or all of the key, by default. */ length?: number }
interface AesKeyParams { name: string; /** Bits. */ length: number }

/** An algorithm as a key shows it. */
interface KeyAlgorithm {
  name: string;
  hash?: { name: string };
  /** Bits, of AES and HMAC keys. */
  length?: number;
  modulusLength?: number;
  publicExponent?: Uint8Array;
  namedCurve?: string;
}

/** A JSON Web Key: RFC 7517. */
interface JsonWebKey {
  kty?: string;
  use?: string;
  key_ops?: string[];
  alg?: string;
  ext?: boolean;
  kid?: string;
  crv?: string;
  x?: string;
  y?: string;
  n?: string;
  e?: string;
  d?: string;
  p?: string;
  q?: string;
  dp?: string;
  dq?: string;
  qi?: string;
  k?: string;
}

/** A key. SubtleCrypto makes them. */
declare class CryptoKey {
  private constructor();
  readonly type: 'secret' | 'public' | 'private';
  /** Whether exportKey and wrapKey take it. */
  readonly extractable: boolean;
  readonly algorithm: KeyAlgorithm;
  readonly usages: KeyUsage[];
}

interface CryptoKeyPair {
  publicKey: CryptoKey;
  privateKey: CryptoKey;
}

type CipherParams = RsaOaepParams | AesCbcParams | AesCtrParams | AesGcmParams;
type SignatureParams = AlgorithmIdentifier | RsaPssParams | EcdsaParams;
type DeriveParams = HkdfParams | Pbkdf2Params | EcdhKeyDeriveParams;
type ImportParams = AlgorithmIdentifier | RsaHashedImportParams | EcKeyParams | HmacKeyParams;
type DerivedKeyParams = AlgorithmIdentifier | AesKeyParams | HmacKeyParams;

/** Cryptography of AES-CBC, AES-CTR, AES-GCM, AES-KW, RSA-OAEP, RSASSA-PKCS1-v1_5, RSA-PSS, ECDSA, ECDH, HMAC, HKDF, PBKDF2, Ed25519 and X25519. */
declare class SubtleCrypto {
  private constructor();
  digest(algorithm: HashAlgorithm, data: BufferSource): Promise<ArrayBuffer>;
  encrypt(algorithm: CipherParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  decrypt(algorithm: CipherParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  /** HMAC, RSASSA-PKCS1-v1_5, RSA-PSS, Ed25519, and ECDSA, whose signatures are r and s. */
  sign(algorithm: SignatureParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  verify(algorithm: SignatureParams, key: CryptoKey, signature: BufferSource, data: BufferSource): Promise<boolean>;
  generateKey(algorithm: RsaHashedKeyGenParams | EcKeyParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKeyPair>;
  generateKey(algorithm: AesKeyParams | HmacKeyParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
  /** Ed25519 and X25519 give pairs. */
  generateKey(algorithm: AlgorithmIdentifier, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKeyPair>;
  importKey(format: 'jwk', keyData: JsonWebKey, algorithm: ImportParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
  importKey(format: 'raw' | 'spki' | 'pkcs8', keyData: BufferSource, algorithm: ImportParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
  exportKey(format: 'jwk', key: CryptoKey): Promise<JsonWebKey>;
  exportKey(format: 'raw' | 'spki' | 'pkcs8', key: CryptoKey): Promise<ArrayBuffer>;
  /** Bits, in length; by default all that ECDH and X25519 give. PBKDF2 runs beside the script, one at a time. */
  deriveBits(algorithm: DeriveParams, baseKey: CryptoKey, length?: number | null): Promise<ArrayBuffer>;
  deriveKey(algorithm: DeriveParams, baseKey: CryptoKey, derivedKeyType: DerivedKeyParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
  /** Exports a key and encrypts it, with AES-KW or any algorithm that encrypts. */
  wrapKey(format: KeyFormat, key: CryptoKey, wrappingKey: CryptoKey, wrapAlgorithm: AlgorithmIdentifier | CipherParams): Promise<ArrayBuffer>;
  unwrapKey(format: KeyFormat, wrappedKey: BufferSource, unwrappingKey: CryptoKey, unwrapAlgorithm: AlgorithmIdentifier | CipherParams, unwrappedKeyAlgorithm: ImportParams, extractable: boolean, keyUsages: KeyUsage[]): Promise<CryptoKey>;
}

/** The Web's crypto. */
declare class Crypto {
  private constructor();
  readonly subtle: SubtleCrypto;
  /** Fills an array with random numbers, up to 65536 bytes. */
  getRandomValues<T extends Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array>(array: T): T;
  /** A version 4 UUID. */
  randomUUID(): string;
}

declare var crypto: Crypto;
