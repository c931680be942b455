package flv

import (
	"errors"
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
		{"avc command", v, "\x57\x00", media.Packet{Codec: media.H264}, ""},
		{"hevc key as codec 12", v, "\x1c\x01\x00\x00\x00n", media.Packet{Codec: media.H265, Key: true}, "n"},
		{"vp6 key", v, "\x14n", media.Packet{Codec: media.OtherVideo, Key: true}, "n"},
		{"ex hvc1 start", v, "\x90hvc1c", media.Packet{Codec: media.H265, Config: true}, "c"},
		{"ex hvc1 frames", v, "\x91hvc1\x00\x00\x01n", media.Packet{Codec: media.H265, Key: true, CTS: time.Millisecond}, "n"},
		{"ex hvc1 frames x", v, "\xa3hvc1n", media.Packet{Codec: media.H265}, "n"},
		{"ex av01 frames", v, "\x91av01n", media.Packet{Codec: media.AV1, Key: true}, "n"},
		{"ex vp09 end", v, "\x92vp09", media.Packet{Codec: media.VP9}, ""},
		{"ex metadata", v, "\x94hvc1m", media.Packet{Codec: media.H265}, ""},
		{"ex command", v, "\xd1\x00", media.Packet{Codec: media.OtherVideo}, ""},
		{"ex unknown codec", v, "\x91xxxxn", media.Packet{Codec: media.OtherVideo, Key: true}, "n"},
		{"ex modifier", v, "\x97\x02abc\x01av01n", media.Packet{Codec: media.AV1, Key: true}, "n"},
		{"ex multitrack, track 0", v, "\x96\x01hvc1\x00\x00\x00\x00n", media.Packet{Codec: media.H265, Key: true}, ""},
		{"ex multitrack, track 1 alone begins nothing", v, "\x96\x00hvc1\x01c", media.Packet{Codec: media.H265}, ""},
		{"aac config", a, "\xaf\x00\x12\x10", media.Packet{Codec: media.AAC, Config: true}, "\x12\x10"},
		{"aac raw", a, "\xaf\x01f", media.Packet{Codec: media.AAC}, "f"},
		{"mp3", a, "\x2ff", media.Packet{Codec: media.MP3}, "f"},
		{"speex", a, "\xb6f", media.Packet{Codec: media.OtherAudio}, "f"},
		{"ex opus start", a, "\x90Opusc", media.Packet{Codec: media.Opus, Config: true}, "c"},
		{"ex opus frames", a, "\x91Opusf", media.Packet{Codec: media.Opus}, "f"},
		{"ex channels", a, "\x94mp4a\x00\x02", media.Packet{Codec: media.AAC}, ""},
		{"ex audio multitrack", a, "\x95\x00mp4a\x01c", media.Packet{Codec: media.AAC}, ""},
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
		{"ex multitrack without track", media.Video, "\x96\x00hvc1", ErrShort},
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
	f.Fuzz(func(t *testing.T, kind byte, body []byte) {
		p, err := Packet(media.Kind(kind), 0, body)
		if err != nil {
			return
		}
		if p.Key && p.Config {
			t.Error("a sequence header is no keyframe")
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
