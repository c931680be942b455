package hub

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"weir/media"
)

// Counters count since the hub's start.
type Counters struct {
	Packets  atomic.Uint64 // from publishers
	BytesIn  atomic.Uint64 // of their bodies
	BytesOut atomic.Uint64 // sent to players
	Joins    atomic.Uint64 // players attached
	Jumps    atomic.Uint64 // players and outputs that lagged and went on at the newest keyframe
	Slow     atomic.Uint64 // players that ended with media.ErrSlow
}

func (c *Counters) received(p *media.Packet) {
	c.Packets.Add(1)
	c.BytesIn.Add(uint64(len(p.Body)))
}

// Stats describe a stream at one moment.
type Stats struct {
	Key        media.Key
	Publishing bool // it has a publisher
	Players    int  // attached connections
	Outputs    int  // readers of packets

	// Of the present publisher, or of the last one.
	Since        time.Time   // wall clock of its beginning
	Video, Audio media.Codec // of the first tracks
	Packets      uint64
	Frames       uint64        // of video, of the first track
	BytesIn      uint64        // of packets' bodies
	Keyframe     time.Time     // wall clock of the newest keyframe
	Bitrate      float64       // bits in a second of stream time, lately
	FPS          float64       // frames of video in it
	Metadata     *media.Packet // the newest, if there was any
	VideoHeader  *media.Packet // the newest sequence header, if there was any
	AudioHeader  *media.Packet

	Time        time.Duration // the newest stream time
	GOPPackets  int           // the newest group of pictures
	GOPBytes    int
	RingPackets int // kept, for outputs that lag, too
	RingBytes   int
}

// facts are what is noted of each packet for Stats.
type facts struct {
	since, keyframe time.Time
	video, audio    media.Codec
	packets, frames uint64
	bytes           uint64
	pace            pace
}

func (f *facts) note(p *media.Packet) {
	f.packets++
	f.bytes += uint64(len(p.Body))
	f.pace.note(p)
	switch {
	case p.Track != 0 || p.Codec == media.NoCodec:
	case p.Kind == media.Audio:
		f.audio = p.Codec
	case p.Kind == media.Video:
		f.video = p.Codec
		if !p.Config && !p.Info {
			f.frames++
		}
		if p.Key && !p.Config {
			f.keyframe = time.Now()
		}
	}
}

func (s *source) stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := Stats{
		Key: s.key, Publishing: s.pub != nil, Outputs: len(s.cursors),
		Since: s.facts.since, Video: s.facts.video, Audio: s.facts.audio, Keyframe: s.facts.keyframe,
		Bitrate: s.facts.pace.bitrate, FPS: s.facts.pace.fps, Metadata: s.headers.Metadata,
		VideoHeader: s.headers.Video, AudioHeader: s.headers.Audio,
		Packets: s.facts.packets, Frames: s.facts.frames, BytesIn: s.facts.bytes, Time: s.clock.now,
		GOPPackets: s.gop.packets, GOPBytes: s.gop.bytes, RingPackets: s.ring.len(), RingBytes: s.ring.bytes,
	}
	for _, a := range s.audiences {
		st.Players += a.size
	}
	return st
}

// Stats describes a stream; false when nobody uses it.
func (h *Hub) Stats(k media.Key) (Stats, bool) {
	h.mu.Lock()
	s := h.sources[k]
	h.mu.Unlock()
	if s == nil {
		return Stats{Key: k}, false
	}
	return s.stats(), true
}

// Streams describes all streams that have a publisher or a subscriber, by name.
func (h *Hub) Streams() []Stats {
	h.mu.Lock()
	sources := make([]*source, 0, len(h.sources))
	for _, s := range h.sources {
		sources = append(sources, s)
	}
	h.mu.Unlock()
	slices.SortFunc(sources, func(a, b *source) int { return strings.Compare(a.key.String(), b.key.String()) })
	list := make([]Stats, 0, len(sources))
	for _, s := range sources {
		list = append(list, s.stats())
	}
	return list
}

// Stats describes the stream; its zero but for the key when nobody uses it.
func (st *Stream) Stats() Stats {
	s, _ := st.hub.Stats(st.key)
	return s
}
