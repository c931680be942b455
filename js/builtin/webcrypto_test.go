package builtin_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"fmt"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// importSubtle has what the expressions are written with: x and hex, from and to
// hexadecimal, key(format, data, algorithm, ...usages), and made(algorithm, ...usages).
const importSubtle = `
const { subtle } = crypto;
const x = (s) => { const h = s.replace(/\s/g, ''); return new Uint8Array(h.length / 2).map((_, i) => parseInt(h.substr(2 * i, 2), 16)); };
const hex = (b) => Array.from(new Uint8Array(b), (n) => n.toString(16).padStart(2, '0')).join('');
const u8 = (s) => new TextEncoder().encode(s);
const key = (format, data, algorithm, ...usages) => subtle.importKey(format, data, algorithm, true, usages);
const made = (algorithm, ...usages) => subtle.generateKey(algorithm, true, usages);
const aes = (mode, k) => key('raw', x(k), mode, 'encrypt', 'decrypt');
`

// settle is evaluate for expressions that give promises, which it awaits.
func settle(t *testing.T, preamble string, checks []check) {
	t.Helper()
	module := preamble + "\nexport const all = [\n"
	for _, c := range checks {
		module += "async () => (" + c.expr + "),\n"
	}
	module += "];\nexport async function run(i) { try { return await all[i](); } catch (e) { return `${e.name}: ${e.message}`; } }\n"
	pool := newPool(t, &host{}, module)
	for i, c := range checks {
		r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}, Args: []js.Value{int64(i)}})
		if err != nil {
			t.Errorf("%s: %v", c.expr, err)
		}
		if diff := cmp.Diff(c.want, r.Value); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.name, c.expr, diff)
		}
	}
}

