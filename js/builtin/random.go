package builtin

import (
	"crypto/rand"
	"fmt"
	"math/big"

	"weir/js"
)

// maxRandom bounds the random bytes of one call, as the Web's getRandomValues does.
const maxRandom = 65536

func random(_ js.Env, args []js.Value) (js.Value, error) {
	n := number(args, 0)
	if !(n >= 0 && n <= maxRandom) {
		return nil, &js.Throw{Class: "RangeError", Message: "too many random bytes"}
	}
	b := make([]byte, int(n))
	rand.Read(b) //nolint:errcheck // crypto/rand.Read never fails
	return b, nil
}

// randomBelow is native.below(n): a number from 0 to n-1, each as likely.
func randomBelow(_ js.Env, args []js.Value) (js.Value, error) {
	most := int64(number(args, 0))
	if most < 1 {
		return nil, &js.Throw{Class: "RangeError", Message: "nothing to choose from"}
	}
	n, err := rand.Int(rand.Reader, big.NewInt(most))
	if err != nil {
		return nil, err
	}
	return n.Int64(), nil
}

// uuid is a version 4 UUID (RFC 9562, 5.4).
func uuid(js.Env, []js.Value) (js.Value, error) {
	var b [16]byte
	rand.Read(b[:]) //nolint:errcheck // crypto/rand.Read never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
}
