package media

import (
	"bytes"
	"iter"
	"slices"
)

const (
	maxHeader      = 64 << 10  // bytes; a longer one is not kept for players to come
	maxOthers      = 32        // packets
	maxOthersBytes = 256 << 10 // of all of them
)

var onMetaData = []byte("\x02\x00\x0aonMetaData") // an AMF0 string

// Headers are what a decoder needs ahead of a stream's first frame: the newest
// metadata and sequence headers. Those that the stream lacks are nil.
type Headers struct {
	Metadata *Packet
	Video    *Packet
	Audio    *Packet
	// Others are sequence headers of tracks beyond the first, and what is told of a
	// track, oldest first. The slice is never written to again.
	Others []*Packet
	// HasVideo and HasAudio say that there were frames, with a header or without.
	HasVideo, HasAudio bool
}

// Take notes p if it is one of a stream's headers, and says so. Each player that comes
// is sent what is noted: it is bounded.
func (h *Headers) Take(p *Packet) bool {
	switch {
	case (p.Kind == Data || p.Config || p.Info) && len(p.Body) > maxHeader:
		return false
	case p.Kind == Data:
		if !bytes.HasPrefix(p.Body, onMetaData) {
			return false
		}
		h.Metadata = p
	case p.Info, p.Config && p.Track != 0:
		return h.takeOther(p)
	case p.Config:
		*h.slot(p.Kind) = p
	default:
		h.takeFrame(p)
		return false
	}
	return true
}

// takeFrame forgets the sequence header of another codec than p's: it is of the
// past, since some codecs have none.
func (h *Headers) takeFrame(p *Packet) {
	if p.Codec == NoCodec || p.Track != 0 {
		return
	}
	h.HasVideo = h.HasVideo || p.Kind == Video
	h.HasAudio = h.HasAudio || p.Kind == Audio
	if old := h.slot(p.Kind); *old != nil && (*old).Codec != p.Codec {
		*old = nil
	}
}

// slot is the sequence header of a kind's first track.
func (h *Headers) slot(k Kind) **Packet {
	if k == Video {
		return &h.Video
	}
	return &h.Audio
}

// takeOther puts p last, and takes out what it renews.
func (h *Headers) takeOther(p *Packet) bool {
	others, size := make([]*Packet, 0, len(h.Others)+1), len(p.Body)
	for _, o := range h.Others {
		if o.Kind != p.Kind || o.Track != p.Track || o.Info != p.Info {
			others = append(others, o)
			size += len(o.Body)
		}
	}
	if len(others) == maxOthers || size > maxOthersBytes {
		return false
	}
	h.Others = append(others, p)
	return true
}

// All yields the headers in the order in which players want them.
func (h Headers) All() iter.Seq[*Packet] {
	return func(yield func(*Packet) bool) {
		for _, p := range slices.Concat([]*Packet{h.Metadata, h.Video, h.Audio}, h.Others) {
			if p != nil && !yield(p) {
				return
			}
		}
	}
}
