package rtmp

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	version       = 3    // of the protocol, C0 (5.2.2); 6 is RTMPE, which is refused
	handshakeSize = 1536 // of C1, S1, C2 and S2 (5.2)
)

// serverVersion stands in S1 of the digest handshake: clients look for a server's
// digest from version 3 on.
const serverVersion = 3<<24 | 5<<16 | 7<<8

// handshake answers C0 and C1, and reads C2. What C2 holds is nobody's loss: old
// encoders send anything.
func (c *conn) handshake() error {
	c0, err := c.in.Raw(1)
	if err != nil {
		return err //nolint:wrapcheck // by serve
	}
	if c0[0] != version { // at once: HTTP sends less than a C1
		return fmt.Errorf("%w: %d", errVersion, c0[0])
	}
	c1, err := c.in.Raw(handshakeSize)
	if err != nil {
		return err //nolint:wrapcheck // by serve
	}
	if err := c.write(welcome(c1, time.Now())); err != nil {
		return err
	}
	_, err = c.in.Raw(handshakeSize)
	return err //nolint:wrapcheck // by serve
}

// welcome is S0, S1 and S2 in answer to C1 (5.2): with digests if C1 has one, else
// simple, where S2 repeats C1.
func welcome(c1 []byte, now time.Time) []byte {
	b := make([]byte, 1+2*handshakeSize)
	b[0] = version
	s1, s2 := b[1:1+handshakeSize], b[1+handshakeSize:]
	binary.BigEndian.PutUint32(s1, uint32(now.UnixMilli())) //nolint:gosec // wraps, as RTMP's times do
	fill(s1[8:])
	s, digest, ok := signature(c1)
	if !ok {
		copy(s2, c1)
		return b
	}
	binary.BigEndian.PutUint32(s1[4:], serverVersion)
	signS1(s, s1)
	fill(s2)
	signS2(digest, s2)
	return b
}

// fill writes random bytes, a multiple of eight of them. They hold no secret.
func fill(b []byte) {
	for ; len(b) > 0; b = b[8:] {
		binary.LittleEndian.PutUint64(b, rand.Uint64()) //nolint:gosec // no secret
	}
}
