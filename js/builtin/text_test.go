package builtin_test

import "testing"

// What is expected is Node's answer.
func TestText(t *testing.T) {
	const bad = "InvalidCharacterError: The string to be decoded is not correctly encoded."
	evaluate(t, &host{}, "", []check{
		{"btoa", `btoa('a\xff')`, "Yf8="},
		{"btoa", `btoa(12)`, "MTI="},
		{"btoa", `btoa('\u0100')`, "InvalidCharacterError: Invalid character"},
		{"btoa", `btoa()`, `TypeError: The "input" argument must be specified`},
		{"atob", `atob('Yf8=') === 'a\xff'`, true},
		{"atob", `atob(' YQ = = ')`, "a"},
		{"atob", `atob('YWI')`, "ab"},
		{"atob", `atob('YQ=')`, bad},
		{"atob", `atob('a')`, bad},
		{"atob", `atob('ab=c')`, bad},
		{"atob", `atob('YW-_')`, bad},
		{"atob", `atob('')`, ""},

		{"encode", `Array.from(new TextEncoder().encode('aé€😀')).join()`, "97,195,169,226,130,172,240,159,152,128"},
		{"encode", `new TextEncoder().encode().length`, int64(0)},
		{"encode", `Array.from(new TextEncoder().encode('\ud800')).join()`, "239,191,189"},
		{"encodeInto", `JSON.stringify(new TextEncoder().encodeInto('aé€😀b', new Uint8Array(7)))`, `{"read":3,"written":6}`},
		{"decode", `new TextDecoder().decode(new TextEncoder().encode('aé€😀'))`, "aé€😀"},
		{"decode", `new TextDecoder().decode(new Uint8Array([0x78, 0x61, 0x79]).subarray(1, 2))`, "a"},
		{"decode", `new TextDecoder().decode(new Uint8Array([0xe2, 0x82, 0x41]))`, "\uFFFDA"},
		{"decode", `new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x41]))`, "A"},
		{"decode", `new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x41]))`, "\uFEFFA"},
		{"decode", `new TextDecoder().decode()`, ""},
		{"decode", `new TextDecoder('UTF8', { fatal: true }).decode(new Uint8Array([255]))`, "TypeError: The encoded data was not valid for encoding utf-8"},
		{"decode", `new TextDecoder('koi8-r')`, `RangeError: The "koi8-r" encoding is not supported`},
		{"decode", `new TextDecoder().decode(null)`, `TypeError: The "input" argument must be an instance of ArrayBuffer or ArrayBufferView.`},
		{"decode", `new TextDecoder().decode('x')`, `TypeError: The "input" argument must be an instance of ArrayBuffer or ArrayBufferView.`},
		{"encodeInto", `new TextEncoder().encodeInto('a', [])`, `TypeError: The "dest" argument must be an instance of Uint8Array.`},
		{"encodeInto", `(() => { const b = new Uint8Array(8); const r = new TextEncoder().encodeInto('\ud83d\ude00\ud800', b.subarray(1)); return [r.read, r.written, ...b].join(); })()`, "3,7,0,240,159,152,128,239,191,189"},
		{"tags", `[new TextEncoder(), new TextDecoder()].map(String).join()`, "[object TextEncoder],[object TextDecoder]"},
		{"errors", `(() => { try { atob('*'); } catch (e) { return [e instanceof DOMException, e.code].join(); } })()`, "true,5"},
		{"labels", `['utf8', ' UTF-8\n', 'unicode-1-1-utf-8', 'utf-16', 'ucs-2', 'utf-16be', 'latin1', 'ascii'].map((l) => new TextDecoder(l).encoding).join()`, "utf-8,utf-8,utf-8,utf-16le,utf-16le,utf-16be,windows-1252,windows-1252"},
		{"options", `(() => { const d = new TextDecoder('utf-8', { fatal: 1, ignoreBOM: 'x' }); return [d.fatal, d.ignoreBOM, new TextDecoder().fatal].join(); })()`, "true,true,false"},
		{"options", `new TextDecoder('utf-8', 5)`, `TypeError: The "options" argument must be of type object.`},
		{"windows-1252", `new TextDecoder('latin1').decode(new Uint8Array([0x41, 0x80, 0x81, 0xe9]))`, "A€\u0081é"},
		{"utf-16le", `new TextDecoder('utf-16le').decode(new Uint8Array([0xff, 0xfe, 0x61, 0, 0x3d, 0xd8, 0, 0xde]))`, "a😀"},
		{"utf-16be", `new TextDecoder('utf-16be').decode(new Uint16Array([0xfffe, 0x6100]))`, "a"},
		{"utf-16 malformed", `new TextDecoder('utf-16le').decode(new Uint8Array([0, 0xd8, 0x61, 0, 0x62]))`, "\uFFFDa\uFFFD"},
		{"utf-16 fatal", `new TextDecoder('utf-16le', { fatal: true }).decode(new Uint8Array([0, 0xd8, 0x61, 0]))`, "TypeError: The encoded data was not valid for encoding utf-16le"},
		{"utf-16 has U+FFFD", `new TextDecoder('utf-16le', { fatal: true }).decode(new Uint8Array([0xfd, 0xff]))`, "\uFFFD"},
	})
}

// A stream gives the same text wherever it is cut.
func TestTextDecoderStreams(t *testing.T) {
	const each = `
	const cut = (label, bytes, options) => {
		const d = new TextDecoder(label, options);
		let s = '';
		for (const b of bytes) s += '|' + d.decode(new Uint8Array([b]), { stream: true });
		return s + '|' + d.decode();
	};`
	evaluate(t, &host{}, each, []check{
		{"utf-8", `cut('utf-8', [0xef, 0xbb, 0xbf, 0x61, 0xf0, 0x9f, 0x98, 0x80])`, "||||a||||😀|"},
		{"BOM only once", `cut('utf-8', [0x61, 0xef, 0xbb, 0xbf])`, "|a|||\uFEFF|"},
		{"second BOM", `cut('utf-8', [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf])`, "||||||\uFEFF|"},
		{"malformed", `cut('utf-8', [0xf0, 0x9f, 0x41, 0xff, 0xe2])`, "|||\uFFFDA|\uFFFD||\uFFFD"},
		{"utf-16le", `cut('utf-16le', [0x61, 0, 0x3d, 0xd8, 0, 0xde, 0x62])`, "||a||||😀||\uFFFD"},
		{"utf-16 halves", `cut('utf-16be', [0xd8, 0, 0xd8, 0, 0xdc, 0])`, "||||\uFFFD||\U00010000|"},
		{"used again", `(() => { const d = new TextDecoder(); d.decode(new Uint8Array([0xe2]), { stream: true }); const first = d.decode(); return first + d.decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])); })()`, "\uFFFDa"},
		{"fatal at the end", `cut('utf-8', [0x61, 0xe2], { fatal: true })`, "TypeError: The encoded data was not valid for encoding utf-8"},
		{"fatal keeps nothing", `(() => { const d = new TextDecoder('utf-8', { fatal: true }); try { d.decode(new Uint8Array([0xff, 0xe2]), { stream: true }); } catch {} return d.decode(new Uint8Array([0x61])); })()`, "a"},
	})
}
