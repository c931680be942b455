package httpapi

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js/hook"
	"weir/media"
)

func TestTracksOfSequenceHeaders(t *testing.T) {
	header := func(k media.Kind, c media.Codec, body ...byte) *media.Packet {
		return &media.Packet{Kind: k, Codec: c, Config: true, Body: body}
	}
	avc := func(record ...byte) *media.Packet {
		return header(media.Video, media.H264, append([]byte{0x17, 0, 0, 0, 0}, record...)...)
	}
	hevc := header(media.Video, media.H265, append([]byte{0x1c, 0, 0, 0, 0, 1, 0x22}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 93)...)
	for name, tt := range map[string]struct {
		codec          media.Codec
		header         *media.Packet
		profile, level string
	}{
		"High 3.1":          {media.H264, avc(1, 100, 0, 31), "High", "3.1"},
		"Baseline 3":        {media.H264, avc(1, 66, 0, 30), "Baseline", "3"},
		"unknown":           {media.H264, avc(1, 7, 0, 40), "Other", "4"},
		"short":             {media.H264, avc(1, 100), "", ""},
		"none":              {media.H264, nil, "", ""},
		"of another codec":  {media.H265, avc(1, 100, 0, 31), "", ""},
		"HEVC, Main10, 3.1": {media.H265, hevc, "Main10", "3.1"},
		"VP9":               {media.VP9, nil, "", ""},
	} {
		want := &videoShape{Codec: tt.codec.String(), Profile: tt.profile, Level: tt.level, Width: 640, Height: 360}
		if diff := cmp.Diff(want, videoOf(hook.Video{Codec: tt.codec, Width: 640, Height: 360}, tt.header)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	want := &audioShape{Codec: "aac", SampleRate: 44100, Channel: 2, Profile: "LC"}
	got := audioOf(hook.Audio{Codec: media.AAC, SampleRate: 44100, Channels: 2}, header(media.Audio, media.AAC, 0xaf, 0, 0x12, 0x10))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("AAC: -want +got:\n%s", diff)
	}
	if v, a := videoOf(hook.Video{}, nil), audioOf(hook.Audio{}, nil); v != nil || a != nil {
		t.Errorf("of a stream without tracks: %v and %v", v, a)
	}
}
