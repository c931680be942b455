package builtin

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"weir/js"
)

// jwk is a JSON Web Key's fields, of which those of RFC 7518, 6 and RFC 8037, 2
// are read.
type jwk map[string]any

// bytes is a field in base64url.
func (k jwk) bytes(name string) ([]byte, error) {
	s, ok := k[name].(string)
	if !ok {
		return nil, fmt.Errorf("the JWK has no %q", name)
	}
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
	if err != nil || len(b) > maxKeyBytes {
		return nil, fmt.Errorf("the JWK's %q is no base64url", name)
	}
	return b, nil
}

// ints are fields that are numbers.
func (k jwk) ints(names ...string) ([]*big.Int, error) {
	var l []*big.Int
	for _, n := range names {
		b, err := k.bytes(n)
		if err != nil {
			return nil, err
		}
		i := new(big.Int).SetBytes(b)
		if i.BitLen() > maxModulus {
			return nil, fmt.Errorf("the JWK's %q is too large", n)
		}
		l = append(l, i)
	}
	return l, nil
}

// key is the key, private if there is a "d".
func (k jwk) key() (any, error) {
	switch k["kty"] {
	case "RSA":
		return k.rsa()
	case "EC":
		return k.ec()
	case "OKP":
		return k.okp()
	}
	return nil, errors.New("unknown kind of JWK")
}

func (k jwk) rsa() (any, error) {
	l, err := k.ints("n", "e")
	if err != nil {
		return nil, err
	}
	n, e := l[0], l[1]
	if !e.IsInt64() || e.Int64() < 3 || e.Int64() >= 1<<31 || n.Sign() == 0 {
		return nil, errors.New("the JWK is no RSA key")
	}
	public := rsa.PublicKey{N: n, E: int(e.Int64())}
	if k["d"] == nil {
		return &public, nil
	}
	if k["oth"] != nil {
		return nil, errors.New("RSA keys of more than two primes are not supported")
	}
	if l, err = k.ints("d", "p", "q", "dp", "dq", "qi"); err != nil {
		return nil, err
	}
	private := &rsa.PrivateKey{PublicKey: public, D: l[0], Primes: l[1:3]}
	if err := private.Validate(); err != nil {
		return nil, err
	}
	private.Precompute()
	p := private.Precomputed
	if p.Dp.Cmp(l[3]) != 0 || p.Dq.Cmp(l[4]) != 0 || p.Qinv.Cmp(l[5]) != 0 {
		return nil, errors.New("the JWK's numbers do not belong together")
	}
	return private, nil
}

func (k jwk) ec() (any, error) {
	name, _ := k["crv"].(string)
	c := curves[name]
	if c == nil {
		return nil, errors.New("the JWK's curve is not supported")
	}
	size := (c.Params().BitSize + 7) / 8
	uncompressed := []byte{4}
	for _, n := range []string{"x", "y"} {
		b, err := k.bytes(n)
		if err != nil {
			return nil, err
		}
		if len(b) != size {
			return nil, fmt.Errorf("the JWK's %q has the wrong length", n)
		}
		uncompressed = append(uncompressed, b...)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(c, uncompressed)
	if err != nil || k["d"] == nil {
		return public, err
	}
	d, err := k.bytes("d")
	if err != nil {
		return nil, err
	}
	private, err := ecdsa.ParseRawPrivateKey(c, d)
	if err != nil {
		return nil, err
	}
	if !private.PublicKey.Equal(public) {
		return nil, errors.New("the JWK's public and private key do not belong together")
	}
	return private, nil
}

func (k jwk) okp() (any, error) {
	name, _ := k["crv"].(string)
	x, err := k.bytes("x")
	if err != nil {
		return nil, err
	}
	public, err := rawPublic(name, "", x)
	if err != nil || k["d"] == nil {
		return public, err
	}
	d, err := k.bytes("d")
	if err != nil {
		return nil, err
	}
	if name == "X25519" {
		key, err := ecdh.X25519().NewPrivateKey(d)
		if err != nil {
			return nil, err
		}
		return matching(key, key.PublicKey().Bytes(), x)
	}
	if len(d) != ed25519.SeedSize {
		return nil, errKey
	}
	key := ed25519.NewKeyFromSeed(d)
	return matching(key, key[ed25519.SeedSize:], x)
}

func matching(key any, public, x []byte) (any, error) {
	if string(public) != string(x) {
		return nil, errors.New("the JWK's public and private key do not belong together")
	}
	return key, nil
}

func encode64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// jwkOf is a key's fields.
func jwkOf(key any) (js.Value, error) {
	switch k := key.(type) {
	case *rsa.PublicKey:
		return map[string]any{"kty": "RSA", "n": encode64(k.N.Bytes()), "e": encode64(big.NewInt(int64(k.E)).Bytes())}, nil
	case *rsa.PrivateKey:
		return rsaFields(k)
	case *ecdsa.PublicKey:
		return ecFields(k)
	case *ecdsa.PrivateKey:
		fields, err := ecFields(&k.PublicKey)
		if err != nil {
			return nil, err
		}
		d, err := k.Bytes()
		fields["d"] = encode64(d)
		return fields, err
	case ed25519.PublicKey:
		return map[string]any{"kty": "OKP", "crv": "Ed25519", "x": encode64(k)}, nil
	case ed25519.PrivateKey:
		return map[string]any{"kty": "OKP", "crv": "Ed25519", "x": encode64(k[ed25519.SeedSize:]), "d": encode64(k.Seed())}, nil
	case *ecdh.PublicKey:
		return map[string]any{"kty": "OKP", "crv": "X25519", "x": encode64(k.Bytes())}, nil
	case *ecdh.PrivateKey:
		return map[string]any{"kty": "OKP", "crv": "X25519", "x": encode64(k.PublicKey().Bytes()), "d": encode64(k.Bytes())}, nil
	}
	return nil, dataError(errKey)
}

func rsaFields(k *rsa.PrivateKey) (js.Value, error) {
	if len(k.Primes) != 2 {
		return nil, &js.Throw{Class: "NotSupportedError", Message: "RSA keys of more than two primes are not supported"}
	}
	fields := map[string]any{"kty": "RSA", "e": encode64(big.NewInt(int64(k.E)).Bytes())}
	for name, n := range map[string]*big.Int{
		"n": k.N, "d": k.D, "p": k.Primes[0], "q": k.Primes[1],
		"dp": k.Precomputed.Dp, "dq": k.Precomputed.Dq, "qi": k.Precomputed.Qinv,
	} {
		fields[name] = encode64(n.Bytes())
	}
	return fields, nil
}

func ecFields(k *ecdsa.PublicKey) (map[string]any, error) {
	b, err := k.Bytes()
	if err != nil {
		return nil, dataError(err)
	}
	half := len(b) / 2
	return map[string]any{"kty": "EC", "crv": k.Curve.Params().Name, "x": encode64(b[1 : 1+half]), "y": encode64(b[1+half:])}, nil
}
