//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/media/rtmp/chunk"
)

// Messages of all sizes, in chunks of all sizes and cut anywhere, come out whole and in order.
func TestSkimReadsWhatIsCutAnywhere(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	for _, size := range []int{1, 128, 4096, 60000} {
		var wire []byte
		var want []string
		for i := range 200 {
			body := make([]byte, rnd.IntN(3*min(size, 2000)))
			h := chunk.Header{ChunkStream: 4 + uint32(i%3)*100, Type: chunk.Video, Timestamp: uint32(i * 33), Stream: 1, Delta: i > 10 && i%5 == 0}
			if i > 150 {
				h.Timestamp += 0xffffff
			}
			wire = chunk.Append(wire, h, body, size)
			want = append(want, fmt.Sprint(chunk.Video, len(body), body[:min(len(body), skimHead)]))
		}
		for _, longest := range []int{1, 7, 500, 9000, len(wire)} {
			var got []string
			s := &skim{size: size, each: func(m skimmed) { got = append(got, fmt.Sprint(m.kind, m.size, m.head)) }}
			for b := wire; len(b) > 0; {
				n := min(len(b), 1+rnd.IntN(longest))
				if err := s.feed(slices.Clone(b[:n])); err != nil {
					t.Fatal(err)
				}
				b = b[n:]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("chunk size %d, reads up to %d (-want +got):\n%s", size, longest, diff)
			}
		}
	}
}

// However the bytes are cut, the same comes of them.
func FuzzSkim(f *testing.F) {
	f.Add(chunk.Append(nil, chunk.Header{ChunkStream: 3, Type: chunk.Video, Timestamp: 0xffffff}, make([]byte, 300), 0), 7)
	f.Add([]byte{2, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 1)
	f.Fuzz(func(t *testing.T, b []byte, cut int) {
		read := func(pieces ...[]byte) (got []string) {
			s := &skim{each: func(m skimmed) { got = append(got, fmt.Sprint(m)) }}
			for _, p := range pieces {
				if err := s.feed(p); err != nil {
					return append(got, err.Error())
				}
			}
			return got
		}
		k := max(0, min(cut, len(b)))
		if diff := cmp.Diff(read(b), read(b[:k], b[k:])); diff != "" {
			t.Errorf("cut at %d (-whole +cut):\n%s", k, diff)
		}
	})
}
