package builtin_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const importZlib = `
import zlib from 'zlib';
const text = 'WAKA'.repeat(100);
const failed = (f) => { try { return f(); } catch (e) { return [e.name, e.message, e.code, e.errno].join('|'); } };
const both = (a, b, o) => zlib[b + 'Sync'](zlib[a + 'Sync'](text, o), o).toString() === text;
`

// What is expected is Node's answer; the compressed bytes are those of zlib 1.2.13.
func TestZlib(t *testing.T) {
	evaluate(t, &host{}, importZlib, []check{
		{"raw", `zlib.deflateRawSync('WAKA').toString('base64')`, "C3f0dgQA"},
		{"zlib", `zlib.deflateSync('WAKA').toString('hex')`, "789c0b77f476040002fa0125"},
		{"gzip", `zlib.gzipSync('WAKA').toString('hex')`, "1f8b08000000000000030b77f476040038e8901404000000"},
		{"empty", `zlib.deflateRawSync('').toString('hex')`, "0300"},
		{"stored", `zlib.deflateSync('a', { level: 0 }).toString('hex')`, "7801010100feff6100620062"},
		{"best", `zlib.deflateSync('a', { level: 9, windowBits: 9 }).toString('hex')`, "18d34b040000620062"},
		{"kinds of input", `[Buffer.from('WAKA'), new TextEncoder().encode('WAKA').buffer, new DataView(new TextEncoder().encode('xWAKA').buffer, 1)].map((d) => zlib.deflateRawSync(d).toString('base64')).join()`, "C3f0dgQA,C3f0dgQA,C3f0dgQA"},
		{"a Buffer", `Buffer.isBuffer(zlib.deflateSync('')) && Buffer.isBuffer(zlib.inflateSync(zlib.deflateSync('')))`, true},
		{"back", `[both('deflate', 'inflate'), both('deflateRaw', 'inflateRaw'), both('gzip', 'gunzip'), both('gzip', 'unzip'), both('deflate', 'unzip')].join()`, "true,true,true,true,true"},
		{"back with options", `[{ level: 1 }, { memLevel: 1 }, { windowBits: 9 }, { windowBits: 8 }, { strategy: zlib.constants.Z_HUFFMAN_ONLY }, { chunkSize: 64 }].every((o) => both('deflate', 'inflate', o))`, true},
		{"njs's raw windows", `both('deflateRaw', 'inflateRaw', { windowBits: -9 })`, true},
		{"dictionary", `both('deflate', 'inflate', { dictionary: Buffer.from('WAKA') }) && both('deflateRaw', 'inflateRaw', { dictionary: 'WAKA' })`, true},
		{"dictionary", `zlib.deflateSync('WAKA', { dictionary: Buffer.from('WAKA') }).length`, int64(14)},
		{"unicode", `zlib.inflateSync(zlib.deflateSync('αβγ😀')).toString()`, "αβγ😀"},
		{"members", `zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'), zlib.gzipSync('b'), Buffer.from('\0garbage')])).toString()`, "ab"},
		{"no member", `failed(() => zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'), Buffer.from('garbage')])))`, "Error|incorrect header check|Z_DATA_ERROR|-3"},
		{"a header with all fields", `zlib.gunzipSync(Buffer.from('1f8b081c00000000000302007878' + '6e00' + '6300' + '0b77f476040038e8901404000000', 'hex')).toString()`, "WAKA"},
		{"what follows", `zlib.inflateSync(Buffer.concat([zlib.deflateSync('a'), Buffer.from('x')])).toString()`, "a"},
		{"a part", `zlib.inflateSync(zlib.deflateSync(text).subarray(0, -5), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString().slice(0, 8)`, "WAKAWAKA"},
		{"crc32", `[zlib.crc32('hello'), zlib.crc32(Buffer.from('llo'), zlib.crc32('he')), zlib.crc32('')].join()`, "907060870,907060870,0"},
		{"constants", `[zlib.constants.Z_BEST_COMPRESSION, Object.isFrozen(zlib.constants), zlib.deflateRawSync.name].join()`, "9,true,deflateRawSync"},

		{"header", `failed(() => zlib.inflateSync(Buffer.from('garbage')))`, "Error|incorrect header check|Z_DATA_ERROR|-3"},
		{"header of gzip", `failed(() => zlib.gunzipSync(Buffer.from('garbage')))`, "Error|incorrect header check|Z_DATA_ERROR|-3"},
		{"method", `failed(() => zlib.inflateSync(Buffer.from('7918', 'hex')))`, "Error|unknown compression method|Z_DATA_ERROR|-3"},
		{"window", `failed(() => zlib.inflateSync(zlib.deflateSync('a'), { windowBits: 9 }))`, "Error|invalid window size|Z_DATA_ERROR|-3"},
		{"check", `failed(() => zlib.inflateSync(Buffer.from('789c0b77f476040002fa0126', 'hex')))`, "Error|incorrect data check|Z_DATA_ERROR|-3"},
		{"data", `failed(() => zlib.inflateRawSync(Buffer.from('ffff', 'hex')))`, "Error|invalid compressed data|Z_DATA_ERROR|-3"},
		{"end", `failed(() => zlib.inflateSync(zlib.deflateSync(text).subarray(0, -1)))`, "Error|unexpected end of file|Z_BUF_ERROR|-5"},
		{"end", `failed(() => zlib.gunzipSync(Buffer.alloc(0)))`, "Error|unexpected end of file|Z_BUF_ERROR|-5"},
		{"no dictionary", `failed(() => zlib.inflateSync(zlib.deflateSync('a', { dictionary: 'a' })))`, "Error|Missing dictionary|Z_NEED_DICT|2"},
		{"another dictionary", `failed(() => zlib.inflateSync(zlib.deflateSync('a', { dictionary: 'a' }), { dictionary: 'b' }))`, "Error|Bad dictionary|Z_NEED_DICT|2"},
		{"bomb", `failed(() => zlib.inflateSync(zlib.deflateSync(Buffer.concat([Buffer.alloc(16 << 20)])), { maxOutputLength: 1000 }))`, "RangeError|Cannot create a Buffer larger than 1000 bytes|ERR_BUFFER_TOO_LARGE|"},
		{"bomb by default", `failed(() => zlib.gunzipSync(Buffer.concat([zlib.gzipSync(Buffer.alloc(16 << 20)), zlib.gzipSync('a')])))`, "RangeError|Cannot create a Buffer larger than 16777216 bytes|ERR_BUFFER_TOO_LARGE|"},
		{"too much", `failed(() => zlib.deflateSync(Buffer.alloc((16 << 20) + 1)))`, "RangeError|Cannot create a Buffer larger than 16777216 bytes|ERR_BUFFER_TOO_LARGE|"},
		{"level", `failed(() => zlib.deflateSync('a', { level: 10 }))`, `RangeError|The value of "options.level" is out of range. It must be >= -1 and <= 9. Received 10|ERR_OUT_OF_RANGE|`},
		{"level", `failed(() => zlib.deflateSync('a', { level: '1' }))`, `TypeError|The "options.level" property must be of type number. Received type string ('1')|ERR_INVALID_ARG_TYPE|`},
		{"windowBits", `failed(() => zlib.deflateSync('a', { windowBits: 16 }))`, `RangeError|The value of "options.windowBits" is out of range. It must be >= 8 and <= 15. Received 16|ERR_OUT_OF_RANGE|`},
		{"windowBits", `failed(() => zlib.deflateSync('a', { windowBits: -9 }).length)`, `RangeError|The value of "options.windowBits" is out of range. It must be >= 8 and <= 15. Received -9|ERR_OUT_OF_RANGE|`},
		{"memLevel", `failed(() => zlib.deflateSync('a', { memLevel: 0 }))`, `RangeError|The value of "options.memLevel" is out of range. It must be >= 1 and <= 9. Received 0|ERR_OUT_OF_RANGE|`},
		{"strategy", `failed(() => zlib.deflateSync('a', { strategy: 5 }))`, `RangeError|The value of "options.strategy" is out of range. It must be >= 0 and <= 4. Received 5|ERR_OUT_OF_RANGE|`},
		{"input", `failed(() => zlib.deflateSync(5))`, `TypeError|The "buffer" argument must be of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer. Received type number (5)|ERR_INVALID_ARG_TYPE|`},
	})
}

func TestZlibCallbacks(t *testing.T) {
	got := fileCall(t, &fileHost{}, "", `
		const one = (name, ...args) => new Promise((resolve) => zlib[name](...args, (e, b) => resolve(e ? e.code + e.errno : b.toString('hex'))));
		return [await one('deflateRaw', 'WAKA'), await one('inflateRaw', Buffer.from('0b77f4760400', 'hex'), {}), await one('gunzip', 'x')];`)
	want := []any{"0b77f4760400", "57414b41", "Z_BUF_ERROR-5"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
