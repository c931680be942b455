package builtin_test

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"regexp"
	"testing"

	"weir/js"
)

const importCrypto = `
import crypto, { createHash, createHmac, timingSafeEqual, randomBytes, randomUUID } from 'crypto';
import * as node from 'node:crypto';
const web = globalThis.crypto;
`

func TestHashesAreGo(t *testing.T) {
	var checks []check
	for name, h := range map[string]func() hash.Hash{
		"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224,
		"sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
	} {
		digest := h()
		digest.Write([]byte("héllo"))
		mac := hmac.New(h, []byte("kéy"))
		mac.Write([]byte("héllo"))
		checks = append(checks,
			check{"hash", fmt.Sprintf("createHash('%s').update('hé').update('llo').digest('hex')", name), hex.EncodeToString(digest.Sum(nil))},
			check{"hmac", fmt.Sprintf("createHmac('%s', 'kéy').update('héllo').digest('hex')", name), hex.EncodeToString(mac.Sum(nil))},
		)
	}
	evaluate(t, &host{}, importCrypto, checks)
}

// What is expected is Node's answer, but for unknown encodings, broken hex and
// the second digest of an Hmac, which Node lets pass.
func TestCrypto(t *testing.T) {
	const abc = "a9993e364706816aba3e25717850c26c9cd0d89d" // SHA-1
	evaluate(t, &host{}, importCrypto, []check{
		{"default export", `crypto.createHash === createHash && node.createHash === createHash && node.default === crypto`, true},
		{"names", `createHash('SHA1').update('abc').digest('hex')`, abc},
		{"names", `createHash('RSA-SHA1').update('abc').digest('hex')`, abc},
		{"names", `createHash('SHA-1').update('abc').digest('hex')`, abc},
		{"names", `crypto.getHashes().join()`, "md5,sha1,sha224,sha256,sha384,sha512,sha512-224,sha512-256,sha3-224,sha3-256,sha3-384,sha3-512"},
		{"base64", `createHash('sha1').update('abc').digest('base64')`, "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="},
		{"base64url", `createHash('sha1').update('abc').digest('base64url')`, "qZk-NkcGgWq6PiVxeFDCbJzQ2J0"},
		{"bytes", `createHash('sha1').update('abc').digest()[0]`, int64(0xa9)},
		{"bytes", `createHash('sha1').update('abc').digest() instanceof Uint8Array`, true},
		{"bytes", `createHash('sha1').update('abc').digest().toString('hex')`, abc},
		{"bytes", `createHash('sha1').update('abc').digest('buffer').length`, int64(20)},
		{"empty", `createHmac('sha1', '').update('').digest('hex')`, "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d"},

		{"update with hex", `createHash('sha1').update('616263', 'hex').digest('hex')`, abc},
		{"update with base64", `createHash('sha1').update('YWJj', 'base64').digest('hex')`, abc},
		{"update with bytes", `createHash('sha1').update(new Uint8Array([97, 98, 99])).digest('hex')`, abc},
		{"update with a part of a buffer", `createHash('sha1').update(new Uint8Array([0, 97, 98, 99, 0]).subarray(1, 4)).digest('hex')`, abc},
		{"update with a view", `createHash('sha1').update(new DataView(new Uint8Array([97, 98, 99]).buffer)).digest('hex')`, abc},
		{"update with a buffer", `createHash('sha1').update(new Uint8Array([97, 98, 99]).buffer).digest('hex')`, abc},
		{"update copies", `(() => { const b = new Uint8Array([97, 98, 99]); const h = createHash('sha1').update(b); b[0] = 0; return h.digest('hex'); })()`, abc},
		{"key of bytes", `createHmac('sha1', new Uint8Array([107])).update('abc').digest('hex') === createHmac('sha1', 'k').update('abc').digest('hex')`, true},
		{"copy", `(() => { const h = createHash('sha1').update('ab'); const c = h.copy(); h.update('x'); return c.update('c').digest('hex'); })()`, abc},
		{"copy of an hmac", `createHmac('sha1', 'k').update('abc').copy().digest('hex') === createHmac('sha1', 'k').update('abc').digest('hex')`, true},

		{"digest twice", `(() => { const h = createHash('sha1'); h.digest(); h.digest(); })()`, "Error: Digest already called"},
		{"digest twice", `(() => { const h = createHmac('sha1', 'k'); h.digest(); h.digest(); })()`, "Error: Digest already called"},
		{"update after digest", `(() => { const h = createHash('sha1'); h.digest(); h.update('a'); })()`, "Error: Digest already called"},
		{"unknown hash", `createHash('nope')`, "Error: Digest method not supported"},
		{"unknown hash", `createHmac('nope', 'k')`, "TypeError: Invalid digest: nope"},
		{"no hash", `createHash()`, `TypeError: The "algorithm" argument must be of type string. Received undefined`},
		{"no key", `createHmac('sha1')`, `TypeError: The "key" argument must be of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView. Received undefined`},
		{"no data", `createHash('sha1').update(5)`, `TypeError: The "data" argument must be of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView. Received type number (5)`},
		{"unknown encoding", `createHash('sha1').digest('nope')`, `TypeError: Unknown encoding: nope`},
		{"latin1", `createHash('sha1').update('abc').digest('latin1').charCodeAt(1)`, int64(0x99)},
		{"latin1", `createHash('sha1').update('\xff', 'latin1').digest('hex') === createHash('sha1').update(new Uint8Array([255])).digest('hex')`, true},
		{"unknown encoding leaves the hash open", `(() => { const h = createHash('sha1').update('abc'); try { h.digest('nope'); } catch {} return h.digest('hex'); })()`, abc},
		{"broken hex", `createHash('sha1').update('abc', 'hex')`, "TypeError: The argument 'encoding' is invalid for data of length 3. Received 'hex'"},
		{"code", `(() => { try { createHmac('nope', 'k'); } catch (e) { return e.code; } })()`, "ERR_CRYPTO_INVALID_DIGEST"},

		{"equal", `timingSafeEqual(createHash('md5').digest(), createHash('md5').digest())`, true},
		{"equal", `timingSafeEqual(new Uint8Array([1, 2]), new Uint8Array([1, 3]))`, false},
		{"equal", `timingSafeEqual(new Uint8Array(1), new Uint8Array(2))`, "RangeError: Input buffers must have the same byte length"},
		{"equal", `timingSafeEqual('a', 'a')`, `TypeError: The "buf1" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView. Received type string ('a')`},

		{"sha3", `createHash('sha3-256').update('abc').digest('hex')`, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"},
		{"sha512/256", `createHash('SHA512/256').update('abc').digest('hex')`, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"},
		{"at once", `crypto.hash('sha1', 'abc')`, abc},
		{"at once", `crypto.hash('sha1', 'abc', 'buffer').length`, int64(20)},
		{"Hash", `createHash('sha1') instanceof crypto.Hash && createHmac('sha1', 'k').copy() instanceof crypto.Hmac`, true},
		{"million letters", `(() => { const h = createHash('sha256'); for (let i = 0; i < 1000; i++) h.update('a'.repeat(1000)); return h.digest('hex'); })()`, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
		{"copies part after the state", `(() => { const h = createHmac('sha512', 'k').update('a'.repeat(20000)); const c = h.copy(); h.update('x'); return c.update('b').digest('hex') === createHmac('sha512', 'k').update('a'.repeat(20000) + 'b').digest('hex'); })()`, true},

		{"web", `crypto.webcrypto === web && crypto.subtle === web.subtle && crypto.getRandomValues(new Uint8Array(4)).length === 4`, true},
		{"randomInt", `(() => { const seen = new Set(); for (let i = 0; i < 300; i++) seen.add(crypto.randomInt(-1, 2)); return [...seen].sort().join(); })()`, "-1,0,1"},
		{"randomInt", `crypto.randomInt(1, 1)`, `RangeError: The value of "max" is out of range. It must be greater than the value of "min" (1). Received 1`},
		{"randomInt", `crypto.randomInt('1')`, `TypeError: The "max" argument must be a safe integer. Received type string ('1')`},
		{"randomFill", `(() => { const b = new Uint8Array(32); crypto.randomFillSync(b, 16); return b.subarray(0, 16).every((n) => n === 0) && b.subarray(16).some((n) => n !== 0); })()`, true},

		{"random", `randomBytes(33).length`, int64(33)},
		{"random", `randomBytes(32).toString('hex') === randomBytes(32).toString('hex')`, false},
		{"random", `randomBytes(1e9)`, `RangeError: The value of "size" is out of range. It must be >= 0 && <= 65536. Received 1000000000`},
		{"random", `randomBytes('1')`, `TypeError: The "size" argument must be of type number. Received type string ('1')`},
		{"web", `web.getRandomValues(new Uint32Array(64)).some((n) => n > 0xffff)`, true},
		{"web", `(() => { const b = new Uint8Array(64); web.getRandomValues(b.subarray(0, 32)); return b.slice(0, 32).some((n) => n) && !b.slice(32).some((n) => n); })()`, true},
		{"web", `web.getRandomValues(new Float32Array(1))`, "TypeMismatchError: The data argument must be an integer-type TypedArray"},
		{"web", `web.getRandomValues(new Uint8Array(65537))`, "QuotaExceededError: The requested length exceeds 65,536 bytes"},
	})
}

func TestRandomUUID(t *testing.T) {
	pool := newPool(t, &host{}, importCrypto+`export function ids() { return [randomUUID(), web.randomUUID()]; }`)
	r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "ids"}})
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	for _, id := range r.Value.([]any) {
		if !form.MatchString(id.(string)) {
			t.Errorf("%q is no UUID of version 4", id)
		}
	}
}

func BenchmarkToken(b *testing.B) {
	pool := newPool(b, &host{}, importCrypto+`
		export function check(path) {
			const mac = createHmac('sha256', 'secret').update(path).digest('base64url');
			return mac.length === 43;
		}`)
	b.ReportAllocs()
	for b.Loop() {
		r, err := pool.Call(b.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "check"}, Args: []js.Value{"live/camera"}})
		if err != nil || r.Value != true {
			b.Fatal(r, err)
		}
	}
}
