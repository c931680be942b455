package flv

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
)

func TestPacket(t *testing.T) {
	const v, a = media.Video, media.Audio
	tests := []struct {
		name    string
		kind    media.Kind
		body    string
		want    media.Packet
		payload string // "" for nil
	}{
		{"avc config", v, "\x17\x00\x00\x00\x00\x01c", media.Packet{Codec: media.H264, Config: true}, "\x01c"},
		{"avc key", v, "\x17\x01\x00\x00\x28n", media.Packet{Codec: media.H264, Key: true, CTS: 40 * time.Millisecond}, "n"},
		{"avc inter, negative composition", v, "\x27\x01\xff\xff\xffn", media.Packet{Codec: media.H264, CTS: -time.Millisecond}, "n"},
		{"avc end", v, "\x17\x02\x00\x00\x00", media.Packet{Codec: media.H264}, ""},
		{"avc command", v, "\x57\x00", media.Packet{}, ""},
		{"hevc key as codec 12", v, "\x1c\x01\x00\x00\x00n", media.Packet{Codec: media.H265, Key: true}, "n"},
		{"vp6 key", v, "\x14n", media.Packet{Codec: media.OtherVideo, Key: true}, "n"},
		{"ex hvc1 start", v, "\x90hvc1c", media.Packet{Codec: media.H265, Config: true}, "c"},
		{"ex hvc1 frames", v, "\x91hvc1\x00\x00\x01n", media.Packet{Codec: media.H265, Key: true, CTS: time.Millisecond}, "n"},
		{"ex hvc1 frames x", v, "\xa3hvc1n", media.Packet{Codec: media.H265}, "n"},
		{"ex av01 frames", v, "\x91av01n", media.Packet{Codec: media.AV1, Key: true}, "n"},
		{"ex vp09 end", v, "\x92vp09", media.Packet{Codec: media.VP9}, ""},
		{"ex colours", v, "\xd4hvc1m", media.Packet{Codec: media.H265, Info: true}, ""},
		{"ex av01 start as in TS", v, "\x95av01d", media.Packet{Codec: media.AV1, Config: true}, "d"},
		{"ex avc1 frames", v, "\xa1avc1\xff\xff\xffn", media.Packet{Codec: media.H264, CTS: -time.Millisecond}, "n"},
		{"ex vvc1 frames", v, "\x91vvc1\x00\x00\x02n", media.Packet{Codec: media.H266, Key: true, CTS: 2 * time.Millisecond}, "n"},
		{"ex reserved type", v, "\x98hvc1n", media.Packet{Codec: media.H265}, ""},
		{"ex command", v, "\xd1\x00", media.Packet{}, ""},
		{"ex unknown codec", v, "\x91xxxxn", media.Packet{Codec: media.OtherVideo, Key: true}, "n"},
		{"ex modifier", v, "\x97\x02abc\x01av01n", media.Packet{Codec: media.AV1, Key: true}, "n"},
		{"ex modifiers, one with a long length", v, "\xa7\x00a\x07\xff\x00\x01ab\x03hvc1n", media.Packet{Codec: media.H265}, "n"},
		{"ex one track, 0", v, "\x96\x01hvc1\x00\x00\x00\x05n", media.Packet{Codec: media.H265, Key: true, CTS: 5 * time.Millisecond}, "n"},
		{"ex one track, 1, begins nothing", v, "\x96\x03hvc1\x01n", media.Packet{Codec: media.H265, Track: 1}, "n"},
		{"ex one track, 1, start", v, "\x96\x00hvc1\x01c", media.Packet{Codec: media.H265, Track: 1, Config: true}, "c"},
		{"ex one track, colours", v, "\x96\x04av01\x02m", media.Packet{Codec: media.AV1, Track: 2, Info: true}, ""},
		{"ex many tracks, 0 last", v, "\x96\x11avc1\x01\x00\x00\x04\x00\x00\x09x\x00\x00\x00\x04\x00\x00\x01n", media.Packet{Codec: media.H264, Key: true, CTS: time.Millisecond}, "n"},
		{"ex many tracks without 0", v, "\x96\x10hvc1\x03\x00\x00\x01x\x02\x00\x00\x01c", media.Packet{Codec: media.H265, Track: 2, Config: true}, "c"},
		{"ex many codecs", v, "\x96\x23av01\x01\x00\x00\x01xvp09\x00\x00\x00\x02no", media.Packet{Codec: media.VP9, Key: true}, "no"},
		{"ex modifier ahead of tracks", v, "\x97\x00a\x06\x01av01\x00n", media.Packet{Codec: media.AV1, Key: true}, "n"},
		{"aac config", a, "\xaf\x00\x12\x10", media.Packet{Codec: media.AAC, Config: true}, "\x12\x10"},
		{"aac raw", a, "\xaf\x01f", media.Packet{Codec: media.AAC}, "f"},
		{"mp3", a, "\x2ff", media.Packet{Codec: media.MP3}, "f"},
		{"speex", a, "\xb6f", media.Packet{Codec: media.OtherAudio}, "f"},
		{"ex opus start", a, "\x90Opusc", media.Packet{Codec: media.Opus, Config: true}, "c"},
		{"ex opus frames", a, "\x91Opusf", media.Packet{Codec: media.Opus}, "f"},
		{"ex mp4a start", a, "\x90mp4ac", media.Packet{Codec: media.AAC, Config: true}, "c"},
		{"ex mp3", a, "\x91.mp3f", media.Packet{Codec: media.MP3}, "f"},
		{"ex flac start", a, "\x90fLaCc", media.Packet{Codec: media.FLAC, Config: true}, "c"},
		{"ex ac-3", a, "\x91ac-3f", media.Packet{Codec: media.AC3}, "f"},
		{"ex e-ac-3", a, "\x91ec-3f", media.Packet{Codec: media.EAC3}, "f"},
		{"ex unknown sound", a, "\x91xxxxf", media.Packet{Codec: media.OtherAudio}, "f"},
		{"ex sound has no frames x", a, "\x93Opusf", media.Packet{Codec: media.Opus}, ""},
		{"ex channels", a, "\x94mp4a\x00\x02", media.Packet{Codec: media.AAC, Info: true}, ""},
		{"ex sound, end", a, "\x92Opus", media.Packet{Codec: media.Opus}, ""},
		{"ex sound, one track", a, "\x95\x00mp4a\x01c", media.Packet{Codec: media.AAC, Track: 1, Config: true}, "c"},
		{"ex sound, many codecs", a, "\x95\x21Opus\x01\x00\x00\x01xmp4a\x00\x00\x00\x01f", media.Packet{Codec: media.AAC}, "f"},
		{"data", media.Data, "\x02\x00\x01x", media.Packet{}, "\x02\x00\x01x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Packet(tt.kind, time.Second, []byte(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			want := tt.want
			want.Kind, want.DTS, want.Body = tt.kind, time.Second, []byte(tt.body)
			if d := cmp.Diff(&want, got); d != "" {
				t.Errorf("Packet (-want +got):\n%s", d)
			}
			if got := string(Payload(got)); got != tt.payload {
				t.Errorf("Payload = %q, want %q", got, tt.payload)
			}
		})
	}
}

