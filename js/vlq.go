package js

import "strings"

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// decodeVLQ reads the numbers of a source map's segment: base-64 digits of five
// bits, the lowest first, the sign in the lowest bit of all.
func decodeVLQ(s string) []int {
	var l []int
	n, shift := 0, 0
	for i := range len(s) {
		d := strings.IndexByte(base64Digits, s[i])
		if d < 0 {
			return nil
		}
		n |= (d & 31) << shift
		shift += 5
		if d&32 != 0 {
			continue
		}
		if n&1 != 0 {
			l = append(l, -(n >> 1))
		} else {
			l = append(l, n>>1)
		}
		n, shift = 0, 0
	}
	return l
}

// appendVLQ is the reverse of decodeVLQ.
func appendVLQ(b []byte, l ...int) []byte {
	for _, n := range l {
		if n < 0 {
			n = -n<<1 | 1
		} else {
			n <<= 1
		}
		for n > 31 {
			b = append(b, base64Digits[n&31|32])
			n >>= 5
		}
		b = append(b, base64Digits[n])
	}
	return b
}
