package ts

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/asticode/go-astits"
	"github.com/google/go-cmp/cmp"

	"weir/media"
)

var (
	avcHeader = &media.Packet{Kind: media.Video, Codec: media.H264, Config: true, Body: []byte{
		0x17, 0, 0, 0, 0, 1, 0x42, 0xc0, 0x1e, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0xc0, 0x1e, 1, 0, 2, 0x68, 0xce,
	}}
	aacHeader = &media.Packet{Kind: media.Audio, Codec: media.AAC, Config: true, Body: []byte{0xaf, 0, 0x12, 0x10}}
	headers   = media.Headers{Video: avcHeader, Audio: aacHeader}
)

func frame(at time.Duration, key bool, nalus ...string) *media.Packet {
	p := &media.Packet{Kind: media.Video, Codec: media.H264, DTS: at, Key: key, Body: []byte{0x27, 1, 0, 0, 0}}
	for _, n := range nalus {
		p.Body = append(p.Body, 0, 0, 0, byte(len(n)))
		p.Body = append(p.Body, n...)
	}
	return p
}

func sound(at time.Duration, s string) *media.Packet {
	return &media.Packet{Kind: media.Audio, Codec: media.AAC, DTS: at, Body: append([]byte{0xaf, 1}, s...)}
}

func newWriter(t testing.TB, h media.Headers) *Writer {
	t.Helper()
	w, err := NewWriter(h)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func write(t testing.TB, w *Writer, packets ...*media.Packet) []byte {
	t.Helper()
	for _, p := range packets {
		if err := w.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	b, err := w.Cut()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

type pes struct {
	PTS, DTS int64
	Data     string
}

// demux returns the PES packets of a segment in order; DTS is PTS if it has none.
func demux(t testing.TB, segment []byte) []pes {
	t.Helper()
	d := astits.NewDemuxer(context.Background(), bytes.NewReader(segment))
	var all []pes
	for {
		data, err := d.NextData()
		if errors.Is(err, astits.ErrNoMorePackets) || errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if data.PES == nil {
			continue
		}
		o := data.PES.Header.OptionalHeader
		p := pes{PTS: o.PTS.Base, DTS: o.PTS.Base, Data: string(data.PES.Data)}
		if o.DTS != nil {
			p.DTS = o.DTS.Base
		}
		all = append(all, p)
	}
}

const start = "\x00\x00\x00\x01"

func TestKeyframeStandsBehindItsParameterSets(t *testing.T) {
	w := newWriter(t, headers)
	b := frame(40*time.Millisecond, false, "\x41bb")
	b.CTS = 80 * time.Millisecond
	got := demux(t, write(t, w, avcHeader, frame(0, true, "\x09\xf0", "\x65aa"), b))
	want := []pes{
		{90000, 90000, start + "\x09\xf0" + start + "\x67\x42\xc0\x1e" + start + "\x68\xce" + start + "\x65aa"},
		{90000 + 120*90, 90000 + 40*90, start + "\x09\xf0" + start + "\x41bb"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("access units (-want +got):\n%s", diff)
	}
}

func TestAudioFramesAreGrouped(t *testing.T) {
	w := newWriter(t, headers)
	got := demux(t, write(t, w, frame(0, true, "\x65"), sound(0, "one"), sound(23*time.Millisecond, "two"), sound(60*time.Millisecond, "three")))
	adts := func(n int) string {
		return "\xff\xf1\x50\x80" + string([]byte{byte((n + 7) >> 3), byte((n+7)<<5) | 0x1f, 0xfc})
	}
	want := []pes{
		{90000, 90000, adts(3) + "one" + adts(3) + "two"},
		{95400, 95400, adts(5) + "three"},
	}
	var audio []pes
	for _, p := range got {
		if p.Data[0] == 0xff {
			audio = append(audio, p)
		}
	}
	if diff := cmp.Diff(want, audio); diff != "" {
		t.Errorf("audio (-want +got):\n%s", diff)
	}
}

func TestSegmentsBeginWithTablesAndCountersRunOn(t *testing.T) {
	w := newWriter(t, headers)
	var stream []byte
	for i := range 3 {
		at := time.Duration(i) * time.Second
		s := write(t, w, frame(at, i != 1, "\x65"+string(make([]byte, 250))), sound(at, "a"))
		if pid := pidOf(s); pid != 0 {
			t.Errorf("segment %d begins with PID %d, want the PAT's 0", i, pid)
		}
		if pid := pidOf(s[188:]); pid != 0x1000 {
			t.Errorf("segment %d goes on with PID %d, want the PMT's 4096", i, pid)
		}
		stream = append(stream, s...)
	}
	continuous(t, stream)
}

func TestCountersRunOnBehindAnotherConfiguration(t *testing.T) {
	w := newWriter(t, headers)
	stream := write(t, w, frame(0, true, "\x65"), sound(0, "a"))
	level := *avcHeader
	level.Body = bytes.Clone(level.Body)
	level.Body[8] = 0x2a
	next := newWriter(t, media.Headers{Video: &level, Audio: aacHeader})
	next.Continue(w)
	stream = append(stream, write(t, next, frame(0, true, "\x65"), sound(0, "a"))...)
	continuous(t, stream)
}

// continuous checks that no continuity counter leaps.
func continuous(t *testing.T, stream []byte) {
	t.Helper()
	next := map[int]byte{}
	for ; len(stream) > 0; stream = stream[188:] {
		pid, cc := pidOf(stream), stream[3]&15
		if want, ok := next[pid]; ok && cc != want {
			t.Fatalf("PID %d has continuity counter %d, want %d", pid, cc, want)
		}
		if stream[3]&0x10 != 0 {
			next[pid] = (cc + 1) & 15
		}
	}
}

func pidOf(b []byte) int { return int(b[1]&0x1f)<<8 | int(b[2]) }

func TestTimesWrapAt33Bits(t *testing.T) {
	w := newWriter(t, media.Headers{Video: avcHeader})
	wrap := time.Duration(1<<33/90) * time.Millisecond // about 26.5 h
	p := frame(wrap, true, "\x65")
	p.CTS = 40 * time.Millisecond
	got := demux(t, write(t, w, p))
	at := ticks(wrap) & (1<<33 - 1)
	if got[0].DTS != at || got[0].PTS != at+3600 || at > 2*90000 {
		t.Errorf("DTS %d, PTS %d, want %d and 3600 more", got[0].DTS, got[0].PTS, at)
	}
}

func TestEmptySegmentHasNoBytes(t *testing.T) {
	w := newWriter(t, headers)
	if b := write(t, w, avcHeader, aacHeader, frame(0, false)); len(b) != 0 {
		t.Errorf("%d bytes, want none", len(b))
	}
}

func BenchmarkWrite(b *testing.B) {
	w := newWriter(b, headers)
	p := &media.Packet{Kind: media.Video, Codec: media.H264, Key: true, Body: make([]byte, 5+4+20000)}
	p.Body[0], p.Body[1], p.Body[7], p.Body[8], p.Body[9] = 0x17, 1, 20000>>8, 20000&0xff, 0x65
	b.SetBytes(int64(len(p.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if w.Len() > 1<<20 {
			w.buf.Reset()
		}
		if err := w.Write(p); err != nil {
			b.Fatal(err)
		}
		p.DTS += 40 * time.Millisecond
	}
}
