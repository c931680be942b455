package es

import (
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/web"
)

// MP3 is MP3 frames over HTTP.
var MP3 = web.Format{
	Protocol: "mp3", Ext: ".mp3", ContentType: "audio/mpeg",
	Framer: func(media.Tracks) media.Framer { return mp3{} },
}

// mp3 writes the frames as they are: each one says what it is.
type mp3 struct{ bare }

// Append implements media.Framer.
func (mp3) Append(dst []byte, p *media.Packet, _ media.Clocks) []byte {
	if p.Codec != media.MP3 || p.Track != 0 {
		return dst
	}
	return append(dst, flv.Payload(p)...)
}

// bare is a framing that players can begin in between any two frames.
type bare struct{}

// Begin adds nothing.
func (bare) Begin(dst []byte, _ media.Headers, _ media.Clocks, _ time.Duration, _ bool) []byte {
	return dst
}
