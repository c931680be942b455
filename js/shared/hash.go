package shared

import "math/bits"

// hashKey makes hashes that those who choose the keys cannot foresee: stream
// names come from strangers. The processes that share a zone have the same.
type hashKey [2]uint64

// sum is SipHash-1-3 of s (https://www.aumasson.jp/siphash/siphash.pdf).
func (k hashKey) sum(s string) uint64 {
	a, b, c, d := k[0]^0x736f6d6570736575, k[1]^0x646f72616e646f6d, k[0]^0x6c7967656e657261, k[1]^0x7465646279746573
	last := uint64(len(s)) << 56
	for ; len(s) >= 8; s = s[8:] {
		word := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		a, b, c, d = sipRound(a, b, c, d^word)
		a ^= word
	}
	for i := range len(s) {
		last |= uint64(s[i]) << (8 * i)
	}
	a, b, c, d = sipRound(a, b, c, d^last)
	a, b, c, d = sipRound(a^last, b, c^0xff, d)
	a, b, c, d = sipRound(a, b, c, d)
	a, b, c, d = sipRound(a, b, c, d)
	return a ^ b ^ c ^ d
}

func sipRound(a, b, c, d uint64) (uint64, uint64, uint64, uint64) {
	a += b
	b = bits.RotateLeft64(b, 13) ^ a
	a = bits.RotateLeft64(a, 32)
	c += d
	d = bits.RotateLeft64(d, 16) ^ c
	a += d
	d = bits.RotateLeft64(d, 21) ^ a
	c += b
	b = bits.RotateLeft64(b, 17) ^ c
	return a, b, bits.RotateLeft64(c, 32), d
}
