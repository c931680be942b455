package ts

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"weir/media"
)

// All that is needed to decode stands at each keyframe, and the counters run on.
func TestFramerBeginsAtKeyframes(t *testing.T) {
	f := Framer{}.Open()
	f.Append(nil, avcHeader, media.Clocks{})
	f.Append(nil, aacHeader, media.Clocks{})
	var stream []byte
	for i := range 4 {
		at := time.Duration(i) * 100 * time.Millisecond
		b := f.Append(nil, frame(at, i%2 == 0, map[bool]string{true: "\x65", false: "\x41"}[i%2 == 0]), media.Clocks{})
		if tables := pidOf(b) == 0; tables != (i%2 == 0) {
			t.Errorf("frame %d has tables ahead: %v", i, tables)
		}
		stream = append(stream, b...)
		stream = f.Append(stream, sound(at, "a"), media.Clocks{})
	}
	continuous(t, stream)
	if n := len(demux(t, stream)); n != 4+3 {
		t.Errorf("%d PES packets, want 4 of video and 3 of audio", n)
	}
}

func TestFramerWithoutVideoHasTablesOften(t *testing.T) {
	f := Framer{}.Open()
	f.Append(nil, aacHeader, media.Clocks{})
	var stream []byte
	groups := 0
	for i := range 50 {
		b := f.Append(nil, sound(time.Duration(i)*20*time.Millisecond, "a"), media.Clocks{})
		if len(b) > 0 {
			groups++
			if pidOf(b) != 0 {
				t.Errorf("group %d has no tables ahead", groups)
			}
		}
		stream = append(stream, b...)
	}
	continuous(t, stream)
	if groups < 3 {
		t.Errorf("%d groups in a second", groups)
	}
}

// A stream may get other tracks on its way, and have some that no transport stream
// carries.
func TestFramerFollowsTheTracks(t *testing.T) {
	f := Framer{}.Open()
	mp3 := &media.Packet{Kind: media.Audio, Codec: media.MP3, Body: append([]byte{0x2f, 0xff, 0xfb, 0x90, 0x64}, make([]byte, 413)...)}
	av1 := &media.Packet{Kind: media.Video, Codec: media.AV1, Config: true, Body: []byte("\x90av01....")}
	var stream []byte
	for _, p := range []*media.Packet{av1, avcHeader, frame(0, true, "\x65"), mp3, frame(time.Second, true, "\x65"), mp3, av1} {
		stream = f.Append(stream, p, media.Clocks{})
	}
	continuous(t, stream)
	got := demux(t, stream)
	var sounds int
	for _, p := range got {
		if strings.HasPrefix(p.Data, "\xff\xfb") {
			sounds++
		}
	}
	if len(got) != 4 || sounds != 2 {
		t.Errorf("%d PES packets, %d of them audio; want 4 and 2", len(got), sounds)
	}
	quiet := Framer{media.Tracks{Fixed: true, NoAudio: true}}.Open()
	b := quiet.Append(nil, avcHeader, media.Clocks{})
	b = quiet.Append(b, mp3, media.Clocks{})
	b = quiet.Append(b, frame(0, true, "\x65"), media.Clocks{})
	if n := len(demux(t, b)); n != 1 || bytes.Contains(b, []byte("\xff\xfb")) {
		t.Errorf("%d PES packets without audio, want 1", n)
	}
}

// A packet is the log's, which uses it again.
func TestFramerKeepsNoPacket(t *testing.T) {
	f := Framer{}.Open()
	var view media.Packet
	var stream []byte
	for _, p := range []*media.Packet{
		avcHeader, aacHeader, frame(0, true, "\x65"), sound(0, "a"), frame(time.Second, true, "\x65"), aacHeader, avcHeader,
		sound(time.Second, "a"), frame(2*time.Second, true, "\x65"),
	} {
		view = *p
		stream = f.Append(stream, &view, media.Clocks{})
	}
	continuous(t, stream)
	if n := len(demux(t, stream)); n != 3+2 {
		t.Errorf("%d PES packets, want 3 of video and 2 of audio", n)
	}
}
