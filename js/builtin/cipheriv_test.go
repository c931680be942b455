package builtin_test

import "testing"

const importCipher = `
import crypto, { createCipheriv, createDecipheriv, getCiphers } from 'crypto';
const h = (s) => Buffer.from(s, 'hex');
// pieces encrypts text in pieces of n bytes.
const pieces = (c, bytes, n, encoding) => {
	const out = [];
	for (let i = 0; i < bytes.length; i += n) out.push(c.update(bytes.subarray(i, i + n), undefined, encoding));
	out.push(c.final(encoding));
	return encoding ? out.join('') : Buffer.concat(out);
};
const text = Buffer.from('abcdefghijklmnopqrstuvwxyz'.repeat(5));
`

func TestCiphers(t *testing.T) {
	const (
		key   = "2b7e151628aed2a6abf7158809cf4f3c"
		block = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
	)
	round := func(name string, keyLen, ivLen, more string) check {
		return check{name, `(() => {
			const k = Buffer.alloc(` + keyLen + `, 7), iv = Buffer.alloc(` + ivLen + `, 9);
			for (const n of [1, 3, 15, 16, 17, 130]) {
				const c = createCipheriv('` + name + `', k, iv);
				` + more + `
				const sealed = pieces(c, text, n);
				const d = createDecipheriv('` + name + `', k, iv);
				if (c.getAuthTag && '` + name + `'.endsWith('gcm')) d.setAAD('extra').setAuthTag(c.getAuthTag());
				if (!pieces(d, sealed, 19 - n % 19).equals(text)) return n;
				const e = createCipheriv('` + name + `', k, iv);
				if (pieces(e, text, n, 'base64') !== sealed.toString('base64')) return -n;
			}
			return 'good';
		})()`, "good"}
	}
	evaluate(t, &host{}, importCipher, []check{
		{"SP 800-38A, F.2.1", `(() => { const c = createCipheriv('AES-128-CBC', h('` + key + `'), h('000102030405060708090a0b0c0d0e0f')).setAutoPadding(false); return c.update('` + block + `', 'hex', 'hex') + c.final('hex'); })()`, "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"},
		{"SP 800-38A, F.5.1", `createCipheriv('aes-128-ctr', h('` + key + `'), h('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff')).update('` + block + `', 'hex', 'hex')`, "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"},
		{"GCM test case 2", `(() => { const c = createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)); return c.update(Buffer.alloc(16), undefined, 'hex') + c.final('hex') + c.getAuthTag().toString('hex'); })()`, "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf"},
		{"GCM test case 5", `(() => { const c = createCipheriv('aes-128-gcm', h('feffe9928665731c6d6a8f9467308308'), h('cafebabefacedbad')); c.setAAD(h('feedfacedeadbeeffeedfacedeadbeefabaddad2')); return c.update('d9313225f88406e5a55909c5aff5269a', 'hex', 'hex') + c.final('hex'); })()`, "61353b4c2806934a777ff51fa22a4755"},
		round("aes-192-cbc", "24", "16", ""),
		round("aes-256-ctr", "32", "16", ""),
		round("aes-256-gcm", "32", "12", "c.setAAD('extra');"),
		round("aes-128-gcm", "16", "31", "c.setAAD('ex').setAAD('tra');"),
		{"short tag", `(() => { const c = createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12), { authTagLength: 8 }); c.final(); return c.getAuthTag().length; })()`, int64(8)},
		{"ciphers", `getCiphers().length`, int64(9)},

		{"wrong key", `(() => { const d = createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); d.update(Buffer.alloc(32)); d.final(); })()`, "Error: bad decrypt"},
		{"half a block", `(() => { const d = createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); d.update(Buffer.alloc(17)); d.final(); })()`, "Error: wrong final block length"},
		{"wrong tag", `(() => { const d = createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)); d.setAuthTag(Buffer.alloc(16)); d.update('x'); d.final(); })()`, "Error: Unsupported state or unable to authenticate data"},
		{"no tag", `createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)).final()`, "Error: Unsupported state or unable to authenticate data"},
		{"tag's length", `createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)).setAuthTag(Buffer.alloc(3))`, "TypeError: Invalid authentication tag length: 3"},
		{"tag too soon", `createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)).getAuthTag()`, "Error: Invalid state for operation getAuthTag"},
		{"tag of CBC", `createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).setAuthTag(Buffer.alloc(16))`, "Error: Invalid state for operation setAuthTag"},
		{"after the end", `(() => { const c = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)); c.final(); c.update('x'); })()`, "Error: Unsupported state"},
		{"cipher", `createCipheriv('des-cbc', '', '')`, "Error: Unknown cipher"},
		{"key", `createCipheriv('aes-128-cbc', 'short', Buffer.alloc(16))`, "RangeError: Invalid key length"},
		{"iv", `createCipheriv('aes-128-cbc', Buffer.alloc(16), 'short')`, "TypeError: Invalid initialization vector"},
	})
}
