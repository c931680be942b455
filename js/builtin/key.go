package builtin

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"

	"weir/js"
)

// Bounds of keys.
const (
	maxKeyBytes    = 5 << 10  // of a key's DER, as large as one of maxModulus
	maxPEM         = 64 << 10 // of a text with a key
	maxModulus     = 8192     // bits of an RSA key that is used
	maxMadeModulus = 4096     // bits of an RSA key that is made: seconds
)

var (
	errKey     = errors.New("not a key of this kind")
	errLongKey = errors.New("the key is too long")
)

func dataError(err error) error {
	return &js.Throw{Class: "DataError", Message: err.Error()}
}

// parseKey reads DER: of a public key SubjectPublicKeyInfo (RFC 5280, 4.1), of a
// private one PKCS #8 (RFC 5208).
func parseKey(der []byte, private bool) (any, error) {
	if len(der) > maxKeyBytes {
		return nil, errLongKey
	}
	form, parse := "SubjectPublicKeyInfo", x509.ParsePKIXPublicKey
	if private {
		form, parse = "PKCS #8", x509.ParsePKCS8PrivateKey
	}
	key, err := parse(der)
	if err != nil { // in the words of ASN.1, which say nothing to a script
		return nil, fmt.Errorf("not a known kind of key in the form of %s", form)
	}
	return key, nil
}

// publicOf is the public half of a private key; nil of anything else.
func publicOf(key any) any {
	if k, ok := key.(interface{ Public() crypto.PublicKey }); ok {
		return k.Public()
	}
	return nil
}

// describe is a key as natives give it to script: {type, family, der} and what
// its algorithm object says, {bits, exponent} or {curve}.
func describe(key any) (js.Value, error) {
	out := map[string]any{"type": "public"}
	public := publicOf(key)
	var err error
	if public != nil {
		out["type"] = "private"
		out["der"], err = marshal(x509.MarshalPKCS8PrivateKey(key))
	} else {
		public = key
		out["der"], err = marshal(x509.MarshalPKIXPublicKey(key))
	}
	if err != nil {
		return nil, dataError(err)
	}
	switch k := public.(type) {
	case *rsa.PublicKey:
		if k.N.BitLen() > maxModulus {
			return nil, dataError(errors.New("the modulus is too long"))
		}
		out["family"], out["bits"], out["exponent"] = "RSA", int64(k.N.BitLen()), big.NewInt(int64(k.E)).Bytes()
	case *ecdsa.PublicKey:
		out["family"], out["curve"] = "EC", k.Curve.Params().Name
	case ed25519.PublicKey:
		out["family"] = "Ed25519"
	case *ecdh.PublicKey:
		out["family"] = "X25519"
	default:
		return nil, dataError(errKey)
	}
	return out, nil
}

func marshal(der []byte, err error) (any, error) { return der, err }

// importKey is native.importKey(format, family, curve, data): the key described.
// The formats are spki, pkcs8, raw (public keys of EC, Ed25519 and X25519) and
// jwk, whose data is the object.
func importKey(_ js.Env, args []js.Value) (js.Value, error) {
	family, curve := text(args, 1), text(args, 2)
	key, err := readKey(text(args, 0), family, curve, args[3])
	if err != nil {
		return nil, dataError(err)
	}
	v, err := describe(key)
	if err != nil {
		return nil, err
	}
	d := v.(map[string]any)
	if d["family"] != family || curve != "" && d["curve"] != curve {
		return nil, dataError(errKey)
	}
	return d, nil
}

func readKey(format, family, curve string, data js.Value) (any, error) {
	switch format {
	case "spki", "pkcs8":
		return parseKey(bytes([]js.Value{data}, 0), format == "pkcs8")
	case "raw":
		return rawPublic(family, curve, bytes([]js.Value{data}, 0))
	case "jwk":
		fields, _ := data.(map[string]any)
		return jwk(fields).key()
	}
	return nil, errKey
}

var curves = map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}

// rawPublic reads a point (SEC 1, 2.3.4), or the bytes of RFC 8032 and RFC 7748.
func rawPublic(family, curve string, b []byte) (any, error) {
	switch family {
	case "EC":
		c := curves[curve]
		if c == nil {
			return nil, errKey
		}
		if len(b) > 0 && (b[0] == 2 || b[0] == 3) {
			x, y := elliptic.UnmarshalCompressed(c, b)
			if x == nil {
				return nil, errors.New("not a point of the curve")
			}
			b = point(c, x, y)
		}
		return ecdsa.ParseUncompressedPublicKey(c, b)
	case "Ed25519":
		if len(b) != ed25519.PublicKeySize {
			return nil, errKey
		}
		return ed25519.PublicKey(b), nil
	case "X25519":
		return ecdh.X25519().NewPublicKey(b)
	}
	return nil, errKey
}

