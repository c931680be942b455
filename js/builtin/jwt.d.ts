/** JSON Web Tokens: RFC 7519, signed as RFC 7515 has it. */
declare module 'jwt' {
  type Algorithm =
    | 'HS256' | 'HS384' | 'HS512' | 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512'
    | 'ES256' | 'ES384' | 'ES512' | 'EdDSA' | 'Ed25519';
  /** A secret, PEM (as text or bytes), a JWK, or a CryptoKey. What looks like PEM is never taken for a secret. */
  type Key = string | ArrayBuffer | ArrayBufferView | JsonWebKey | CryptoKey;
  interface KeySet { keys: JsonWebKey[] }
  /** Seconds, or text: '90s', '15m', '1h', '7 days'. */
  type Span = number | string;

  interface Claims {
    iss?: string;
    sub?: string;
    aud?: string | string[];
    exp?: number;
    nbf?: number;
    iat?: number;
    jti?: string;
    [claim: string]: any;
  }
  interface Header {
    alg?: string;
    kid?: string;
    typ?: string;
    [name: string]: any;
  }
  interface Complete {
    header: Header;
    payload: Claims;
    /** In base64url. */
    signature: string;
  }

  interface SignOptions {
    /** By default HS256, RS256, EdDSA, or what belongs to the key's curve. */
    alg?: Algorithm;
    algorithm?: Algorithm;
    expiresIn?: Span;
    notBefore?: Span;
    issuer?: string;
    audience?: string | string[];
    subject?: string;
    jwtid?: string;
    kid?: string;
    keyid?: string;
    /** Leaves out iat. */
    noTimestamp?: boolean;
    /** More of the header. */
    header?: Header;
  }
  interface VerifyOptions {
    /** What the token may be signed with. The kind of the key bounds it in any case. */
    algorithms?: Algorithm[];
    /** One of these. */
    issuer?: string | RegExp | (string | RegExp)[];
    audience?: string | RegExp | (string | RegExp)[];
    subject?: string;
    jwtid?: string;
    /** How far clocks may be apart. */
    clockTolerance?: Span;
    /** How old the token may be. */
    maxAge?: Span;
    /** What time it is, in seconds since 1970. */
    clockTimestamp?: number;
    ignoreExpiration?: boolean;
    ignoreNotBefore?: boolean;
    requiredClaims?: string[];
  }

  /**
   * What this module throws. code is ERR_JWT_INVALID, ERR_JWT_EXPIRED, ERR_JWT_CLAIM_VALIDATION_FAILED, ERR_JWS_SIGNATURE_VERIFICATION_FAILED,
   * ERR_JOSE_ALG_NOT_ALLOWED, ERR_JOSE_NOT_SUPPORTED, ERR_JWKS_NO_MATCHING_KEY, ERR_JWKS_INVALID, ERR_JWKS_UNAVAILABLE or ERR_JWT_KEY.
   */
  class JwtError extends Error {
    constructor(message: string, code: string);
    code: string;
    /** The claim that is wrong. */
    claim?: string;
  }
  /** The token is not to be trusted. */
  class JsonWebTokenError extends JwtError {}
  class TokenExpiredError extends JsonWebTokenError { expiredAt: Date }
  class NotBeforeError extends JsonWebTokenError { date: Date }

  function sign(payload: Claims, key: Key, options?: SignOptions): Promise<string>;
  /** For what cannot wait; not with a CryptoKey. */
  function signSync(payload: Claims, key: Key, options?: SignOptions): string;
  /**
   * The claims of a token that is good. The keys of a URL are fetched and kept for their max-age, 10 minutes unless they say; again for a key
   * that they do not have, at most once a minute; for up to an hour more while they cannot be fetched.
   */
  function verify(token: string, key: Key | KeySet | { jwks: string | URL | KeySet }, options: VerifyOptions & { complete: true }): Promise<Complete>;
  function verify(token: string, key: Key | KeySet | { jwks: string | URL | KeySet }, options?: VerifyOptions): Promise<Claims>;
  /** For what cannot wait; not with a URL or a CryptoKey. */
  function verifySync(token: string, key: Key | KeySet | { jwks: KeySet }, options: VerifyOptions & { complete: true }): Complete;
  function verifySync(token: string, key: Key | KeySet | { jwks: KeySet }, options?: VerifyOptions): Claims;
  /** What a token says, which nobody has verified; null of what is no token. */
  function decode(token: string, options: { complete: true }): Complete | null;
  function decode(token: string): Claims | null;

  const jwt: {
    JsonWebTokenError: typeof JsonWebTokenError;
    JwtError: typeof JwtError;
    NotBeforeError: typeof NotBeforeError;
    TokenExpiredError: typeof TokenExpiredError;
    decode: typeof decode;
    sign: typeof sign;
    signSync: typeof signSync;
    verify: typeof verify;
    verifySync: typeof verifySync;
  };
  export {
    Algorithm, Claims, Complete, Header, JsonWebTokenError, JwtError, Key, KeySet, NotBeforeError, SignOptions, TokenExpiredError, VerifyOptions,
    decode, sign, signSync, verify, verifySync,
  };
  export default jwt;
}
