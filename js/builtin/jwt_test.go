package builtin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"testing"

	"weir/js"
)

const importJWT = `
import jwt, { sign, signSync, verify, verifySync, decode, JwtError, TokenExpiredError, NotBeforeError } from 'jwt';
import { createHmac } from 'crypto';
const part = (v) => Buffer.from(typeof v === 'string' ? v : JSON.stringify(v)).toString('base64url');
const token = (header, payload, key = 's') => {
	const input = part(header) + '.' + part(payload);
	return input + '.' + createHmac('sha256', key).update(input).digest('base64url');
};
const HS = { alg: 'HS256', typ: 'JWT' };
const now = () => Math.floor(Date.now() / 1000);
// why is the exception of a verification: "name code claim".
const why = async (...args) => { try { return await verify(...args); } catch (e) { return [e.name, e.code, e.claim].join(' ').trim(); } };
`

// The examples of RFC 7515, appendix A, and RFC 8037, appendix A.4.
func TestJWTKnownAnswers(t *testing.T) {
	const joe = `{ clockTimestamp: 1300819000 }`
	settle(t, importJWT, []check{
		{"A.1", `(await verify('eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', { kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow' }, ` + joe + `)).iss`, "joe"},
		{"A.2", `(await verify('eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw', { kty: 'RSA', n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ', e: 'AQAB' }, ` + joe + `)).iss`, "joe"},
		{"A.3", `(await verify('eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q', { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' }, ` + joe + `)).iss`, "joe"},
		{"RFC 8037, A.4", `why('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg', { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })`, "JsonWebTokenError ERR_JWT_INVALID"}, // it is good, and no JSON
	})
}