func TestPacketRefuses(t *testing.T) {
	tests := []struct {
		name string
		kind media.Kind
		body string
		want error
	}{
		{"empty video", media.Video, "", ErrEmpty},
		{"empty audio", media.Audio, "", ErrEmpty},
		{"empty data", media.Data, "", ErrEmpty},
		{"avc without composition", media.Video, "\x17\x01\x00\x00", ErrShort},
		{"aac without type", media.Audio, "\xaf", ErrShort},
		{"ex without codec", media.Video, "\x91hvc", ErrShort},
		{"ex without composition", media.Video, "\x91hvc1\x00\x00", ErrShort},
		{"ex modifier past the end", media.Video, "\x97\x09ab", ErrShort},
		{"ex long modifier past the end", media.Video, "\x97\xff\xff", ErrShort},
		{"ex modifier that ends the body", media.Video, "\x97\x00a", ErrShort},
		{"ex modifiers without end", media.Video, "\x97" + strings.Repeat("\x00a\x07", 17) + "\x00a\x01av01", ErrForm},
		{"ex one track without it", media.Video, "\x96\x00hvc1", ErrShort},
		{"ex many tracks without one", media.Video, "\x96\x10hvc1", ErrShort},
		{"ex track longer than the body", media.Video, "\x96\x10hvc1\x00\x00\x00\x02c", ErrShort},
		{"ex second track longer than the body", media.Video, "\x96\x10hvc1\x00\x00\x00\x01c\x01\xff\xff\xffc", ErrShort},
		{"ex rest behind the last track", media.Video, "\x96\x10hvc1\x00\x00\x00\x01c\x00", ErrShort},
		{"ex track without composition", media.Video, "\x96\x11hvc1\x00\x00\x00\x02abxx", ErrShort},
		{"ex 257 tracks", media.Audio, "\x95\x11Opus" + strings.Repeat("\x00\x00\x00\x00", 257), ErrForm},
		{"ex tracks within tracks", media.Video, "\x96\x06\x00hvc1\x00c", ErrForm},
		{"ex modifier within tracks", media.Audio, "\x95\x07\x00a\x01Opus\x00f", ErrForm},
		{"ex reserved kind of tracks", media.Video, "\x96\x31hvc1\x00n", ErrForm},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if p, err := Packet(tt.kind, 0, []byte(tt.body)); !errors.Is(err, tt.want) {
				t.Errorf("Packet = %+v, %v, want %v", p, err, tt.want)
			}
		})
	}
	if _, err := Packet(20, 0, []byte{1}); err == nil {
		t.Error("Packet takes a kind that carries no media")
	}
}

func FuzzPacket(f *testing.F) {
	f.Add(byte(media.Video), []byte("\x97\x02abc\x01av01n"))
	f.Add(byte(media.Audio), []byte("\xaf\x01f"))
	f.Add(byte(media.Video), []byte("\x96\x11avc1\x01\x00\x00\x04\x00\x00\x09x\x00\x00\x00\x04\x00\x00\x01n"))
	f.Add(byte(media.Audio), []byte("\x95\x21Opus\x01\x00\x00\x01xmp4a\x00\x00\x00\x01f"))
	f.Fuzz(func(t *testing.T, kind byte, body []byte) {
		p, err := Packet(media.Kind(kind), 0, body)
		if err != nil {
			return
		}
		if p.Key && (p.Config || p.Info || p.Track != 0) || p.Info && p.Config {
			t.Errorf("%+v is several things", p)
		}
		if n := len(Payload(p)); n > len(body) {
			t.Errorf("payload of %d bytes in a body of %d", n, len(body))
		}
	})
}

func BenchmarkPacket(b *testing.B) {
	body := make([]byte, 6000)
	copy(body, "\x17\x01\x00\x00\x00")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Packet(media.Video, 0, body); err != nil {
			b.Fatal(err)
		}
	}
}
