package builtin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"testing"

	"weir/js"
)

// What is no token is refused with an exception of the module.
func FuzzToken(f *testing.F) {
	f.Add("eyJhbGciOiJIUzI1NiJ9.e30.AAAA")
	f.Add("eyJhbGciOiJub25lIn0.e30.")
	f.Add("e30.e30.e30")
	f.Add("..")
	pool := newPool(f, &host{}, importJWT+`
		export function check(token) {
			try { verifySync(token, 'secret'); return 'believed'; } catch (e) { return e instanceof JwtError ? '' : String(e); }
		}`)
	f.Fuzz(func(t *testing.T, token string) {
		r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "check"}, Args: []js.Value{token}})
		if err != nil || r.Value != "" {
			t.Errorf("%q: %v, %v", token, r.Value, err)
		}
	})
}

// What is no key is refused with a DataError, and what is one comes out as it went in.
func FuzzKey(f *testing.F) {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		f.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&k.PublicKey)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint8(0), pkcs8)
	f.Add(uint8(1), spki)
	f.Add(uint8(2), []byte{4})
	pool := newPool(f, &host{}, importSubtle+`
		const algs = [{ name: 'ECDH', namedCurve: 'P-256' }, { name: 'RSA-OAEP', hash: 'SHA-1' }, 'X25519'];
		export async function check(n, bytes) {
			const format = ['pkcs8', 'spki', 'raw'][n % 3];
			const alg = algs[(n / 3 | 0) % 3];
			const usages = format !== 'pkcs8' ? alg === algs[1] ? ['encrypt'] : [] : alg === algs[1] ? ['decrypt'] : ['deriveBits'];
			try {
				const k = await key(format, bytes, alg, ...usages);
				const jwk = await subtle.exportKey('jwk', k);
				const again = await key('jwk', jwk, alg, ...usages);
				return JSON.stringify(await subtle.exportKey('jwk', again)) === JSON.stringify(jwk) ? '' : 'changed';
			} catch (e) { return ['DataError', 'NotSupportedError'].includes(e.name) ? '' : String(e); }
		}`)
	f.Fuzz(func(t *testing.T, n uint8, b []byte) {
		r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "check"}, Args: []js.Value{int64(n), b}})
		if err != nil || r.Value != "" {
			t.Errorf("%d %x: %v, %v", n, b, r.Value, err)
		}
	})
}
