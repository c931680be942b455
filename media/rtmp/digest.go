package rtmp

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

const digestSize = sha256.Size

// The keys by which Flash and its server sign: a text, which signs C1 and S1, and
// 32 bytes more for what signs the keys of C2 and S2.
var (
	keyTail   = "\xf0\xee\xc2\x4a\x80\x68\xbe\xe8\x2e\x00\xd0\xd1\x02\x9e\x7e\x57\x6e\xec\x5d\x2d\x29\x80\x6f\xab\x93\xb8\xe6\x36\xcf\xeb\x31\xae"
	playerKey = []byte("Genuine Adobe Flash Player 001")
	serverKey = []byte("Genuine Adobe Flash Media Server 001")
	answerKey = append(bytes.Clone(serverKey), keyTail...)
)

// scheme places the digest in C1 and S1. Both halves of 764 bytes that follow time
// and version begin or end with four bytes whose sum is an offset; the scheme says
// which half holds the digest. The other half is a public key for RTMPE, which is
// not spoken here.
type scheme int

const (
	digestFirst scheme = 8   // where the four bytes are
	digestLast  scheme = 772 // behind the key's half
)

// digest is where the digest of p is: 32 bytes of the 728 behind the offset.
func (s scheme) digest(p []byte) (from, to int) {
	sum := 0
	for _, b := range p[s : s+4] {
		sum += int(b)
	}
	from = int(s) + 4 + sum%728
	return from, from + digestSize
}

// sum is the digest that p must have: of all its bytes but the digest's own.
func (s scheme) sum(key, p []byte) []byte {
	from, to := s.digest(p)
	return sign(key, p[:from], p[to:])
}

// sign is HMAC-SHA256 of parts, one after the other.
func sign(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// signature finds the digest of C1 and its scheme. There is none in the simple
// handshake, of which a version of zero is the mark (5.2.3).
func signature(c1 []byte) (s scheme, digest []byte, ok bool) {
	if binary.BigEndian.Uint32(c1[4:]) == 0 {
		return 0, nil, false
	}
	for _, s := range []scheme{digestLast, digestFirst} {
		from, to := s.digest(c1)
		if hmac.Equal(s.sum(playerKey, c1), c1[from:to]) {
			return s, c1[from:to], true
		}
	}
	return 0, nil, false
}

// signS1 puts the digest into S1.
func signS1(s scheme, s1 []byte) {
	from, _ := s.digest(s1)
	copy(s1[from:], s.sum(serverKey, s1))
}

// signS2 ends S2 with its digest, by a key made of C1's.
func signS2(digest, s2 []byte) {
	body := s2[:len(s2)-digestSize]
	copy(s2[len(body):], sign(sign(answerKey, digest), body))
}
