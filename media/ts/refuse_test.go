package ts

import (
	"errors"
	"strings"
	"testing"

	"weir/media"
)

func TestHeaderIsRefused(t *testing.T) {
	video := func(c media.Codec, body string) media.Headers {
		return media.Headers{Video: &media.Packet{Kind: media.Video, Codec: c, Config: true, Body: []byte(body)}}
	}
	audio := func(c media.Codec, body string) media.Headers {
		return media.Headers{Audio: &media.Packet{Kind: media.Audio, Codec: c, Config: true, Body: []byte(body)}}
	}
	const avc = "\x17\x00\x00\x00\x00"
	tests := []struct {
		name string
		h    media.Headers
		want error
	}{
		{"no body", video(media.H264, ""), ErrMalformed},
		{"body of one byte", video(media.H264, "\x17"), ErrMalformed},
		{"no record", video(media.H264, avc), ErrMalformed},
		{"SPS is longer than the body", video(media.H264, avc+"\x01\x42\xc0\x1e\xff\xe1\xff\xff\x67"), ErrMalformed},
		{"no SPS", video(media.H264, avc+"\x01\x42\xc0\x1e\xff\xe0\x01\x00\x01\x68"), ErrMalformed},
		{"no PPS", video(media.H264, avc+"\x01\x42\xc0\x1e\xff\xe1\x00\x01\x67\x00"), ErrMalformed},
		{"record ends after SPS", video(media.H264, avc+"\x01\x42\xc0\x1e\xff\xe1\x00\x01\x67"), ErrMalformed},
		{"empty SPS", video(media.H264, avc+"\x01\x42\xc0\x1e\xff\xe1\x00\x00\x01\x00\x01\x68"), ErrMalformed},
		{"H.265 arrays are cut short", video(media.H265, "\x90hvc1\x01"+strings.Repeat("\x00", 21)+"\x09"), ErrMalformed},
		{"AV1", video(media.AV1, "\x90av01\x81"), ErrUnsupported},
		{"VP9", video(media.VP9, "\x90vp09\x01"), ErrUnsupported},
		{"no media", video(media.H264, "\x92avc1"), ErrMalformed},
		{"no AudioSpecificConfig", audio(media.AAC, "\xaf\x00"), ErrMalformed},
		{"reserved sample rate", audio(media.AAC, "\xaf\x00\x16\x90"), ErrMalformed},
		{"object type that ADTS cannot say", audio(media.AAC, "\xaf\x00\xba\x10\x00\x00"), ErrMalformed},
		{"half an Opus header", audio(media.Opus, "\x90OpusOpusHead"), ErrMalformed},
		{"Opus of 255 channels", audio(media.Opus, "\x90OpusOpusHead\x01\xff\x00\x00\x00\x00\x00\x00\x00\x00\xff"), ErrUnsupported},
		{"FLAC", audio(media.FLAC, "\x90fLaCfLaC"), ErrUnsupported},
		{"AC-3 without sync", audio(media.AC3, "\x91ac-3frames"), ErrMalformed},
		{"half an AC-3 frame", audio(media.AC3, "\x91ac-3\x0b\x77\x00\x00\x00"), ErrMalformed},
		{"E-AC-3 that is AC-3", audio(media.EAC3, "\x91ec-3\x0b\x77\x00\x00\x00\x40\x00\x00"), ErrMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := NewWriter(tt.h); !errors.Is(err, tt.want) {
				t.Errorf("NewWriter = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestPacketIsRefused(t *testing.T) {
	long := frame(0, true)
	long.Body = append(long.Body, 0xff, 0xff, 0xff, 0xff, 0x65)
	many := frame(0, true)
	for range maxNALUs + 1 {
		many.Body = append(many.Body, 0, 0, 0, 1, 0x41)
	}
	odd := frame(0, true)
	odd.Body = append(odd.Body, 0, 0)
	hevc := frame(0, true, "\x26")
	hevc.Codec = media.H265
	tests := []struct {
		name string
		p    *media.Packet
		want error
	}{
		{"NAL unit is longer than the frame", long, ErrMalformed},
		{"too many NAL units", many, ErrMalformed},
		{"half a length", odd, ErrMalformed},
		{"another codec than the header's", hevc, ErrUnsupported},
		{"AAC frame of 9,000 bytes", sound(0, strings.Repeat("x", 9000)), ErrMalformed},
		{"MP3 on a track of AAC", &media.Packet{Kind: media.Audio, Codec: media.MP3, Body: []byte{0x2f, 0xff}}, ErrUnsupported},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWriter(t, headers)
			if err := w.Write(tt.p); !errors.Is(err, tt.want) {
				t.Errorf("Write = %v, want %v", err, tt.want)
			}
			if b, err := w.Cut(); err != nil || len(b) != 0 {
				t.Errorf("Cut = %d bytes, %v, want nothing", len(b), err)
			}
		})
	}
}

// FuzzWrite gives a stream's headers and packets any bytes.
func FuzzWrite(f *testing.F) {
	f.Add(uint8(media.H264), avcHeader.Body, frame(0, true, "\x65a").Body, uint8(media.AAC), aacHeader.Body, sound(0, "a").Body)
	f.Add(uint8(media.H265), []byte("\x90hvc1\x01"), []byte("\x91hvc1\x00\x00\x00"), uint8(media.MP3), []byte{0x2f, 0xff, 0xfb}, []byte{0x2f, 0xff, 0xfb, 0x90})
	f.Add(uint8(media.H264), []byte{0x17}, []byte("\x92avc1"), uint8(media.AC3), []byte("\x91ac-3\x0b\x77\x00\x00\x08\x40\x2f"), []byte("\x91ac-3\x0b\x77\x00\x00\x08\x40\x2f"))
	f.Add(uint8(media.H265), []byte("\x90hvc1\x01"), []byte("\x96\x03hvc1\x00"), uint8(media.Opus), []byte("\x90OpusOpusHead\x01\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00"), []byte("\x91Opus\xfc"))
	f.Fuzz(func(t *testing.T, vc uint8, vh, vb []byte, ac uint8, ah, ab []byte) {
		video, audio := media.Codec(vc)%(media.OtherVideo+1), media.Codec(ac)%(media.OtherVideo+1)
		for _, h := range []media.Headers{
			{Video: &media.Packet{Kind: media.Video, Codec: video, Config: true, Body: vh}},
			{Audio: &media.Packet{Kind: media.Audio, Codec: audio, Config: !Bare(audio), Body: ah}},
		} {
			w, err := NewWriter(h)
			if err != nil {
				continue
			}
			packets := []*media.Packet{
				{Kind: media.Video, Codec: video, Key: true, Body: vb},
				{Kind: media.Audio, Codec: audio, Body: ab},
			}
			for _, p := range packets {
				if err := w.Write(p); err != nil && !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrUnsupported) {
					t.Errorf("Write = %v", err)
				}
			}
			if b, err := w.Cut(); err != nil || len(b)%188 != 0 {
				t.Errorf("Cut = %d bytes, %v", len(b), err)
			}
		}
	})
}
