package builtin

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"math/big"

	"weir/js"
)

// Signature schemes as natives are told them.
const (
	schemePKCS1   = "RSASSA-PKCS1-v1_5"
	schemePSS     = "RSA-PSS"
	schemeECDSA   = "ECDSA"
	schemeEd25519 = "Ed25519"
)

// signature is native.sign(scheme, der, hash, data, saltLength); hash is not
// looked at for Ed25519, saltLength for RSA-PSS only. ECDSA's are r and s, one
// after the other (IEEE 1363), as the Web and JWS have them.
func signature(_ js.Env, args []js.Value) (js.Value, error) {
	key, err := parseKey(bytes(args, 1), true)
	if err != nil {
		return nil, dataError(err)
	}
	data := bytes(args, 3)
	if k, ok := key.(ed25519.PrivateKey); ok && text(args, 0) == schemeEd25519 {
		return ed25519.Sign(k, data), nil
	}
	a, err := hashNamed(text(args, 2))
	if err != nil {
		return nil, err
	}
	s, err := sign(text(args, 0), key, a, a.sum(data), int(number(args, 4)))
	if err != nil {
		return nil, operationError(err.Error())
	}
	return s, nil
}

func sign(scheme string, key any, a digestAlgorithm, sum []byte, salt int) ([]byte, error) {
	switch k := key.(type) {
	case *rsa.PrivateKey:
		switch {
		case scheme == schemePKCS1:
			return rsa.SignPKCS1v15(rand.Reader, k, a.id, sum)
		case scheme == schemePSS && salt == 0:
			return signUnsalted(k, a, sum)
		case scheme == schemePSS:
			return rsa.SignPSS(rand.Reader, k, a.id, sum, &rsa.PSSOptions{SaltLength: salt})
		}
	case *ecdsa.PrivateKey:
		if scheme != schemeECDSA {
			break
		}
		r, s, err := ecdsa.Sign(rand.Reader, k, sum)
		if err != nil {
			return nil, err
		}
		size := (k.Params().BitSize + 7) / 8
		out := make([]byte, 2*size)
		r.FillBytes(out[:size])
		s.FillBytes(out[size:])
		return out, nil
	}
	return nil, errKey
}

// verified is native.verify(scheme, der, hash, data, saltLength, signature).
func verified(_ js.Env, args []js.Value) (js.Value, error) {
	key, err := parseKey(bytes(args, 1), false)
	if err != nil {
		return nil, dataError(err)
	}
	data, s := bytes(args, 3), bytes(args, 5)
	if k, ok := key.(ed25519.PublicKey); ok && text(args, 0) == schemeEd25519 {
		return ed25519.Verify(k, data, s), nil
	}
	a, err := hashNamed(text(args, 2))
	if err != nil {
		return nil, err
	}
	return verify(text(args, 0), key, a, a.sum(data), s, int(number(args, 4))), nil
}

func verify(scheme string, key any, a digestAlgorithm, sum, s []byte, salt int) bool {
	switch k := key.(type) {
	case *rsa.PublicKey:
		switch {
		case scheme == schemePKCS1:
			return rsa.VerifyPKCS1v15(k, a.id, sum, s) == nil
		case scheme == schemePSS && salt == 0:
			return verifyUnsalted(k, a, sum, s)
		case scheme == schemePSS:
			return rsa.VerifyPSS(k, a.id, sum, s, &rsa.PSSOptions{SaltLength: salt}) == nil
		}
	case *ecdsa.PublicKey:
		size := (k.Params().BitSize + 7) / 8
		return scheme == schemeECDSA && len(s) == 2*size &&
			ecdsa.Verify(k, sum, new(big.Int).SetBytes(s[:size]), new(big.Int).SetBytes(s[size:]))
	}
	return false
}

// cipherOAEP is native.oaep(encrypt, der, hash, label, data).
func cipherOAEP(_ js.Env, args []js.Value) (js.Value, error) {
	encrypt := args[0] == true
	key, err := parseKey(bytes(args, 1), !encrypt)
	if err != nil {
		return nil, dataError(err)
	}
	a, err := hashNamed(text(args, 2))
	if err != nil {
		return nil, err
	}
	var out []byte
	switch k := key.(type) {
	case *rsa.PublicKey:
		out, err = rsa.EncryptOAEP(a.new(), rand.Reader, k, bytes(args, 4), bytes(args, 3))
	case *rsa.PrivateKey:
		out, err = rsa.DecryptOAEP(a.new(), nil, k, bytes(args, 4), bytes(args, 3))
	default:
		err = errKey
	}
	if err != nil {
		return nil, errCipher
	}
	return out, nil
}

// agree is native.agree(private, public): the shared secret of ECDH (SEC 1,
// 3.3.1) or X25519 (RFC 7748, 6.1).
func agree(_ js.Env, args []js.Value) (js.Value, error) {
	private, err := agreement(bytes(args, 0), true)
	if err != nil {
		return nil, operationError(err.Error())
	}
	public, err := agreement(bytes(args, 1), false)
	if err != nil {
		return nil, operationError(err.Error())
	}
	secret, err := private.(*ecdh.PrivateKey).ECDH(public.(*ecdh.PublicKey))
	if err != nil {
		return nil, operationError(err.Error())
	}
	return secret, nil
}

// agreement is a key as ECDH takes it.
func agreement(der []byte, private bool) (crypto.PublicKey, error) {
	key, err := parseKey(der, private)
	if err != nil {
		return nil, err
	}
	switch k := key.(type) {
	case *ecdsa.PrivateKey:
		return k.ECDH()
	case *ecdsa.PublicKey:
		return k.ECDH()
	case *ecdh.PrivateKey, *ecdh.PublicKey:
		return k, nil
	}
	return nil, errKey
}