// pems are new keys, for scripts.
func pems(t *testing.T) string {
	t.Helper()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	out := ""
	add := func(name, kind string, der []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		out += fmt.Sprintf("const %s = `%s`;\n", name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	der, err := x509.MarshalPKCS8PrivateKey(rsaKey)
	add("rsaPrivate", "PRIVATE KEY", der, err)
	der, err = x509.MarshalPKIXPublicKey(&rsaKey.PublicKey)
	add("rsaPublic", "PUBLIC KEY", der, err)
	add("rsaOldPrivate", "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey), nil)
	add("rsaOldPublic", "RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&rsaKey.PublicKey), nil)
	for i, c := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		k, err := ecdsa.GenerateKey(c, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		der, err := x509.MarshalECPrivateKey(k)
		add(fmt.Sprintf("ec%dPrivate", i), "EC PRIVATE KEY", der, err)
		der, err = x509.MarshalPKIXPublicKey(&k.PublicKey)
		add(fmt.Sprintf("ec%dPublic", i), "PUBLIC KEY", der, err)
	}
	return out
}

func TestJWTRoundTrips(t *testing.T) {
	round := func(alg, private, public string) check {
		return check{alg, fmt.Sprintf(`(async () => {
			const t = await sign({ a: 1 }, %s, { alg: '%s', expiresIn: '1h' });
			const p = await verify(t, %s, { algorithms: ['%[2]s'] });
			const forged = t.slice(0, -8) + (t.at(-8) === 'A' ? 'B' : 'A') + t.slice(-7);
			return [decode(t, { complete: true }).header.alg, p.a, p.exp - p.iat, await why(forged, %[3]s)].join();
		})()`, private, alg, public), alg + ",1,3600,JsonWebTokenError ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}
	}
	checks := []check{
		round("RS256", "rsaPrivate", "rsaPublic"), round("RS384", "rsaOldPrivate", "rsaOldPublic"), round("RS512", "Buffer.from(rsaPrivate)", "Buffer.from(rsaPublic)"),
		round("PS256", "rsaPrivate", "rsaPublic"), round("PS384", "rsaPrivate", "rsaPublic"), round("PS512", "rsaPrivate", "rsaPublic"),
		round("ES256", "ec0Private", "ec0Public"), round("ES384", "ec1Private", "ec1Public"), round("ES512", "ec2Private", "ec2Public"),
		round("HS256", "'s'", "'s'"), round("HS384", "Buffer.from('s')", "'s'"), round("HS512", "{ kty: 'oct', k: 'cw' }", "'s'"),
		{"usual", `[await sign({}, 's'), await sign({}, rsaPrivate), await sign({}, ec0Private), await sign({}, ec1Private)].map((t) => decode(t, { complete: true }).header.alg).join()`, "HS256,RS256,ES256,ES384"},
		{"kid and options", `JSON.stringify(decode(signSync({ x: 1, iat: 100 }, { kty: 'oct', k: 'cw', kid: 'one' }, { issuer: 'i', audience: ['a'], subject: 's', jwtid: 'j', notBefore: 5, header: { more: 1 } }), { complete: true }).header) + JSON.stringify(decode(signSync({ iat: 100 }, 's', { issuer: 'i', audience: ['a'], subject: 's', jwtid: 'j', notBefore: 5 })))`, `{"typ":"JWT","more":1,"alg":"HS256","kid":"one"}{"iat":100,"nbf":105,"iss":"i","aud":["a"],"sub":"s","jti":"j"}`},
		{"no iat", `JSON.stringify(decode(signSync({}, 's', { noTimestamp: true })))`, "{}"},
		{"CryptoKey", `(async () => {
			const { publicKey, privateKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
			const t = await sign({ a: 1 }, privateKey);
			return [(await verify(t, publicKey)).a, (await verify(t, await crypto.subtle.exportKey('jwk', publicKey))).a, decode(t, { complete: true }).header.alg].join();
		})()`, "1,1,EdDSA"},
		{"complete", `Object.keys(verifySync(signSync({}, 's'), 's', { complete: true })).join()`, "header,payload,signature"},
		{"both", `sign({ exp: 1 }, 's', { expiresIn: 1 })`, "TypeError: both the payload's exp and the option expiresIn are there"},
		{"span", `sign({}, 's', { expiresIn: '10' })`, "TypeError: expiresIn is a number of seconds, or text like '15m'"},
		{"public", `sign({}, rsaPublic)`, "JwtError: a public key does not sign"},
		{"wrong kind", `sign({}, rsaPrivate, { alg: 'HS256' })`, "JwtError: the key is not for the algorithm HS256"},
		{"none", `sign({}, 's', { alg: 'none' })`, "JwtError: the key is not for the algorithm none"},
		{"empty", `sign({}, '')`, "JwtError: the secret is empty"},

		// RFC 8725.
		{"public key as secret", `why(token(HS, {}, rsaPublic), rsaPublic)`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"public key as secret", `why(token(HS, {}, rsaPublic), Buffer.from(rsaPublic))`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"private key", `why(await sign({}, rsaPrivate), rsaPrivate)`, "JwtError ERR_JWT_KEY"},
		{"curve", `why(await sign({}, ec0Private), ec1Public)`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"JWK's alg", `why(token(HS, {}), { kty: 'oct', k: 'cw', alg: 'HS512' })`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
	}
	settle(t, importJWT+pems(t), checks)
}

func TestJWTRefuses(t *testing.T) {
	settle(t, importJWT, []check{
		{"", `JSON.stringify(await verify(token(HS, { a: 1 }), 's'))`, `{"a":1}`},
		{"none", `why(part({ alg: 'none' }) + '.' + part({}) + '.', 's')`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"none", `why(part({ alg: 'none' }) + '.' + part({}) + '.', 's', { algorithms: ['none'] })`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"algorithms", `why(token(HS, {}), 's', { algorithms: ['HS512'] })`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"algorithms", `verify(token(HS, {}), 's', { algorithms: 'HS256' })`, "TypeError: algorithms is an array"},
		{"a list of algorithms", `why(token({ alg: ['HS256'] }, {}), 's')`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"no algorithm", `why(token({ typ: 'JWT' }, {}), 's')`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"crit", `why(token({ ...HS, crit: ['b64'] }, {}), 's')`, "JsonWebTokenError ERR_JOSE_NOT_SUPPORTED"},
		{"", `why(token(HS, {}, 'x'), 's')`, "JsonWebTokenError ERR_JWS_SIGNATURE_VERIFICATION_FAILED"},
		{"", `why(token(HS, {}) + '=', 's')`, "JsonWebTokenError ERR_JWT_INVALID"},
		{"", `why('a.b', 's')`, "JsonWebTokenError ERR_JWT_INVALID"},
		{"", `why(undefined, 's')`, "JsonWebTokenError ERR_JWT_INVALID"},
		{"", `why(token(HS, []), 's')`, "JsonWebTokenError ERR_JWT_INVALID"},
		{"", `why(token('null', {}), 's')`, "JsonWebTokenError ERR_JWT_INVALID"},
		{"", `why(token(HS, { a: 'x'.repeat(70000) }), 's')`, "JsonWebTokenError ERR_JWT_INVALID"},
		{"", `why(token({ alg: '__proto__' }, {}), 's')`, "JsonWebTokenError ERR_JOSE_ALG_NOT_ALLOWED"},
		{"key", `why(token(HS, {}), '')`, "JwtError ERR_JWT_KEY"},
		{"key", `why(token(HS, {}))`, "JwtError ERR_JWT_KEY"},
		{"key", `why(token(HS, {}), '-----BEGIN PUBLIC KEY-----')`, "JwtError ERR_JWT_KEY"},

		{"exp", `why(token(HS, { exp: now() - 1 }), 's')`, "TokenExpiredError ERR_JWT_EXPIRED exp"},
		{"exp", `why(token(HS, { exp: 'soon' }), 's')`, "JsonWebTokenError ERR_JWT_CLAIM_VALIDATION_FAILED exp"},
		{"exp", `(await verify(token(HS, { exp: now() - 5 }), 's', { clockTolerance: '1m' })).exp > 0`, true},
		{"exp", `(await verify(token(HS, { exp: 1 }), 's', { ignoreExpiration: true })).exp`, int64(1)},
		{"exp", `(() => { try { verifySync(token(HS, { exp: 10 }), 's'); } catch (e) { return e instanceof TokenExpiredError && e instanceof JwtError && e.expiredAt.getTime(); } })()`, int64(10000)},
		{"nbf", `why(token(HS, { nbf: now() + 60 }), 's')`, "NotBeforeError ERR_JWT_CLAIM_VALIDATION_FAILED nbf"},
		{"nbf", `(await verify(token(HS, { nbf: now() + 60 }), 's', { clockTolerance: 90 })).nbf > 0`, true},
		{"maxAge", `why(token(HS, { iat: now() - 100 }), 's', { maxAge: '1m' })`, "TokenExpiredError ERR_JWT_EXPIRED iat"},
		{"maxAge", `why(token(HS, {}), 's', { maxAge: 60 })`, "JsonWebTokenError ERR_JWT_CLAIM_VALIDATION_FAILED iat"},
		{"maxAge", `why(token(HS, { iat: now() + 100 }), 's', { maxAge: 60 })`, "JsonWebTokenError ERR_JWT_CLAIM_VALIDATION_FAILED iat"},
		{"issuer", `why(token(HS, { iss: 'x' }), 's', { issuer: ['a', 'b'] })`, "JsonWebTokenError ERR_JWT_CLAIM_VALIDATION_FAILED iss"},
		{"issuer", `(await verify(token(HS, { iss: 'b' }), 's', { issuer: ['a', 'b'] })).iss`, "b"},
		{"audience", `why(token(HS, {}), 's', { audience: 'a' })`, "JsonWebTokenError ERR_JWT_CLAIM_VALIDATION_FAILED aud"},
		{"audience", `(await verify(token(HS, { aud: ['x', 'live-1'] }), 's', { audience: /^live-/g })).aud.length`, int64(2)},
		{"subject", `why(token(HS, { sub: 'a' }), 's', { subject: 'b' })`, "JsonWebTokenError ERR_JWT_CLAIM_VALIDATION_FAILED sub"},
		{"required", `why(token(HS, {}), 's', { requiredClaims: ['exp'] })`, "JsonWebTokenError ERR_JWT_CLAIM_VALIDATION_FAILED exp"},

		{"decode", `decode(token(HS, { a: 1 }, 'whoever')).a`, int64(1)},
		{"decode", `decode('x.y.z')`, nil},
		{"set", `(await verify(token({ ...HS, kid: 'b' }, { a: 1 }), { keys: [{ kty: 'oct', k: 'AA', kid: 'a' }, { kty: 'oct', k: 'cw', kid: 'b' }] })).a`, int64(1)},
		{"set", `verifySync(token(HS, { a: 1 }), { jwks: { keys: [{ kty: 'oct', k: 'AA' }, { kty: 'odd' }, { kty: 'oct', k: 'cw' }] } }).a`, int64(1)},
		{"set", `why(token({ ...HS, kid: 'c' }, {}), { keys: [{ kty: 'oct', k: 'cw', kid: 'b' }] })`, "JsonWebTokenError ERR_JWKS_NO_MATCHING_KEY"},
		{"set", `why(token(HS, {}), { keys: [{ kty: 'oct', k: 'cw', use: 'enc' }] })`, "JsonWebTokenError ERR_JWKS_NO_MATCHING_KEY"},
		{"set", `why(token(HS, {}), { jwks: {} })`, "JwtError ERR_JWKS_INVALID"},
		{"URL", `verifySync(token(HS, {}), { jwks: 'http://keys/' })`, "JwtError: keys that are fetched verify with verify, which gives a promise"},
	})
}

// The keys of a URL are fetched as seldom as can be.
func TestJWKSIsKept(t *testing.T) {
	settle(t, importJWT+`
		let time = 1e12;
		Date.now = () => time;
		let asked = 0;
		let answer = { keys: [{ kty: 'oct', k: 'cw', kid: 'a' }] };
		let control = null;
		globalThis.fetch = async (url) => {
			asked++;
			if (answer === null) throw new Error('connection refused');
			return { ok: answer !== 'gone', status: 410, headers: new Map([['cache-control', control]]), json: async () => answer };
		};
		const at = { jwks: 'http://keys/' };
		const by = (kid) => token({ ...HS, kid }, {});
	`, []check{
		{"once for many", `(async () => { await Promise.all([verify(by('a'), at), verify(by('a'), at), verify(by('a'), at)]); await verify(by('a'), at); return asked; })()`, int64(1)},
		{"unknown key", `await why(by('b'), at) + asked`, "JsonWebTokenError ERR_JWKS_NO_MATCHING_KEY1"},
		{"unknown key, later", `(time += 61e3, await why(by('b'), at) + await why(by('b'), at) + asked)`, "JsonWebTokenError ERR_JWKS_NO_MATCHING_KEYJsonWebTokenError ERR_JWKS_NO_MATCHING_KEY2"},
		{"new key", `(time += 61e3, answer = { keys: [{ kty: 'oct', k: 'cw', kid: 'b' }] }, await verify(by('b'), at), asked)`, int64(3)},
		{"ten minutes", `(time += 599e3, await verify(by('b'), at), time += 2e3, control = 'public, max-age=3600', await verify(by('b'), at), asked)`, int64(4)},
		{"max-age", `(time += 3599e3, await verify(by('b'), at), asked)`, int64(4)},
		{"out of order", `(time += 2e3, answer = null, await verify(by('b'), at), await verify(by('b'), at), asked)`, int64(5)},
		{"for an hour", `(time += 3600e3, await why(by('b'), at) + asked)`, "JwtError ERR_JWKS_UNAVAILABLE6"},
		{"status", `(answer = 'gone', await why(by('b'), at))`, "JwtError ERR_JWKS_UNAVAILABLE"},
		{"no set", `(answer = [], await why(by('b'), at))`, "JwtError ERR_JWKS_INVALID"},
		{"again", `(answer = { keys: [{ kty: 'oct', k: 'cw', kid: 'b' }] }, await verify(by('b'), at), 'good')`, "good"},
	})
}

func BenchmarkJWT(b *testing.B) {
	for _, v := range []struct{ alg, setup string }{
		{"HS256", `const pub = 'secret'; const t = signSync({ sub: 'a' }, pub);`},
		{"ES256", `const t = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
			const pub = { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' };`},
	} {
		b.Run("verify/alg="+v.alg, func(b *testing.B) {
			pool := newPool(b, &host{}, importJWT+v.setup+`
				export function check() { return verifySync(t, pub, { clockTimestamp: 1300819000 }) !== undefined; }`)
			b.ReportAllocs()
			for b.Loop() {
				r, err := pool.Call(b.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "check"}})
				if err != nil || r.Value != true {
					b.Fatal(r, err)
				}
			}
		})
	}
}
