package builtin

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"encoding/binary"
	"runtime"

	"golang.org/x/crypto/scrypt"

	"weir/js"
)

const (
	maxDerived = 1 << 20 // bytes that one derivation gives
	// maxRounds bounds a derivation on the VM's goroutine, in HMACs of PBKDF2: about
	// as much as a script may run at a time.
	maxRounds = 1 << 19
	maxScrypt = 32 << 20 // bytes of memory for scrypt, as in Node
)

// deriveHKDF is native.hkdf(algorithm, key, salt, info, length): RFC 5869.
func deriveHKDF(_ js.Env, args []js.Value) (js.Value, error) {
	a, err := hashNamed(text(args, 0))
	if err != nil {
		return nil, err
	}
	n := int(number(args, 4))
	if n == 0 {
		return []byte{}, nil
	}
	key, err := hkdf.Key(a.new, bytes(args, 1), bytes(args, 2), string(bytes(args, 3)), n)
	if err != nil {
		return nil, operationError("HKDF gives at most 255 times the length of its hash")
	}
	return key, nil
}

// derivePBKDF2 is native.pbkdf2(algorithm, password, salt, iterations, length):
// RFC 8018, 5.2. It ends with the context.
func derivePBKDF2(e js.Env, args []js.Value) (js.Value, error) {
	a, err := hashNamed(text(args, 0))
	if err != nil {
		return nil, err
	}
	n := number(args, 4)
	if !(n >= 0 && n <= maxDerived) {
		return nil, operationError("too many bytes to derive")
	}
	return a.pbkdf2(e.Context, bytes(args, 1), bytes(args, 2), int64(number(args, 3)), int(n))
}

// pbkdf2Rounds is how many HMACs native.pbkdf2 computes for these arguments.
func pbkdf2Rounds(args []js.Value) float64 {
	a, err := hashNamed(text(args, 0))
	if err != nil {
		return 0
	}
	blocks := int(number(args, 4))/a.new().Size() + 1
	return number(args, 3) * float64(blocks)
}

// derivePBKDF2Sync is native.pbkdf2Sync, the same for the VM's goroutine.
func derivePBKDF2Sync(e js.Env, args []js.Value) (js.Value, error) {
	if pbkdf2Rounds(args) > maxRounds {
		return nil, &js.Throw{
			Class: "RangeError", Code: "ERR_OUT_OF_RANGE",
			Message: "too many iterations to wait for: use pbkdf2 with a callback, or crypto.subtle.deriveBits",
		}
	}
	return derivePBKDF2(e, args)
}

func (a digestAlgorithm) pbkdf2(ctx context.Context, password, salt []byte, iterations int64, n int) (js.Value, error) {
	mac := hmac.New(a.new, password)
	out := make([]byte, 0, n+mac.Size())
	for block := uint32(1); len(out) < n; block++ {
		mac.Reset()
		mac.Write(salt)
		mac.Write(binary.BigEndian.AppendUint32(nil, block))
		out = mac.Sum(out)
		t := out[len(out)-mac.Size():]
		u := append([]byte(nil), t...)
		for i := int64(1); i < iterations; i++ {
			if i%1024 == 0 {
				runtime.Gosched() // scripts are in more of a hurry
				if ctx.Err() != nil {
					return nil, context.Cause(ctx)
				}
			}
			mac.Reset()
			mac.Write(u)
			u = mac.Sum(u[:0])
			for j, b := range u {
				t[j] ^= b
			}
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	return out[:n], nil
}

// deriveScrypt is native.scrypt(password, salt, N, r, p, length): RFC 7914.
func deriveScrypt(_ js.Env, args []js.Value) (js.Value, error) {
	cost, r, p, n := number(args, 2), number(args, 3), number(args, 4), number(args, 5)
	if !(128*cost*r <= maxScrypt && 128*r*p <= maxScrypt && cost*r*p <= maxScrypt/32 && n >= 0 && n <= maxDerived) {
		return nil, &js.Throw{Class: "RangeError", Code: "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", Message: "Invalid scrypt params: memory limit exceeded"}
	}
	if n == 0 {
		return []byte{}, nil
	}
	key, err := scrypt.Key(bytes(args, 0), bytes(args, 1), int(cost), int(r), int(p), int(n))
	if err != nil {
		return nil, &js.Throw{Class: "RangeError", Code: "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", Message: "Invalid scrypt params"}
	}
	return key, nil
}
