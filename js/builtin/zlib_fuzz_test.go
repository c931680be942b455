package builtin

import (
	"errors"
	"testing"

	"weir/js"
)

// Whatever is decompressed, not more comes out than was asked for, and errors are
// those that script sees.
func FuzzInflate(f *testing.F) {
	f.Add([]byte("\x78\x9c\x0b\x77\xf4\x76\x04\x00\x02\xfa\x01\x25"), []byte(nil))
	f.Add([]byte("\x1f\x8b\x08\x1c\x00\x00\x00\x00\x00\x03\x02\x00xxn\x00c\x00\x0bw\xf4v\x04\x008\xe8\x90\x14\x04\x00\x00\x00"), []byte(nil))
	f.Add([]byte("\x0b\x77\xf4\x76\x04\x00"), []byte("WAKA"))
	f.Fuzz(func(t *testing.T, b, dictionary []byte) {
		for _, format := range []string{"raw", "zlib", "gzip", "any"} {
			v, err := decompressZlib(js.Env{Context: t.Context()}, []js.Value{b, format, int64(0), dictionary, int64(1000)})
			var thrown *js.Throw
			if err != nil && !errors.As(err, &thrown) {
				t.Errorf("%s: %v is no error of a script", format, err)
			}
			if out, _ := v.([]byte); len(out) > 1000 {
				t.Errorf("%s: %d bytes", format, len(out))
			}
		}
	})
}
