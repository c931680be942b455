package mediatest

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"

	"weir/media"
	"weir/media/flv"
)

//go:embed testdata/*.flv
var clips embed.FS

// Clip returns the packets of two seconds of a real encoder's output, as Enhanced
// RTMP v2 carries it: a sequence header if the codec has one, then frames. Video is
// 160×90 at ten frames a second with a keyframe each second; that of H.265 has
// B-frames. There are clips of H.264, H.265, AV1, VP9, AAC, MP3, Opus, FLAC, AC-3 and
// E-AC-3; asking for another panics.
func Clip(c media.Codec) []*media.Packet {
	b, err := clips.ReadFile("testdata/" + c.String() + ".flv")
	if err != nil {
		panic(fmt.Sprintf("no clip of %s", c))
	}
	var packets []*media.Packet
	for r := flv.NewReader(bytes.NewReader(b)); ; {
		p, err := r.ReadPacket()
		if errors.Is(err, io.EOF) {
			return packets
		}
		if err != nil {
			panic(err)
		}
		packets = append(packets, p)
	}
}
