package shared

import (
	"math/bits"
	"strings"
	"testing"
)

// The hash depends on every byte and on the length, and on both halves of its
// key: of 64 bits about half change.
func TestHashSpreads(t *testing.T) {
	key := hashKey{0x0706050403020100, 0x0f0e0d0c0b0a0908}
	for n := range 40 {
		s := strings.Repeat("k", n)
		others := map[string]uint64{
			"longer":      key.sum(s + "\x00"),
			"first half":  hashKey{key[0] ^ 1, key[1]}.sum(s),
			"second half": hashKey{key[0], key[1] ^ 1}.sum(s),
		}
		if n > 0 {
			others["first byte"] = key.sum("l" + s[1:])
			others["last byte"] = key.sum(s[:n-1] + "j")
		}
		for what, other := range others {
			if changed := bits.OnesCount64(key.sum(s) ^ other); changed < 12 || changed > 52 {
				t.Errorf("%d bytes, %s: %d bits change", n, what, changed)
			}
		}
	}
}
