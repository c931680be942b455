package media

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packetOf makes a packet from a word: its kind (v, a, d), C for a sequence header
// or I for information, its track, and behind a colon its codec.
func packetOf(w string) *Packet {
	p := &Packet{Kind: map[byte]Kind{'v': Video, 'a': Audio, 'd': Data}[w[0]], Body: []byte(w)}
	if p.Kind == Data {
		p.Body = append(append([]byte{}, onMetaData...), w...)
	}
	rest, codec, _ := strings.Cut(w[1:], ":")
	for c := NoCodec; c <= OtherVideo; c++ {
		if c.String() == codec {
			p.Codec = c
		}
	}
	rest, p.Config = strings.CutPrefix(rest, "C")
	rest, p.Info = strings.CutPrefix(rest, "I")
	fmt.Sscan(rest, &p.Track)
	return p
}

func TestHeadersTake(t *testing.T) {
	tests := []struct{ name, packets, want string }{
		{"the newest", "d vC:h264 aC:aac v:h264 a:aac vC:h264 d2", "d2 vC:h264 aC:aac"},
		{"of further tracks, in their order", "vC1:hevc aC2:opus vC:av1 v1:hevc aC1:aac", "vC:av1 vC1:hevc aC2:opus aC1:aac"},
		{"renewed ones go last", "vC1:h264 vC2:h264 vC1:av1", "vC2:h264 vC1:av1"},
		{"information beside the header", "vC:hevc vI:hevc vI1:hevc vI:hevc", "vC:hevc vI1:hevc vI:hevc"},
		{"another codec with a header", "vC:h264 v:h264 vC:av1 v:av1", "vC:av1"},
		{"another codec without", "aC:aac a:aac a:mp3", ""},
		{"another codec on another track", "vC:h264 v1:hevc", "vC:h264"},
		{"a command", "vC:h264 v:", "vC:h264"},
		{"nothing", "v:h264 a:aac", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var h Headers
			for w := range strings.FieldsSeq(tt.packets) {
				h.Take(packetOf(w))
			}
			var got []string
			for p := range h.All() {
				got = append(got, strings.TrimPrefix(string(p.Body), string(onMetaData)))
			}
			if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" {
				t.Errorf("headers (-want +got):\n%s", d)
			}
		})
	}
}

func TestHeadersAreBounded(t *testing.T) {
	var h Headers
	flood := func(size int) {
		for i := range 256 {
			for _, kind := range []Kind{Audio, Video} {
				for _, info := range []bool{false, true} {
					h.Take(&Packet{Kind: kind, Config: !info, Info: info, Track: byte(i), Body: make([]byte, size)})
				}
			}
		}
	}
	flood(1000)
	if len(h.Others) != maxOthers {
		t.Errorf("%d headers of further tracks, want %d", len(h.Others), maxOthers)
	}
	flood(maxHeader)
	all := 0
	for p := range h.All() {
		all += len(p.Body)
	}
	if most := 2*maxHeader + maxOthersBytes; all > most {
		t.Errorf("%d bytes of headers, want at most %d", all, most)
	}
	before := h
	for _, p := range []*Packet{{Kind: Video, Info: true}, {Kind: Video, Config: true}, {Kind: Audio, Config: true}, {Kind: Data}} {
		if p.Body = append(append(p.Body, onMetaData...), make([]byte, maxHeader)...); h.Take(p) {
			t.Errorf("a header of any length is kept: %v", p.Kind)
		}
	}
	if h.Metadata != before.Metadata || h.Video != before.Video || h.Audio != before.Audio || !slices.Equal(h.Others, before.Others) {
		t.Error("what was refused has changed the headers")
	}
}

// Headers that somebody holds do not change when others are taken.
func TestHeadersAreCopied(t *testing.T) {
	var h Headers
	h.Take(packetOf("vC1:h264"))
	h.Take(packetOf("vC2:h264"))
	held := h
	want := append([]*Packet(nil), held.Others...)
	h.Take(packetOf("vC1:av1"))
	h.Take(packetOf("vC3:av1"))
	if d := cmp.Diff(want, held.Others); d != "" {
		t.Errorf("headers held (-want +got):\n%s", d)
	}
}
