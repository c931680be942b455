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
		{"decode", `new TextDecoder('latin1')`, `RangeError: The "latin1" encoding is not supported`},
		{"decode", `new TextDecoder().decode('x')`, `TypeError: The "input" argument must be an instance of ArrayBuffer or ArrayBufferView.`},
	})
}
