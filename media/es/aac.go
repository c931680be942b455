package es

import (
	"weir/media"
	"weir/media/flv"
	"weir/media/web"
)

// AAC is AAC frames over HTTP, each behind an ADTS header.
var AAC = web.Format{
	Protocol: "aac", Ext: ".aac", ContentType: "audio/aac",
	Framer: func(media.Tracks) media.Framer { return aac{} },
}

// aac opens the framers of logs: what an ADTS header says stands in the stream's
// sequence header.
type aac struct{ bare }

var _ media.Muxer = aac{}

// Append adds nothing: that is for the framers that Open returns.
func (aac) Append(dst []byte, _ *media.Packet, _ media.Clocks) []byte { return dst }

// Open implements media.Muxer.
func (aac) Open() media.Framer { return &adts{} }

// adts writes frames behind headers.
type adts struct {
	bare
	config config
}

// Append implements media.Framer. Frames that no header fits are left out.
func (a *adts) Append(dst []byte, p *media.Packet, _ media.Clocks) []byte {
	if p.Codec != media.AAC || p.Track != 0 {
		return dst
	}
	b := flv.Payload(p)
	if p.Config {
		a.config = parseConfig(b)
		return dst
	}
	size := adtsHeader + len(b)
	if len(b) == 0 || size > maxADTS || a.config == (config{}) {
		return dst
	}
	return append(a.config.appendHeader(dst, size), b...)
}
