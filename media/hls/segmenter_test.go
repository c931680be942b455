package hls

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/flv"
	"weir/media/mediatest"
	"weir/media/ts"
)

// cut is what a test sees of a segment.
type cut struct {
	Duration      time.Duration
	Discontinuity bool
}

// near takes durations as equal that differ by less than three frames of audio.
var near = cmp.Comparer(func(a, b time.Duration) bool { return (a - b).Abs() <= 60*time.Millisecond })

func cuts(segments []*segment) []cut {
	var c []cut
	for _, s := range segments {
		c = append(c, cut{s.duration, s.discontinuity})
	}
	return c
}

func TestSegmentsEnd(t *testing.T) {
	const second = time.Second
	shifted := func(by time.Duration, packets []*media.Packet) []*media.Packet {
		var out []*media.Packet
		for _, p := range packets {
			q := *p
			q.DTS += by
			out = append(out, &q)
		}
		return out
	}
	keyless := mediatest.Stream{GOP: 1 << 20}.Until(10 * second)
	frozen := clip(8 * second)
	for i, p := range frozen {
		q := *p
		q.DTS = 0
		frozen[i] = &q
	}
	tests := []struct {
		name     string
		fragment time.Duration
		packets  []*media.Packet
		want     []cut
	}{
		{"at keyframes, not before the fragment", 1500 * time.Millisecond, clip(5 * second), []cut{{2 * second, true}, {2 * second, false}, {second, false}}},
		{"at a keyframe that misses the fragment by rounding", 2010 * time.Millisecond, clip(4 * second), []cut{{2 * second, true}, {2 * second, false}}},
		{"audio alone: at the fragment", 2 * second, mediatest.Stream{NoVideo: true}.Until(4 * second), []cut{{1996 * time.Millisecond, true}, {1996 * time.Millisecond, false}, {18 * time.Millisecond, false}}},
		{"without keyframes: at 2.1 fragments", 2 * second, keyless, []cut{{4200 * time.Millisecond, true}, {4200 * time.Millisecond, false}, {1600 * time.Millisecond, false}}},
		{"late keyframe: right after a forced end", 2 * second, mediatest.Stream{GOP: 125}.Until(10 * second), []cut{{4200 * time.Millisecond, true}, {800 * time.Millisecond, false}, {4200 * time.Millisecond, false}, {800 * time.Millisecond, false}}},
		{"times that jump ahead", second, slices.Concat(clip(second), shifted(24*time.Hour, clip(second))), []cut{{second, true}, {second, true}}},
		{"times that jump back", second, slices.Concat(shifted(time.Hour, clip(second)), clip(second)), []cut{{second, true}, {second, true}}},
		{"all times zero", second, frozen, []cut{{time.Millisecond, true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, cuts(cutAll(t, tt.fragment, tt.packets)), near); diff != "" {
				t.Errorf("segments (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSegmentIsBoundedInBytes(t *testing.T) {
	packets := mediatest.Stream{NoAudio: true, FrameSize: 8 << 20}.Until(400 * time.Millisecond) // 10 frames
	for _, s := range cutAll(t, 10*time.Second, packets) {
		if len(s.data) > maxSegment+9<<20 {
			t.Errorf("segment of %d bytes, want at most %d and a frame", len(s.data), maxSegment)
		}
	}
}

func TestFirstSegmentWaitsForKeyframe(t *testing.T) {
	packets := clip(3 * time.Second)
	late := slices.Concat(packets[:3], packets[10:]) // headers, then the middle of a group
	got := cutAll(t, time.Second, late)
	if diff := cmp.Diff([]cut{{time.Second, true}, {time.Second, false}}, cuts(got), near); diff != "" {
		t.Errorf("segments (-want +got):\n%s", diff)
	}
}

func TestChangeOfCodecBreaksTheStream(t *testing.T) {
	change := func(p media.Packet, at int, to byte) *media.Packet {
		p.Body = bytes.Clone(p.Body)
		p.Body[at] = to
		return &p
	}
	h := mediatest.Stream{}.Headers()
	tests := []struct {
		name   string
		header *media.Packet
		err    error
		want   []cut
	}{
		{"the same header", h.Video, nil, []cut{{2 * time.Second, true}}},
		{"another level", change(*h.Video, 8, 0x33), nil, []cut{{time.Second, true}, {time.Second, true}}},
		{"another number of channels", change(*h.Audio, 3, 0x08), nil, []cut{{time.Second, true}, {time.Second, true}}},
		{"a header that nothing can decode", change(*h.Video, 5, 9), ts.ErrMalformed, []cut{{time.Second, true}, {time.Second, true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []*segment
			s := segmenter{fragment: 10 * time.Second, broken: true, add: func(s *segment) { got = append(got, s) }}
			var err error
			for _, p := range clip(2 * time.Second) {
				if p.Key && p.DTS == time.Second {
					err = s.write(tt.header)
				}
				if err := s.write(p); err != nil {
					t.Fatal(err)
				}
			}
			if !errors.Is(err, tt.err) {
				t.Errorf("write(header) = %v, want %v", err, tt.err)
			}
			if err := s.end(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, cuts(got), near); diff != "" {
				t.Errorf("segments (-want +got):\n%s", diff)
			}
		})
	}
}

// What is left out of a stream is told once for each kind, and the rest goes on.
func TestWhatCannotBeCarriedIsToldOnce(t *testing.T) {
	enhanced := func(kind media.Kind, at time.Duration, body string) *media.Packet {
		p, err := flv.Packet(kind, at, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	tests := []struct {
		name string
		with func(at time.Duration) []*media.Packet // beside sound, or beside pictures
		kind media.Kind
		want error
	}{
		{"AV1", func(at time.Duration) []*media.Packet {
			return []*media.Packet{enhanced(media.Video, at, "\x90av01\x81"), enhanced(media.Video, at, "\x91av01x")}
		}, media.Video, ts.ErrUnsupported},
		{"VP9 without a header", func(at time.Duration) []*media.Packet {
			return []*media.Packet{enhanced(media.Video, at, "\x91vp09x")}
		}, media.Video, errNoHeader},
		{"FLAC", func(at time.Duration) []*media.Packet {
			return []*media.Packet{enhanced(media.Audio, at, "\x90fLaCfLaC"), enhanced(media.Audio, at, "\x91fLaCx")}
		}, media.Audio, ts.ErrUnsupported},
		{"other tracks", func(at time.Duration) []*media.Packet {
			return []*media.Packet{enhanced(media.Video, at, "\x96\x00av01\x01\x81"), enhanced(media.Video, at, "\x96\x03av01\x01x")}
		}, media.Video, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []*segment
			var errs []error
			s := segmenter{fragment: time.Second, broken: true, add: func(s *segment) { got = append(got, s) }}
			for _, p := range (mediatest.Stream{NoVideo: tt.kind == media.Video, NoAudio: tt.kind == media.Audio}).Until(3 * time.Second) {
				for _, p := range append(tt.with(p.DTS), p) {
					if err := s.write(p); err != nil {
						errs = append(errs, err)
					}
				}
			}
			if err := s.end(); err != nil {
				t.Error(err)
			}
			if len(got) < 2 {
				t.Errorf("%d segments of what remains, want 2 or more", len(got))
			}
			switch {
			case tt.want == nil && len(errs) > 0:
				t.Errorf("errors: %v", errs)
			case tt.want != nil && (len(errs) == 0 || !errors.Is(errs[0], tt.want)):
				t.Errorf("errors: %v, want %v", errs, tt.want)
			case tt.want == errNoHeader && len(errs) > 1:
				t.Errorf("told %d times", len(errs))
			}
		})
	}
}

// FuzzSegmenter shuffles a stream's packets, headers and times, four bytes a
// packet: which one it is, and how far its time lies from the one before.
func FuzzSegmenter(f *testing.F) {
	source := clip(2 * time.Second)
	f.Add([]byte{0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 4, 0, 5, 8, 0, 0, 3, 0xff, 0, 0})
	f.Add(bytes.Repeat([]byte{1, 0, 0, 0, 3, 0, 40, 0}, 40))
	f.Fuzz(func(t *testing.T, b []byte) {
		longest := maxForward + maxBackward + 10*time.Second
		s := segmenter{fragment: time.Second, broken: true, add: func(s *segment) {
			if s.duration <= 0 || s.duration > longest || len(s.data)%188 != 0 || len(s.data) == 0 {
				t.Errorf("segment of %v and %d bytes", s.duration, len(s.data))
			}
		}}
		var dts time.Duration
		for ; len(b) >= 4; b = b[4:] {
			p := *source[int(b[0])%len(source)]
			dts += time.Duration(int16(binary.BigEndian.Uint16(b[1:]))) * time.Duration(b[3]%64+1) * time.Millisecond
			p.DTS = max(dts, 0)
			if err := s.write(&p); err != nil && !errors.Is(err, errNoHeader) {
				t.Fatal(err)
			}
		}
		if err := s.end(); err != nil {
			t.Fatal(err)
		}
	})
}
