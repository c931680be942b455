package builtin

import (
	"crypto"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding"
	"fmt"
	"hash"

	"weir/js"
)

// digestAlgorithm is a hash by the name that scripts know it by.
type digestAlgorithm struct {
	name string
	new  func() hash.Hash
	id   crypto.Hash // for signatures
}

var hashes = []digestAlgorithm{
	{"md5", md5.New, crypto.MD5},
	{"sha1", sha1.New, crypto.SHA1},
	{"sha224", sha256.New224, crypto.SHA224},
	{"sha256", sha256.New, crypto.SHA256},
	{"sha384", sha512.New384, crypto.SHA384},
	{"sha512", sha512.New, crypto.SHA512},
	{"sha512-224", sha512.New512_224, crypto.SHA512_224},
	{"sha512-256", sha512.New512_256, crypto.SHA512_256},
	{"sha3-224", func() hash.Hash { return sha3.New224() }, crypto.SHA3_224},
	{"sha3-256", func() hash.Hash { return sha3.New256() }, crypto.SHA3_256},
	{"sha3-384", func() hash.Hash { return sha3.New384() }, crypto.SHA3_384},
	{"sha3-512", func() hash.Hash { return sha3.New512() }, crypto.SHA3_512},
}

func hashNames(js.Env, []js.Value) (js.Value, error) {
	names := make([]any, len(hashes))
	for i, h := range hashes {
		names[i] = h.name
	}
	return names, nil
}

func hashNamed(name string) (digestAlgorithm, error) {
	for _, h := range hashes {
		if h.name == name {
			return h, nil
		}
	}
	return digestAlgorithm{}, fmt.Errorf("no hash %q", name)
}

// sum is the digest of one piece.
func (a digestAlgorithm) sum(data []byte) []byte {
	h := a.new()
	h.Write(data)
	return h.Sum(nil)
}

// keyPads are what an HMAC's inner and outer hash begin with (RFC 2104, 2).
func (a digestAlgorithm) keyPads(key []byte) (inner, outer []byte) {
	size := a.new().BlockSize()
	if len(key) > size {
		key = a.sum(key)
	}
	inner, outer = make([]byte, size), make([]byte, size)
	copy(inner, key)
	copy(outer, key)
	for i := range inner {
		inner[i] ^= 0x36
		outer[i] ^= 0x5c
	}
	return inner, outer
}

// hashing is a hash that goes on: from the state that script kept, or from the
// beginning, which for an HMAC is the key.
type hashing struct {
	digestAlgorithm
	running hash.Hash
	outer   []byte // of an HMAC
}

// goOn takes native.feed's and native.digest's first arguments: algorithm, key
// (none: no HMAC), state (none: the beginning), and what is to be hashed: a part,
// or an array of them.
func goOn(args []js.Value) (*hashing, error) {
	a, err := hashNamed(text(args, 0))
	if err != nil {
		return nil, err
	}
	h := &hashing{digestAlgorithm: a, running: a.new()}
	var inner []byte
	if args[1] != nil {
		inner, h.outer = a.keyPads(bytes(args, 1))
	}
	if state, ok := args[2].([]byte); ok {
		err = h.running.(encoding.BinaryUnmarshaler).UnmarshalBinary(state) // as all in the table can
	} else {
		h.running.Write(inner)
	}
	parts, many := args[3].([]any)
	if !many {
		parts = args[3:4]
	}
	for i := range parts {
		h.running.Write(bytes(parts, i))
	}
	return h, err
}

// feed is native.feed(algorithm, key, state, parts): the state after the parts, a
// few hundred bytes.
func feed(_ js.Env, args []js.Value) (js.Value, error) {
	h, err := goOn(args)
	if err != nil {
		return nil, err
	}
	return h.running.(encoding.BinaryMarshaler).MarshalBinary()
}

// digest is native.digest(algorithm, key, state, parts, encoding): the digest, as
// text if there is an encoding.
func digest(e js.Env, args []js.Value) (js.Value, error) {
	h, err := goOn(args)
	if err != nil {
		return nil, err
	}
	sum := h.running.Sum(nil)
	if h.outer != nil {
		sum = h.sum(append(h.outer, sum...))
	}
	if text(args, 4) == "" {
		return sum, nil
	}
	return encodeBytes(e, []js.Value{sum, args[4]})
}
