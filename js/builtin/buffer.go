package builtin

import (
	gobytes "bytes"
	_ "embed"
	"regexp"
	"slices"
	"unicode/utf8"

	"weir/js"
)

var (
	//go:embed buffer.js
	bufferSource string
	//go:embed numbers.js
	numbersSource string
	//go:embed buffer.d.ts
	bufferTypes string
)

// maxBuffer is how many bytes a Buffer may have, as all that script allocates at once.
const maxBuffer = 64 << 20

// bufferModule is Node's buffer, and the global Buffer.
func bufferModule() js.Module {
	return js.Module{
		Name:    "buffer",
		Globals: []string{"Buffer"},
		Source:  bufferSource,
		Natives: []js.Native{
			native("most", func(js.Env, []js.Value) (js.Value, error) { return int64(maxBuffer), nil }),
			borrowing("text", bufferText),
			borrowing("bytes", func(_ js.Env, args []js.Value) (js.Value, error) {
				return encodeText(text(args, 0), text(args, 1)), nil
			}),
			borrowing("write", writeText),
			native("length", func(_ js.Env, args []js.Value) (js.Value, error) { return int64(len(text(args, 0))), nil }),
			borrowing("compare", compareBytes),
			borrowing("concat", concatBytes),
			borrowing("copy", copyBytes),
			borrowing("fill", fillBytes),
			borrowing("find", findBytes),
			borrowing("swap", swapBytes),
			borrowing("isUtf8", func(_ js.Env, args []js.Value) (js.Value, error) { return utf8.Valid(bytes(args, 0)), nil }),
			borrowing("isAscii", func(_ js.Env, args []js.Value) (js.Value, error) {
				return !slices.ContainsFunc(bytes(args, 0), func(c byte) bool { return c >= utf8.RuneSelf }), nil
			}),
		},
	}
}

// numbersModule is the part of buffer that reads and writes numbers: fifty functions,
// of which a VM has none before a script that names one, or puts a name together as
// in b['read' + type], or asks for the names of properties.
func numbersModule() js.Module { return js.Module{Source: numbersSource, Wanted: ofNumbers} }

var ofNumbers = regexp.MustCompile(`\b(?:read|write)(?:U?[Ii]nt|Big|Float|Double|['"$` + "`" + `])|\bBuffer\.prototype\b`)

// borrowing is a native that works on the script's own bytes.
func borrowing(name string, call func(js.Env, []js.Value) (js.Value, error)) js.Native {
	n := native(name, call)
	n.Borrow = true
	return n
}

// window is the part of the bytes at i that the integers at start and end limit.
func window(args []js.Value, i, start, end int) []byte {
	b := bytes(args, i)
	to := within(number(args, end), len(b))
	return b[min(within(number(args, start), len(b)), to):to]
}

// within is n as a place in what has the length.
func within(n float64, length int) int {
	if !(n > 0) { // also NaN
		return 0
	}
	return int(min(n, float64(length)))
}

// compareBytes is native.compare(a, start, end, b, start, end): -1, 0 or 1.
func compareBytes(_ js.Env, args []js.Value) (js.Value, error) {
	return int64(gobytes.Compare(window(args, 0, 1, 2), window(args, 3, 4, 5))), nil
}

// concatBytes is native.concat(list, length): new bytes, cut or filled with zeros.
func concatBytes(_ js.Env, args []js.Value) (js.Value, error) {
	list, _ := args[0].([]any)
	b := make([]byte, within(number(args, 1), maxBuffer))
	n := 0
	for i := range list {
		n += copy(b[n:], bytes(list, i))
	}
	return b, nil
}

// copyBytes is native.copy(source, start, end, target, at): how many were copied.
func copyBytes(_ js.Env, args []js.Value) (js.Value, error) {
	target := bytes(args, 3)
	return int64(copy(target[within(number(args, 4), len(target)):], window(args, 0, 1, 2))), nil
}

// fillBytes is native.fill(target, pattern, start, end).
func fillBytes(_ js.Env, args []js.Value) (js.Value, error) {
	target := window(args, 0, 2, 3)
	pattern := slices.Clone(bytes(args, 1)) // which may be a part of the target
	if len(pattern) == 0 {
		return nil, nil
	}
	for n := copy(target, pattern); n < len(target); n *= 2 {
		copy(target[n:], target[:n])
	}
	return nil, nil
}

// swapBytes is native.swap(bytes, size): reverses each group of that size.
func swapBytes(_ js.Env, args []js.Value) (js.Value, error) {
	size := int(number(args, 1))
	for group := range slices.Chunk(bytes(args, 0), size) {
		slices.Reverse(group)
	}
	return nil, nil
}

// findBytes is native.find(bytes, value, offset, forward, step): where the value
// begins, at the offset or after it (before it, if it is not forward), -1 if
// nowhere. A negative offset counts from the end. Step is the size of the units that
// a value must stand on.
func findBytes(_ js.Env, args []js.Value) (js.Value, error) {
	b, value := bytes(args, 0), bytes(args, 1)
	forward, _ := args[3].(bool)
	at, ok := findFrom(number(args, 2), len(b), len(value), forward)
	if !ok || len(value) == 0 {
		return int64(at), nil
	}
	step := max(int(number(args, 4)), 1)
	if forward {
		return int64(findForward(b, value, at, step)), nil
	}
	return int64(findBackward(b, value, at, step)), nil
}

// findFrom is where a search begins; not ok and -1 if it cannot find anything.
func findFrom(offset float64, length, value int, forward bool) (at int, ok bool) {
	offset = max(min(offset, 1<<31-1), -1<<31)
	n := int(offset)
	if n < 0 {
		n += length
		if n < 0 && !forward && value > 0 {
			return -1, false
		}
		n = max(n, 0)
	}
	switch {
	case value == 0:
		return min(n, length), true
	case value > length:
		return -1, false
	case n+value <= length:
		return n, true
	case forward:
		return -1, false
	}
	return length - value, true
}

func findForward(b, value []byte, at, step int) int {
	for {
		n := gobytes.Index(b[at:], value)
		if n < 0 {
			return -1
		}
		if at += n; at%step == 0 {
			return at
		}
		at++
	}
}

func findBackward(b, value []byte, at, step int) int {
	for end := at + len(value); ; {
		n := gobytes.LastIndex(b[:end], value)
		if n < 0 || n%step == 0 {
			return n
		}
		end = n + len(value) - 1
	}
}