// point is SEC 1's uncompressed form, 2.3.3.
func point(c elliptic.Curve, x, y *big.Int) []byte {
	size := (c.Params().BitSize + 7) / 8
	b := make([]byte, 1+2*size)
	b[0] = 4
	x.FillBytes(b[1 : 1+size])
	y.FillBytes(b[1+size:])
	return b
}

// exportRaw is native.exportRaw(der): what rawPublic reads.
func exportRaw(_ js.Env, args []js.Value) (js.Value, error) {
	key, err := parseKey(bytes(args, 0), false)
	if err != nil {
		return nil, dataError(err)
	}
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		return marshal(k.Bytes())
	case ed25519.PublicKey:
		return []byte(k), nil
	case *ecdh.PublicKey:
		return k.Bytes(), nil
	}
	return nil, dataError(errKey)
}

// exportJWK is native.exportJWK(der, private): the fields of RFC 7518, 6, but for
// those that its user adds.
func exportJWK(_ js.Env, args []js.Value) (js.Value, error) {
	key, err := parseKey(bytes(args, 0), args[1] == true)
	if err != nil {
		return nil, dataError(err)
	}
	return jwkOf(key)
}

// generateKey is native.generateKey(family, curve): {public, private}, both
// described.
func generateKey(_ js.Env, args []js.Value) (js.Value, error) {
	switch text(args, 0) {
	case "EC":
		c := curves[text(args, 1)]
		if c == nil {
			return nil, operationError("unknown curve")
		}
		return pair(ecdsa.GenerateKey(c, rand.Reader))
	case "Ed25519":
		_, k, err := ed25519.GenerateKey(rand.Reader)
		return pair(k, err)
	case "X25519":
		return pair(ecdh.X25519().GenerateKey(rand.Reader))
	}
	return nil, operationError("unknown kind of key")
}

// generateRSA is native.generateRSA(bits), the same.
func generateRSA(_ js.Env, args []js.Value) (js.Value, error) {
	bits := number(args, 0)
	if bits > maxMadeModulus {
		return nil, operationError("RSA keys are made with up to 4096 bits")
	}
	return pair(rsa.GenerateKey(rand.Reader, int(bits)))
}

func pair[K any](key K, err error) (js.Value, error) {
	if err != nil {
		return nil, operationError(err.Error())
	}
	private, err := describe(key)
	if err != nil {
		return nil, err
	}
	public, err := describe(publicOf(key))
	if err != nil {
		return nil, err
	}
	return map[string]any{"public": public, "private": private}, nil
}

// readPEM is native.pem(text): the key in it, described: PKCS #8, SPKI, PKCS #1,
// SEC 1 or a certificate's.
func readPEM(_ js.Env, args []js.Value) (js.Value, error) {
	b := bytes(args, 0)
	for len(b) <= maxPEM {
		block, rest := pem.Decode(b)
		if block == nil {
			break
		}
		key, err := pemKey(block)
		if err != nil {
			return nil, dataError(err)
		}
		if key != nil {
			return describe(key)
		}
		b = rest
	}
	return nil, dataError(errors.New("no key in this PEM"))
}

// pemKey is the key of a block; nil if it is of another kind.
func pemKey(b *pem.Block) (any, error) {
	if len(b.Bytes) > maxKeyBytes && b.Type != "CERTIFICATE" {
		return nil, errLongKey
	}
	switch b.Type {
	case "PUBLIC KEY":
		return x509.ParsePKIXPublicKey(b.Bytes)
	case "PRIVATE KEY":
		return x509.ParsePKCS8PrivateKey(b.Bytes)
	case "RSA PUBLIC KEY":
		return x509.ParsePKCS1PublicKey(b.Bytes)
	case "RSA PRIVATE KEY":
		return x509.ParsePKCS1PrivateKey(b.Bytes)
	case "EC PRIVATE KEY":
		return x509.ParseECPrivateKey(b.Bytes)
	case "CERTIFICATE":
		c, err := x509.ParseCertificate(b.Bytes)
		if err != nil {
			return nil, err
		}
		return c.PublicKey, nil
	}
	return nil, nil
}
