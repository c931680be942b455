package builtin

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"math/big"
)

// RSA-PSS without salt, which crypto/rsa does not offer: it takes a length of
// zero for the longest there can be.

// encodeUnsalted is EMSA-PSS-ENCODE (RFC 8017, 9.1.1) with an empty salt, for a
// modulus of that many bits.
func encodeUnsalted(a digestAlgorithm, sum []byte, bits int) ([]byte, error) {
	n := (bits - 1 + 7) / 8
	if n < len(sum)+2 {
		return nil, errors.New("the key is too short for the hash")
	}
	h := a.sum(append(make([]byte, 8), sum...))
	em := make([]byte, n)
	db := em[:n-len(h)-1]
	db[len(db)-1] = 1
	mask(a, db, h)
	em[0] &= 0xff >> (8*n - (bits - 1))
	copy(em[len(db):], h)
	em[n-1] = 0xbc
	return em, nil
}

// mask is MGF1 (RFC 8017, B.2.1), combined with out.
func mask(a digestAlgorithm, out, seed []byte) {
	for i := uint32(0); len(out) > 0; i++ {
		t := a.sum(binary.BigEndian.AppendUint32(append([]byte(nil), seed...), i))
		out = out[subtle.XORBytes(out, out, t):]
	}
}

// signUnsalted blinds the message, since math/big takes its time by its numbers,
// and checks what came out, since a fault would give the key away.
func signUnsalted(k *rsa.PrivateKey, a digestAlgorithm, sum []byte) ([]byte, error) {
	if err := rsaUsable(&k.PublicKey); err != nil {
		return nil, err
	}
	em, err := encodeUnsalted(a, sum, k.N.BitLen())
	if err != nil {
		return nil, err
	}
	var r, unblind *big.Int
	for unblind == nil {
		if r, err = rand.Int(rand.Reader, k.N); err != nil {
			return nil, err
		}
		unblind = new(big.Int).ModInverse(r, k.N)
	}
	m := new(big.Int).SetBytes(em)
	e := big.NewInt(int64(k.E))
	s := new(big.Int).Exp(r, e, k.N)
	s.Mul(s, m).Mod(s, k.N)
	s.Exp(s, k.D, k.N)
	s.Mul(s, unblind).Mod(s, k.N)
	if new(big.Int).Exp(s, e, k.N).Cmp(m) != 0 {
		return nil, errors.New("the key does not sign")
	}
	return s.FillBytes(make([]byte, k.Size())), nil
}

func verifyUnsalted(k *rsa.PublicKey, a digestAlgorithm, sum, signature []byte) bool {
	em, err := encodeUnsalted(a, sum, k.N.BitLen())
	s := new(big.Int).SetBytes(signature)
	if err != nil || rsaUsable(k) != nil || len(signature) != k.Size() || s.Cmp(k.N) >= 0 {
		return false
	}
	return s.Exp(s, big.NewInt(int64(k.E)), k.N).Cmp(new(big.Int).SetBytes(em)) == 0
}

// rsaUsable is crypto/rsa's own bound.
func rsaUsable(k *rsa.PublicKey) error {
	if k.N.BitLen() < 1024 {
		return errors.New("RSA keys of less than 1024 bits are not used")
	}
	return nil
}
