package builtin_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"weir/js"
)

const importKDF = `
import crypto, { pbkdf2, pbkdf2Sync, hkdf, hkdfSync, scrypt, scryptSync, randomBytes, randomInt } from 'crypto';
const h = (s) => Buffer.from(s, 'hex');
const back = (f, ...args) => new Promise((resolve, reject) => f(...args, (e, v) => e ? reject(e) : resolve(v)));
`

func TestDerivations(t *testing.T) {
	const (
		rfc6070 = "4b007901b765489abead49d926f721d065a429c1"
		rfc5869 = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
		rfc7914 = "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
	)
	settle(t, importKDF, []check{
		{"RFC 6070", `pbkdf2Sync('password', 'salt', 4096, 20, 'sha1').toString('hex')`, rfc6070},
		{"RFC 6070", `(await back(pbkdf2, 'password', 'salt', 4096, 20, 'sha1')).toString('hex')`, rfc6070},
		{"RFC 6070", `pbkdf2Sync('passwordPASSWORDpassword', 'saltSALTsaltSALTsaltSALTsaltSALTsalt', 4096, 25, 'sha1').toString('hex')`, "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"},
		{"RFC 5869, A.1", `Buffer.from(hkdfSync('sha256', h('0b'.repeat(22)), h('000102030405060708090a0b0c'), h('f0f1f2f3f4f5f6f7f8f9'), 42)).toString('hex')`, rfc5869},
		{"RFC 5869, A.1", `Buffer.from(await back(hkdf, 'sha256', h('0b'.repeat(22)), h('000102030405060708090a0b0c'), h('f0f1f2f3f4f5f6f7f8f9'), 42)).toString('hex')`, rfc5869},
		{"RFC 7914, 12", `scryptSync('password', 'NaCl', 64, { N: 1024, r: 8, p: 16 }).toString('hex')`, rfc7914},
		{"RFC 7914, 12", `(await back(scrypt, 'password', 'NaCl', 64, { cost: 1024, parallelization: 16 })).toString('hex')`, rfc7914},
		{"scrypt", `(await back(scrypt, 'password', 'NaCl', 7)).length`, int64(7)},
		{"random", `(await back(randomBytes, 5)).length + await back(randomInt, 1)`, int64(5)},

		{"rounds", `pbkdf2Sync('', '', 1e9, 20, 'sha1')`, "RangeError: too many iterations to wait for: use pbkdf2 with a callback, or crypto.subtle.deriveBits"},
		{"rounds", `pbkdf2Sync('', '', 0, 20, 'sha1')`, `RangeError: The value of "iterations" is out of range. It must be >= 1 && <= 2147483647. Received 0`},
		{"digest", `pbkdf2Sync('', '', 1, 20, 'nope')`, "TypeError: Invalid digest: nope"},
		{"callback", `pbkdf2('', '', 1, 20, 'sha1')`, `TypeError: The "callback" argument must be of type function. Received undefined`},
		{"length", `hkdfSync('sha256', '', '', '', 256 * 32)`, "RangeError: Invalid key length"},
		{"memory", `scryptSync('', '', 64, { N: 2 ** 20 })`, "RangeError: Invalid scrypt params: memory limit exceeded"},
		{"memory", `scryptSync('', '', 64, { N: 2 ** 20, maxmem: 2 ** 40 })`, "RangeError: Invalid scrypt params: memory limit exceeded"},
		{"cost", `scryptSync('', '', 64, { N: 1000 })`, "RangeError: Invalid scrypt params"},
	})
}

// A derivation ends with the time of the call that asked for it, and so do those
// that wait for their turn.
func TestDerivationEnds(t *testing.T) {
	pool := newPool(t, &host{}, importKDF+`
		export async function all() { await Promise.all(Array.from({ length: 8 }, () => back(pbkdf2, '', '', 2 ** 31 - 1, 20, 'sha512'))); }`)
	_, err := pool.Call(t.Context(), js.Call{
		Unit: "v", Func: js.Func{Module: "m", Name: "all"}, Budget: js.Budget{Wall: 50 * time.Millisecond},
	})
	if err == nil || !strings.Contains(err.Error(), js.ErrTimeout.Error()) { // the call's own, or the exception of one of them
		t.Fatal(err)
	}
	if err := pool.Close(context.Background()); err != nil { // which waits for them
		t.Fatal(err)
	}
}

// More computations than can wait are refused.
func TestTurnsAreBounded(t *testing.T) {
	settle(t, importKDF, []check{{
		"", `Promise.race(Array.from({ length: 100 }, () => back(pbkdf2, '', '', 2 ** 31 - 1, 20, 'sha512')))`,
		"OperationError: too many computations at once",
	}})
}
