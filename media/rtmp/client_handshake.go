package rtmp

import (
	"encoding/binary"
	"fmt"
	"io"
)

// clientVersion stands in C1 of the digest handshake: that of a Flash Player, whose
// digest servers look for.
const clientVersion = 9<<24 | 124<<16 | 2<<8

// simple is the handshake of the specification (5.2).
func (c *clientConn) simple() error {
	c1 := make([]byte, handshakeSize)
	fill(c1[8:])
	s1, err := c.hello(c1)
	if err != nil {
		return err
	}
	return c.answer(s1)
}

// digest is the handshake of Flash Player, for servers that want to see one: C1 and
// C2 are signed. A server that signs nothing gets a simple C2.
func (c *clientConn) digest() error {
	c1 := make([]byte, handshakeSize)
	fill(c1[8:])
	binary.BigEndian.PutUint32(c1[4:], clientVersion)
	from, _ := digestLast.digest(c1)
	copy(c1[from:], digestLast.sum(playerKey, c1))
	s1, err := c.hello(c1)
	if err != nil {
		return err
	}
	c2 := s1
	if digest, ok := signed(serverKey, s1); ok {
		c2 = make([]byte, handshakeSize)
		fill(c2)
		sealC2(digest, c2)
	}
	return c.answer(c2)
}

// hello sends C0 and C1, and returns S1.
func (c *clientConn) hello(c1 []byte) ([]byte, error) {
	if err := c.write(append([]byte{version}, c1...)); err != nil {
		return nil, err
	}
	b := make([]byte, 1+handshakeSize)
	if _, err := io.ReadFull(c, b); err != nil {
		return nil, err //nolint:wrapcheck // by greet
	}
	if b[0] != version {
		return nil, fmt.Errorf("%w: %d", errVersion, b[0])
	}
	return b[1:], nil
}

// answer sends C2 and reads S2, in which there is nothing to learn.
func (c *clientConn) answer(c2 []byte) error {
	if err := c.write(c2); err != nil {
		return err
	}
	_, err := io.ReadFull(c, make([]byte, handshakeSize))
	return err //nolint:wrapcheck // by greet
}

// signed finds the digest that p, C1 or S1, has by a key.
func signed(key, p []byte) (digest []byte, ok bool) {
	for _, s := range []scheme{digestLast, digestFirst} {
		from, to := s.digest(p)
		if string(s.sum(key, p)) == string(p[from:to]) {
			return p[from:to], true
		}
	}
	return nil, false
}

// sealC2 ends C2 with its digest, by a key made of S1's.
func sealC2(digest, c2 []byte) {
	body := c2[:len(c2)-digestSize]
	key := sign(append(playerKey[:len(playerKey):len(playerKey)], keyTail...), digest)
	copy(c2[len(body):], sign(key, body))
}
