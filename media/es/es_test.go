package es

import (
	"testing"

	"weir/media"
)

func audio(codec media.Codec, config bool, body string) *media.Packet {
	return &media.Packet{Kind: media.Audio, Codec: codec, Config: config, Body: []byte(body)}
}

func TestAACFramesStandBehindHeaders(t *testing.T) {
	for name, tt := range map[string]struct{ config, want string }{
		"LC at 44.1 kHz": {"\x12\x10", "\xff\xf1\x50\x80\x01\x3f\xfcab"},
		"HE at 24 kHz":   {"\x2b\x11\x88\x00", "\xff\xf1\x58\x80\x01\x3f\xfcab"},
		"no config":      {"", ""},
		"short":          {"\x12", ""},
		"frequency":      {"\x17\x80\x00\x00\x00", ""},
		"xHE":            {"\xf9\x48\x40", ""},
	} {
		f := aac{}.Open()
		f.Append(nil, audio(media.AAC, true, "\xaf\x00"+tt.config), media.Clocks{})
		b := f.Append(nil, &media.Packet{Kind: media.Video, Codec: media.H264, Body: []byte("\x17\x01\x00\x00\x00x")}, media.Clocks{})
		b = f.Append(b, audio(media.AAC, false, "\xaf\x01ab"), media.Clocks{})
		b = f.Append(b, audio(media.AAC, false, "\xaf\x01"+string(make([]byte, 9000))), media.Clocks{})
		if string(b) != tt.want {
			t.Errorf("%s: %x, want %x", name, b, tt.want)
		}
	}
}

func TestMP3FramesAreAsTheyCome(t *testing.T) {
	f := MP3.Framer(media.Tracks{})
	b := f.Append([]byte("x"), audio(media.MP3, false, "\x2f\xff\xfbframe"), media.Clocks{})
	b = f.Append(b, audio(media.AAC, false, "\xaf\x01ab"), media.Clocks{})
	if string(b) != "x\xff\xfbframe" {
		t.Errorf("%q", b)
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add([]byte{0x12, 0x10})
	f.Add([]byte{0x2b, 0x11, 0x88, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if c := parseConfig(b); c != (config{}) && len(c.appendHeader(nil, 100)) != adtsHeader {
			t.Errorf("%+v", c)
		}
	})
}
