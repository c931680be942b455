package builtin

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	_ "embed"
	"fmt"
	"hash"

	"weir/js"
)

var (
	//go:embed crypto.js
	cryptoSource string
	//go:embed webcrypto.js
	webCryptoSource string
	//go:embed crypto.d.ts
	cryptoTypes string
)

// maxRandom bounds the random bytes of one call, as the Web's getRandomValues does.
const maxRandom = 65536

var hashes = []struct {
	name string
	new  func() hash.Hash
}{
	{"md5", md5.New},
	{"sha1", sha1.New},
	{"sha224", sha256.New224},
	{"sha256", sha256.New},
	{"sha384", sha512.New384},
	{"sha512", sha512.New},
}

// cryptoModule is Node's module of the name, in part.
func cryptoModule() js.Module {
	return js.Module{
		Name:   "crypto",
		Source: cryptoSource,
		Natives: []js.Native{
			native("hashes", hashNames),
			native("hash", sum),
			native("encode", encodeBytes),
			native("decode", decodeText),
			native("equal", func(_ js.Env, args []js.Value) (js.Value, error) {
				return subtle.ConstantTimeCompare(bytes(args, 0), bytes(args, 1)) == 1, nil
			}),
			native("random", random),
			native("uuid", uuid),
		},
	}
}

// webCryptoModule is the Web's global crypto, in part.
func webCryptoModule() js.Module {
	return js.Module{
		Globals: []string{"crypto"},
		Source:  webCryptoSource,
		Natives: []js.Native{native("random", random), native("uuid", uuid)},
	}
}

func hashNames(js.Env, []js.Value) (js.Value, error) {
	names := make([]any, len(hashes))
	for i, h := range hashes {
		names[i] = h.name
	}
	return names, nil
}

// sum is native.hash(algorithm, key, parts): the digest of the parts, an HMAC if
// there is a key.
func sum(_ js.Env, args []js.Value) (js.Value, error) {
	h, err := newHash(text(args, 0))
	if err != nil {
		return nil, err
	}
	digest := h()
	if args[1] != nil {
		digest = hmac.New(h, bytes(args, 1))
	}
	parts, _ := args[2].([]any)
	for i := range parts {
		digest.Write(bytes(parts, i))
	}
	return digest.Sum(nil), nil
}

func newHash(name string) (func() hash.Hash, error) {
	for _, h := range hashes {
		if h.name == name {
			return h.new, nil
		}
	}
	return nil, fmt.Errorf("no hash %q", name)
}

func random(_ js.Env, args []js.Value) (js.Value, error) {
	n := number(args, 0)
	if !(n >= 0 && n <= maxRandom) {
		return nil, &js.Throw{Class: "RangeError", Message: "too many random bytes"}
	}
	b := make([]byte, int(n))
	rand.Read(b) //nolint:errcheck // crypto/rand.Read never fails
	return b, nil
}

// uuid is a version 4 UUID (RFC 9562, 5.4).
func uuid(js.Env, []js.Value) (js.Value, error) {
	var b [16]byte
	rand.Read(b[:]) //nolint:errcheck // crypto/rand.Read never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
}