// Known answers of the standards that the algorithms are from.
func TestSubtleKnownAnswers(t *testing.T) {
	const (
		cbcKey   = "2b7e151628aed2a6abf7158809cf4f3c"
		block    = "6bc1bee22e409f96e93d7e117393172a"
		gcmPlain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
		gcmExtra = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
	)
	settle(t, importSubtle, []check{
		{"FIPS 180-4", `hex(await subtle.digest('SHA-1', u8('abc')))`, "a9993e364706816aba3e25717850c26c9cd0d89d"},
		{"FIPS 180-4", `hex(await subtle.digest({ name: 'sha-256' }, u8('abc')))`, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"FIPS 180-4", `hex(await subtle.digest('SHA-384', u8('abc'))).slice(0, 32)`, "cb00753f45a35e8bb5a03d699ac65007"},
		{"FIPS 180-4", `hex(await subtle.digest('SHA-512', 'abc')).slice(0, 32)`, "ddaf35a193617abacc417349ae204131"},
		{"RFC 4231, 4.2", `hex(await subtle.sign('HMAC', await key('raw', x('0b'.repeat(20)), { name: 'HMAC', hash: 'SHA-256' }, 'sign'), u8('Hi There')))`, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
		{"RFC 4231, 4.7", `hex(await subtle.sign('HMAC', await key('raw', x('aa'.repeat(131)), { name: 'HMAC', hash: 'SHA-512' }, 'sign'), u8('Test Using Larger Than Block-Size Key - Hash Key First'))).slice(0, 64)`, "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"},

		{"SP 800-38A, F.2.1", `hex(await subtle.encrypt({ name: 'AES-CBC', iv: x('000102030405060708090a0b0c0d0e0f') }, await aes('AES-CBC', '` + cbcKey + `'), x('` + block + `'))).slice(0, 32)`, "7649abac8119b246cee98e9b12e9197d"},
		{"SP 800-38A, F.5.1", `hex(await subtle.encrypt({ name: 'AES-CTR', counter: x('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'), length: 128 }, await aes('AES-CTR', '` + cbcKey + `'), x('` + block + `ae2d8a571e03ac9c9eb76fac45af8e51')))`, "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"},
		{"GCM test case 4", `hex(await subtle.encrypt({ name: 'AES-GCM', iv: x('cafebabefacedbaddecaf888'), additionalData: x('` + gcmExtra + `') }, await aes('AES-GCM', 'feffe9928665731c6d6a8f9467308308'), x('` + gcmPlain + `')))`, "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47"},
		{"GCM test case 5", `hex(await subtle.encrypt({ name: 'AES-GCM', iv: x('cafebabefacedbad'), additionalData: x('` + gcmExtra + `') }, await aes('AES-GCM', 'feffe9928665731c6d6a8f9467308308'), x('` + gcmPlain + `'))).slice(-32)`, "3612d2e79e3b0785561be14aaca2fccb"},
		{"RFC 3394, 4.1", `hex(await subtle.wrapKey('raw', await key('raw', x('00112233445566778899aabbccddeeff'), 'AES-CBC', 'encrypt'), await key('raw', x('000102030405060708090a0b0c0d0e0f'), 'AES-KW', 'wrapKey'), 'AES-KW'))`, "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"},
		{"RFC 3394, 4.6", `hex(await subtle.exportKey('raw', await subtle.unwrapKey('raw', x('28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21'), await key('raw', x('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'), 'AES-KW', 'unwrapKey'), 'AES-KW', { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])))`, "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"},
		{"RFC 5869, A.1", `hex(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: x('000102030405060708090a0b0c'), info: x('f0f1f2f3f4f5f6f7f8f9') }, await subtle.importKey('raw', x('0b'.repeat(22)), 'HKDF', false, ['deriveBits']), 336))`, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
		{"RFC 6070", `hex(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-1', salt: u8('salt'), iterations: 4096 }, await subtle.importKey('raw', u8('password'), 'PBKDF2', false, ['deriveBits']), 160))`, "4b007901b765489abead49d926f721d065a429c1"},
		{"RFC 7914, 11", `hex(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: u8('NaCl'), iterations: 80000 }, await subtle.importKey('raw', u8('Password'), 'PBKDF2', false, ['deriveBits']), 512)).slice(0, 32)`, "4ddcd8f60b98be21830cee5ef22701f9"},
		{"RFC 8032, 7.1", `hex(await subtle.sign('Ed25519', await key('jwk', { kty: 'OKP', crv: 'Ed25519', d: 'TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs', x: 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw' }, 'Ed25519', 'sign'), x('72')))`, "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
		{"RFC 8037, A.6", `hex(await subtle.deriveBits({ name: 'X25519', public: await key('jwk', { kty: 'OKP', crv: 'X25519', x: '3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08' }, 'X25519') }, await key('jwk', { kty: 'OKP', crv: 'X25519', d: 'dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo', x: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo' }, 'X25519', 'deriveBits')))`, "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"},
		{"RFC 7515, A.3", `subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, await key('jwk', { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' }, { name: 'ECDSA', namedCurve: 'P-256' }, 'verify'), Buffer.from('DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q', 'base64url'), 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ')`, true},
		{"counter of 2 bits wraps", `(async () => {
			const k = await aes('AES-CTR', '` + cbcKey + `');
			const at = (n, m) => subtle.encrypt({ name: 'AES-CTR', counter: x('f0f1f2f3f4f5f6f7f8f9fafbfcfdfe' + n), length: 2 }, k, new Uint8Array(m));
			return hex(await at('ff', 40)) === hex(await at('ff', 16)) + hex(await at('fc', 24));
		})()`, true},
		{"counter of 2 bits is used up", `subtle.encrypt({ name: 'AES-CTR', counter: new Uint8Array(16), length: 2 }, await aes('AES-CTR', '` + cbcKey + `'), new Uint8Array(65))`, "OperationError: The data is too long for the counter"},
		{"short tag", `(async () => {
			const k = await aes('AES-GCM', '` + cbcKey + `');
			const a = { name: 'AES-GCM', iv: new Uint8Array(12), tagLength: 96, additionalData: u8('extra') };
			const c = new Uint8Array(await subtle.encrypt(a, k, u8('text')));
			const good = Buffer.from(await subtle.decrypt(a, k, c)).toString();
			c[c.length - 1] ^= 1;
			return good + c.length + await subtle.decrypt(a, k, c).catch((e) => e.name);
		})()`, "text16OperationError"},
	})
}

// Every way round: keys are made, exported, imported, and used.
func TestSubtleRoundTrips(t *testing.T) {
	cipher := func(algorithm, params string) string {
		return fmt.Sprintf(`(async () => {
			const made1 = await made(%s, 'encrypt', 'decrypt');
			const [to, from] = made1.publicKey ? [made1.publicKey, made1.privateKey] : [made1, made1];
			const p = %s;
			const c = await subtle.encrypt(p, to, u8('héllo'));
			const again = await key('jwk', await subtle.exportKey('jwk', from), %[1]s, 'decrypt');
			const wrong = new Uint8Array(c.slice(0)); wrong[wrong.length - 1] ^= 1;
			const fails = await subtle.decrypt(p, from, wrong).then((b) => hex(b) !== hex(u8('héllo')), (e) => e.name === 'OperationError');
			return fails && Buffer.from(await subtle.decrypt(p, again, c)).toString();
		})()`, algorithm, params)
	}
	sign := func(algorithm, params, public string) string {
		return fmt.Sprintf(`(async () => {
			const { publicKey, privateKey } = await made(%s, 'sign', 'verify');
			const s = await subtle.sign(%s, privateKey, u8('héllo'));
			let good = 0;
			for (const format of %s) {
				const p = await key(format, await subtle.exportKey(format, publicKey), %[1]s, 'verify');
				if (await subtle.verify(%[2]s, p, s, u8('héllo'))) good++;
				if (await subtle.verify(%[2]s, p, s, u8('hello'))) good -= 10;
			}
			for (const format of ['pkcs8', 'jwk']) {
				const p = await key(format, await subtle.exportKey(format, privateKey), %[1]s, 'sign');
				if (await subtle.verify(%[2]s, publicKey, await subtle.sign(%[2]s, p, 'x'), 'x')) good++;
			}
			return good;
		})()`, algorithm, params, public)
	}
	agree := func(algorithm, name string) string {
		return fmt.Sprintf(`(async () => {
			const [a, b] = [await made(%s, 'deriveBits', 'deriveKey'), await made(%[1]s, 'deriveBits')];
			const raw = await key('raw', await subtle.exportKey('raw', b.publicKey), %[1]s);
			const mine = await subtle.deriveBits({ name: '%[2]s', public: raw }, a.privateKey);
			const theirs = await subtle.deriveBits({ name: '%[2]s', public: a.publicKey }, b.privateKey, null);
			const part = await subtle.deriveBits({ name: '%[2]s', public: raw }, a.privateKey, 20);
			const aes = await subtle.deriveKey({ name: '%[2]s', public: raw }, a.privateKey, { name: 'AES-GCM', length: 256 }, true, ['encrypt']);
			const first = hex(mine).slice(0, 4) + (parseInt(hex(mine)[4], 16)).toString(16) + '0';
			return hex(mine) === hex(theirs) && hex(part) === first && hex(mine).startsWith(hex(await subtle.exportKey('raw', aes)));
		})()`, algorithm, name)
	}
	const rsaKey = `, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }`
	checks := []check{
		{"", cipher(`{ name: 'RSA-OAEP'`+rsaKey, `{ name: 'RSA-OAEP', label: u8('label') }`), "héllo"},
		{"", cipher(`{ name: 'AES-CBC', length: 192 }`, `{ name: 'AES-CBC', iv: new Uint8Array(16) }`), "héllo"},
		{"", cipher(`{ name: 'AES-CTR', length: 128 }`, `{ name: 'AES-CTR', counter: new Uint8Array(16), length: 64 }`), "héllo"},
		{"", cipher(`{ name: 'AES-GCM', length: 256 }`, `{ name: 'AES-GCM', iv: new Uint8Array(12), tagLength: 128 }`), "héllo"},
		{"", sign(`{ name: 'RSASSA-PKCS1-v1_5'`+rsaKey, `'RSASSA-PKCS1-v1_5'`, `['spki', 'jwk']`), int64(4)},
		{"", sign(`{ name: 'RSA-PSS'`+rsaKey, `{ name: 'RSA-PSS', saltLength: 32 }`, `['spki', 'jwk']`), int64(4)},
		{"", sign(`{ name: 'RSA-PSS'`+rsaKey, `{ name: 'RSA-PSS', saltLength: 0 }`, `['spki', 'jwk']`), int64(4)},
		{"", sign(`'Ed25519'`, `'ed25519'`, `['spki', 'jwk', 'raw']`), int64(5)},
		{"", agree(`'X25519'`, "X25519"), true},
	}
	for _, curve := range []string{"P-256", "P-384", "P-521"} {
		checks = append(checks,
			check{"", sign(`{ name: 'ECDSA', namedCurve: '`+curve+`' }`, `{ name: 'ECDSA', hash: { name: 'SHA-384' } }`, `['spki', 'jwk', 'raw']`), int64(5)},
			check{"", agree(`{ name: 'ECDH', namedCurve: '`+curve+`' }`, "ECDH"), true})
	}
	settle(t, importSubtle, checks)
}

func TestSubtleObjects(t *testing.T) {
	const hmacKey = `await key('raw', x('00'.repeat(32)), { name: 'hmac', hash: 'sha-256' }, 'verify', 'sign', 'sign')`
	const oct = `{ kty: 'oct', k: 'AAECAwQFBgcICQoLDA0ODw', alg: 'A128GCM', ext: true, key_ops: ['encrypt', 'decrypt'] }`
	settle(t, importSubtle, []check{
		{"", `JSON.stringify((({ type, extractable, algorithm, usages }) => ({ type, extractable, algorithm, usages }))(` + hmacKey + `))`, `{"type":"secret","extractable":true,"algorithm":{"name":"HMAC","hash":{"name":"SHA-256"},"length":256},"usages":["sign","verify"]}`},
		{"", `(async () => { const k = ` + hmacKey + `; k.algorithm.hash.name = 'SHA-1'; k.usages.length = 0; return (await subtle.sign('HMAC', k, '')).byteLength; })()`, int64(32)},
		{"", `JSON.stringify(await subtle.exportKey('jwk', ` + hmacKey + `))`, `{"key_ops":["sign","verify"],"ext":true,"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","alg":"HS256"}`},
		{"", `(async () => { const p = await made({ name: 'RSA-PSS', modulusLength: 1024, publicExponent: x('010001'), hash: 'SHA-1' }, 'sign'); const a = p.privateKey.algorithm; return [a.name, a.modulusLength, hex(a.publicExponent), a.hash.name, p.publicKey.usages.length, p.publicKey.extractable].join(); })()`, "RSA-PSS,1024,010001,SHA-1,0,true"},
		{"", `(await made({ name: 'HMAC', hash: 'SHA-384' }, 'sign')).algorithm.length`, int64(1024)},
		{"", `(await made({ name: 'HMAC', hash: 'SHA-1', length: 12 }, 'sign')).algorithm.length`, int64(12)},
		{"", `(await subtle.exportKey('jwk', await made({ name: 'AES-KW', length: 256 }, 'wrapKey'))).alg`, "A256KW"},
		{"", `(await subtle.exportKey('jwk', await made({ name: 'HMAC', hash: 'SHA3-256' }, 'sign'))).alg === undefined`, true},
		{"order of a JWK", `Object.keys(await subtle.exportKey('jwk', (await made({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: x('010001'), hash: 'SHA-1' }, 'decrypt')).privateKey)).join()`, "key_ops,ext,kty,n,e,d,p,q,dp,dq,qi,alg"},
		{"order of a JWK", `Object.keys(await subtle.exportKey('jwk', (await made({ name: 'ECDH', namedCurve: 'P-256' }, 'deriveBits')).privateKey)).join()`, "key_ops,ext,kty,x,y,crv,d"},
		{"order of a JWK", `JSON.stringify({ ...await subtle.exportKey('jwk', (await made('Ed25519', 'sign')).publicKey), x: '' })`, `{"key_ops":[],"ext":true,"kty":"OKP","x":"","crv":"Ed25519","alg":"Ed25519"}`},
		{"JWK wrapped by AES-KW", `(async () => {
			const k = await key('raw', new Uint8Array(16), 'AES-GCM', 'encrypt');
			const w = await key('raw', new Uint8Array(16), 'AES-KW', 'wrapKey', 'unwrapKey');
			const again = await subtle.unwrapKey('jwk', await subtle.wrapKey('jwk', k, w, 'AES-KW'), w, 'AES-KW', 'AES-GCM', true, ['encrypt']);
			return (await subtle.exportKey('jwk', again)).k;
		})()`, "AAAAAAAAAAAAAAAAAAAAAA"},
		{"no DER", `key('spki', new Uint8Array(4), { name: 'RSA-OAEP', hash: 'SHA-256' }, 'encrypt')`, "DataError: not a known kind of key in the form of SubjectPublicKeyInfo"},
		{"no DER", `key('pkcs8', new Uint8Array(4), 'Ed25519', 'sign')`, "DataError: not a known kind of key in the form of PKCS #8"},
		{"", `hex(await subtle.exportKey('raw', await key('jwk', ` + oct + `, 'AES-GCM', 'encrypt')))`, "000102030405060708090a0b0c0d0e0f"},
		{"", `Object.prototype.toString.call(crypto) + crypto.subtle + await made('Ed25519', 'sign').then((p) => p.privateKey)`, "[object Crypto][object SubtleCrypto][object CryptoKey]"},
		{"", `[crypto instanceof Crypto, subtle instanceof SubtleCrypto, ` + hmacKey + ` instanceof CryptoKey].join()`, "true,true,true"},
		{"", `new CryptoKey()`, "TypeError: Illegal constructor"},
		{"", `new Crypto()`, "TypeError: Illegal constructor"},
		{"", `new SubtleCrypto()`, "TypeError: Illegal constructor"},
		{"wrapped as JWK", `(async () => {
			const w = await made({ name: 'AES-GCM', length: 128 }, 'wrapKey', 'unwrapKey');
			const a = { name: 'AES-GCM', iv: new Uint8Array(12) };
			const { privateKey } = await made({ name: 'ECDSA', namedCurve: 'P-256' }, 'sign');
			const k = await subtle.unwrapKey('jwk', await subtle.wrapKey('jwk', privateKey, w, a), w, a, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
			return [k.type, k.extractable, k.algorithm.namedCurve].join();
		})()`, "private,false,P-256"},
		{"derived by PBKDF2", `(await subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt: u8('s'), iterations: 10 }, await subtle.importKey('raw', u8('pw'), 'PBKDF2', false, ['deriveKey']), { name: 'HMAC', hash: 'SHA-512' }, true, ['sign'])).algorithm.length`, int64(1024)},
		{"derived by HKDF from ECDH", `(async () => {
			const a = await made({ name: 'ECDH', namedCurve: 'P-256' }, 'deriveKey');
			const k = await subtle.deriveKey({ name: 'ECDH', public: a.publicKey }, a.privateKey, 'HKDF', false, ['deriveBits']);
			return (await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: '', info: '' }, k, 128)).byteLength;
		})()`, int64(16)},
		{"point, compressed", `(await key('raw', x('036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'), { name: 'ECDH', namedCurve: 'P-256' })).type`, "public"},
	})
}

// What is refused, with the exception that the specification has for it.
func TestSubtleRefuses(t *testing.T) {
	const gcm = `await key('raw', x('00'.repeat(16)), 'AES-GCM', 'encrypt')`
	const ec = `{ name: 'ECDSA', namedCurve: 'P-256' }`
	name := func(e string) string {
		return `(async () => ` + e + `)().catch((e) => e.constructor.name + ' ' + e.name)`
	}
	var checks []check
	for _, c := range []struct{ expr, want string }{
		{`subtle.digest('SHA-0', '')`, "DOMException NotSupportedError"},
		{`subtle.digest('SHA-1')`, "TypeError TypeError"},
		{`subtle.digest('SHA-1', 5)`, "TypeError TypeError"},
		{`subtle.digest({}, '')`, "TypeError TypeError"},
		{`subtle.encrypt({ name: 'AES-GCM' }, ` + gcm + `, '')`, "TypeError TypeError"},
		{`subtle.encrypt({ name: 'AES-CBC', iv: x('00'.repeat(16)) }, ` + gcm + `, '')`, "DOMException InvalidAccessError"},
		{`subtle.decrypt({ name: 'AES-GCM', iv: x('00') }, ` + gcm + `, '')`, "DOMException InvalidAccessError"},
		{`subtle.encrypt({ name: 'AES-GCM', iv: x('00'), tagLength: 100 }, ` + gcm + `, '')`, "DOMException OperationError"},
		{`subtle.encrypt({ name: 'AES-GCM', iv: x('00'), tagLength: 256 }, ` + gcm + `, '')`, "TypeError TypeError"},
		{`subtle.encrypt({ name: 'AES-CBC', iv: x('00') }, await aes('AES-CBC', '00'.repeat(16)), '')`, "DOMException OperationError"},
		{`subtle.decrypt({ name: 'AES-CBC', iv: x('00'.repeat(16)) }, await aes('AES-CBC', '00'.repeat(16)), x('00'.repeat(32)))`, "DOMException OperationError"},
		{`subtle.encrypt({ name: 'AES-CTR', counter: x('00'.repeat(16)), length: 129 }, await aes('AES-CTR', '00'.repeat(16)), '')`, "DOMException OperationError"},
		{`subtle.encrypt('AES-GCM', {}, '')`, "TypeError TypeError"},
		{`subtle.importKey('raw', x('00'), 'AES-GCM', true, ['encrypt'])`, "DOMException DataError"},
		{`subtle.importKey('raw', x('00'.repeat(16)), 'AES-GCM', true, [])`, "DOMException SyntaxError"},
		{`subtle.importKey('raw', x('00'.repeat(16)), 'AES-GCM', true, ['sign'])`, "DOMException SyntaxError"},
		{`subtle.importKey('raw', x('00'.repeat(16)), 'AES-GCM', true, ['play'])`, "TypeError TypeError"},
		{`subtle.importKey('raw', x('00'.repeat(16)), 'AES-GCM', true, 5)`, "TypeError TypeError"},
		{`subtle.importKey('pem', x('00'.repeat(16)), 'AES-GCM', true, ['encrypt'])`, "TypeError TypeError"},
		{`subtle.importKey('spki', x('00'.repeat(16)), 'AES-GCM', true, ['encrypt'])`, "DOMException NotSupportedError"},
		{`subtle.importKey('spki', x('00'.repeat(16)), ` + ec + `, true, ['verify'])`, "DOMException DataError"},
		{`subtle.importKey('raw', x('00'.repeat(16)), 'PBKDF2', true, ['deriveBits'])`, "DOMException SyntaxError"},
		{`subtle.importKey('raw', x(''), { name: 'HMAC', hash: 'SHA-1' }, true, ['sign'])`, "DOMException DataError"},
		{`subtle.importKey('jwk', { kty: 'oct', k: 'AAA', alg: 'HS384' }, { name: 'HMAC', hash: 'SHA-1' }, true, ['sign'])`, "DOMException DataError"},
		{`subtle.importKey('jwk', { kty: 'oct', k: 'AAA', ext: false }, { name: 'HMAC', hash: 'SHA-1' }, true, ['sign'])`, "DOMException DataError"},
		{`subtle.importKey('jwk', { kty: 'oct', k: 'AAA', key_ops: ['verify'] }, { name: 'HMAC', hash: 'SHA-1' }, true, ['sign'])`, "DOMException DataError"},
		{`subtle.importKey('jwk', { kty: 'RSA', k: 'AAA' }, { name: 'HMAC', hash: 'SHA-1' }, true, ['sign'])`, "DOMException DataError"},
		{`subtle.importKey('jwk', x('00'), { name: 'HMAC', hash: 'SHA-1' }, true, ['sign'])`, "TypeError TypeError"},
		{`subtle.importKey('jwk', { kty: 'EC', crv: 'P-384' }, ` + ec + `, true, ['verify'])`, "DOMException DataError"},
		{`subtle.importKey('raw', x('04'), ` + ec + `, true, ['verify'])`, "DOMException DataError"},
		{`made({ name: 'ECDSA', namedCurve: 'P-255' }, 'sign')`, "DOMException NotSupportedError"},
		{`made(` + ec + `, 'verify')`, "DOMException SyntaxError"},
		{`made(` + ec + `, 'encrypt')`, "DOMException SyntaxError"},
		{`made({ name: 'AES-GCM', length: 100 }, 'encrypt')`, "DOMException OperationError"},
		{`made({ name: 'HMAC', hash: 'SHA-1', length: 0 }, 'sign')`, "DOMException OperationError"},
		{`made({ name: 'RSA-PSS', modulusLength: 100000, publicExponent: x('010001'), hash: 'SHA-1' }, 'sign')`, "DOMException OperationError"},
		{`made({ name: 'RSA-PSS', modulusLength: 2048, publicExponent: [1, 0, 1], hash: 'SHA-1' }, 'sign')`, "TypeError TypeError"},
		{`subtle.exportKey('raw', await subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt']))`, "DOMException InvalidAccessError"},
		{`subtle.exportKey('spki', (await made('Ed25519', 'sign')).privateKey)`, "DOMException InvalidAccessError"},
		{`subtle.deriveBits({ name: 'HKDF', hash: 'SHA-1', salt: '', info: '' }, await subtle.importKey('raw', '', 'HKDF', false, ['deriveBits']), 7)`, "DOMException OperationError"},
		{`subtle.deriveBits({ name: 'HKDF', hash: 'SHA-1', salt: '', info: '' }, await subtle.importKey('raw', '', 'HKDF', false, ['deriveBits']), 8 * 20 * 256)`, "DOMException OperationError"},
		{`subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-1', salt: '', iterations: 0 }, await subtle.importKey('raw', '', 'PBKDF2', false, ['deriveBits']), 8)`, "DOMException OperationError"},
		{`(async () => { const k = await made('X25519', 'deriveBits'); return subtle.deriveBits({ name: 'X25519', public: k.publicKey }, k.privateKey, 264); })()`, "DOMException OperationError"},
		{`(async () => { const k = await made('X25519', 'deriveBits'); return subtle.deriveBits({ name: 'X25519', public: k.privateKey }, k.privateKey); })()`, "DOMException InvalidAccessError"},
		{`(async () => { const k = await made('X25519', 'deriveBits'); return subtle.deriveBits({ name: 'X25519', public: await key('raw', new Uint8Array(32), 'X25519') }, k.privateKey); })()`, "DOMException OperationError"},
		{`subtle.unwrapKey('raw', x('00'.repeat(24)), await key('raw', x('00'.repeat(16)), 'AES-KW', 'unwrapKey'), 'AES-KW', 'AES-GCM', true, ['encrypt'])`, "DOMException OperationError"},
	} {
		checks = append(checks, check{"", name(c.expr), c.want})
	}
	settle(t, importSubtle, checks)
}

// What the engine signs Go's libraries verify, and the other way round.
func TestSubtleAndGo(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	data := []byte("héllo")
	sum := sha256.Sum256(data)
	long := sha512.Sum512(data)
	pss := &rsa.PSSOptions{SaltLength: 20}
	tests := []struct {
		key    any
		public any
		alg    string
		sign   func() ([]byte, error)
		verify func([]byte) bool
	}{
		{
			rsaKey, &rsaKey.PublicKey, `{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }`,
			func() ([]byte, error) { return rsa.SignPKCS1v15(nil, rsaKey, crypto.SHA256, sum[:]) },
			func(s []byte) bool { return rsa.VerifyPKCS1v15(&rsaKey.PublicKey, crypto.SHA256, sum[:], s) == nil },
		},
		{
			rsaKey, &rsaKey.PublicKey, `{ name: 'RSA-PSS', hash: 'SHA-512', saltLength: 20 }`,
			func() ([]byte, error) { return rsa.SignPSS(rand.Reader, rsaKey, crypto.SHA512, long[:], pss) },
			func(s []byte) bool { return rsa.VerifyPSS(&rsaKey.PublicKey, crypto.SHA512, long[:], s, pss) == nil },
		},
		{
			ecKey, &ecKey.PublicKey, `{ name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' }`,
			func() ([]byte, error) {
				r, s, err := ecdsa.Sign(rand.Reader, ecKey, long[:])
				return append(r.FillBytes(make([]byte, 66)), s.FillBytes(make([]byte, 66))...), err
			},
			func(s []byte) bool {
				return ecdsa.Verify(&ecKey.PublicKey, long[:], new(big.Int).SetBytes(s[:66]), new(big.Int).SetBytes(s[66:]))
			},
		},
		{
			edKey, edKey.Public(), `{ name: 'Ed25519' }`,
			func() ([]byte, error) { return ed25519.Sign(edKey, data), nil },
			func(s []byte) bool { return ed25519.Verify(edKey.Public().(ed25519.PublicKey), data, s) },
		},
		{ // the longest salt that crypto/rsa finds out by itself is as good as none
			rsaKey, &rsaKey.PublicKey, `{ name: 'RSA-PSS', hash: 'SHA-256', saltLength: 0 }`,
			nil,
			func(s []byte) bool { return rsa.VerifyPSS(&rsaKey.PublicKey, crypto.SHA256, sum[:], s, nil) == nil },
		},
	}
	pool := newPool(t, &host{}, importSubtle+`
		const algs = [`+func() (l string) {
		for _, c := range tests {
			l += c.alg + ","
		}
		return l
	}()+`];
		export async function sign(i, pkcs8, data) { return subtle.sign(algs[i], await key('pkcs8', pkcs8, algs[i], 'sign'), data); }
		export async function verify(i, spki, s, data) { return subtle.verify(algs[i], await key('spki', spki, algs[i], 'verify'), s, data); }`)
	call := func(f string, args ...js.Value) js.Value {
		r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: f}, Args: args})
		if err != nil {
			t.Fatal(err)
		}
		return r.Value
	}
	for i, c := range tests {
		pkcs8, err := x509.MarshalPKCS8PrivateKey(c.key)
		if err != nil {
			t.Fatal(err)
		}
		spki, err := x509.MarshalPKIXPublicKey(c.public)
		if err != nil {
			t.Fatal(err)
		}
		if s := call("sign", int64(i), pkcs8, data).([]byte); !c.verify(s) {
			t.Errorf("%s: Go does not verify what the engine signed", c.alg)
		}
		if c.sign == nil {
			continue
		}
		s, err := c.sign()
		if err != nil {
			t.Fatal(err)
		}
		if call("verify", int64(i), spki, s, data) != true {
			t.Errorf("%s: the engine does not verify what Go signed", c.alg)
		}
		s[3] ^= 1
		if call("verify", int64(i), spki, s, data) != false {
			t.Errorf("%s: the engine verifies what nobody signed", c.alg)
		}
	}
}
