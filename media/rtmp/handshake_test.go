package rtmp

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// signedC1 is C1 as encoders of Flash's days send it: FMLE 3.0 uses the scheme
// with the digest behind the key, Flash Player 9 the other.
func signedC1(s scheme, seed byte) []byte {
	c1 := make([]byte, handshakeSize)
	for i := range c1 {
		c1[i] = byte(i)*31 + seed
	}
	binary.BigEndian.PutUint32(c1[4:], 9<<24|124<<8|2)
	from, _ := s.digest(c1)
	copy(c1[from:], s.sum(playerKey, c1))
	return c1
}

// A peer of the digest handshake checks both answers, as Flash Player does ahead of
// H.264 and ffmpeg always.
func TestDigestsAreAnswered(t *testing.T) {
	for _, s := range []scheme{digestFirst, digestLast} {
		for seed := range byte(64) {
			c1 := signedC1(s, seed)
			b := welcome(c1, time.Now())
			s1, s2 := b[1:1+handshakeSize], b[1+handshakeSize:]
			if b[0] != 3 || s1[4] < 3 {
				t.Fatalf("version %d, server's %d", b[0], s1[4])
			}
			from, to := s.digest(s1)
			if d := cmp.Diff(sign(serverKey, s1[:from], s1[to:]), s1[from:to]); d != "" {
				t.Fatalf("scheme %d, seed %d: digest of S1 (-want +got):\n%s", s, seed, d)
			}
			from, to = s.digest(c1)
			key := sign(append(bytes.Clone(serverKey), keyTail...), c1[from:to])
			if d := cmp.Diff(sign(key, s2[:1504]), s2[1504:]); d != "" {
				t.Fatalf("scheme %d, seed %d: digest of S2 (-want +got):\n%s", s, seed, d)
			}
		}
	}
}

// The place of a digest is within its half, whatever the four bytes say.
func TestDigestHasItsPlace(t *testing.T) {
	tests := []struct {
		s        scheme
		offset   [4]byte
		from, to int
	}{
		{digestFirst, [4]byte{}, 12, 44},
		{digestFirst, [4]byte{255, 255, 217, 0}, 739, 771},
		{digestFirst, [4]byte{255, 255, 218, 0}, 12, 44},
		{digestFirst, [4]byte{255, 255, 255, 255}, 304, 336},
		{digestLast, [4]byte{}, 776, 808},
		{digestLast, [4]byte{255, 255, 217, 0}, 1503, 1535},
	}
	for _, tt := range tests {
		p := make([]byte, handshakeSize)
		copy(p[tt.s:], tt.offset[:])
		if from, to := tt.s.digest(p); from != tt.from || to != tt.to {
			t.Errorf("scheme %d, %v: digest at %d to %d, want %d to %d", tt.s, tt.offset, from, to, tt.from, tt.to)
		}
	}
}

// Without a digest, or with a wrong one, the handshake is the simple one: S2
// repeats C1 to the byte, which librtmp compares.
func TestSimpleHandshakeRepeatsC1(t *testing.T) {
	spoilt := signedC1(digestLast, 7)
	spoilt[1000] ^= 1
	unversioned := signedC1(digestLast, 7)
	clear(unversioned[4:8])
	for name, c1 := range map[string][]byte{
		"zeros":            make([]byte, handshakeSize),
		"no version":       unversioned,
		"wrong digest":     spoilt,
		"version and 0xff": bytes.Repeat([]byte{0xff}, handshakeSize),
	} {
		now := time.UnixMilli(1<<32 + 77)
		b := welcome(c1, now)
		if d := cmp.Diff(c1, b[1+handshakeSize:]); d != "" {
			t.Errorf("%s: S2 (-want +got):\n%s", name, d)
		}
		if got := b[:9]; !bytes.Equal(got, []byte{3, 0, 0, 0, 77, 0, 0, 0, 0}) {
			t.Errorf("%s: S0 and S1 begin with %v", name, got)
		}
	}
}

func FuzzHandshake(f *testing.F) {
	f.Add(make([]byte, handshakeSize))
	f.Add(signedC1(digestFirst, 1))
	f.Add(signedC1(digestLast, 2))
	f.Fuzz(func(t *testing.T, b []byte) {
		c1 := make([]byte, handshakeSize)
		copy(c1, b)
		was := bytes.Clone(c1)
		answer := welcome(c1, time.UnixMilli(0))
		if !bytes.Equal(c1, was) {
			t.Error("C1 is changed")
		}
		_, _, signed := signature(c1)
		if repeats := bytes.Equal(answer[1+handshakeSize:], c1); len(answer) != 1+2*handshakeSize || repeats == signed {
			t.Errorf("%d bytes, a digest: %v, S2 is C1: %v", len(answer), signed, repeats)
		}
	})
}

func BenchmarkHandshake(b *testing.B) {
	for name, c1 := range map[string][]byte{"simple": make([]byte, handshakeSize), "digest": signedC1(digestLast, 1)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				welcome(c1, time.Time{})
			}
		})
	}
}
