package hub

import (
	"sync/atomic"
	"time"

	"weir/media"
)

// StreamSettings say how a stream is kept and sent. They are taken when a
// publisher begins, and by the first subscriber of a stream that has none.
type StreamSettings struct {
	// GOPCache lets players start at once with the newest group of pictures;
	// without it they wait for the next keyframe.
	GOPCache bool
	// GOPMaxFrames bounds the group that is kept, in packets. When it is exceeded
	// the group is dropped, and players start at the next keyframe. Zero means
	// 2500, SRS's default.
	GOPMaxFrames int
	// GOPMaxBytes bounds it in bytes, and with it what lagging players and outputs
	// can hold: twice as much. Zero means 32 MiB.
	GOPMaxBytes int
	// QueueLength is how far a player may lag, in stream time, before it skips to
	// the newest keyframe. Zero means 30 s, SRS's default.
	QueueLength time.Duration
	// MWLatency is how much stream time gathers before players are sent what is
	// new. Zero sends each frame at once.
	MWLatency time.Duration
	// MinLatency sends each frame at once, whatever MWLatency says, and sets
	// TCP_NODELAY.
	MinLatency bool
	// NoDelay sets TCP_NODELAY on players that are plain TCP connections.
	NoDelay bool
}

func (s StreamSettings) withDefaults() StreamSettings {
	if s.GOPMaxFrames <= 0 {
		s.GOPMaxFrames = 2500
	}
	if s.GOPMaxBytes <= 0 {
		s.GOPMaxBytes = 32 << 20
	}
	if s.QueueLength <= 0 {
		s.QueueLength = 30 * time.Second
	}
	if s.MinLatency {
		s.MWLatency = 0
	}
	return s
}

// Stream names a stream and the settings that its next user brings. It holds
// nothing: a stream exists while it has a publisher or a subscriber.
type Stream struct {
	hub      *Hub
	key      media.Key
	settings StreamSettings
}

// Stream returns the stream of a name.
func (h *Hub) Stream(k media.Key, s StreamSettings) *Stream {
	return &Stream{hub: h, key: k, settings: s.withDefaults()}
}

// Publish takes the right to write the stream. The error is media.ErrBusy when
// another has it, or media.ErrShutdown.
func (st *Stream) Publish() (*Publication, error) {
	src := st.hub.acquire(st.key)
	p := &Publication{src: src}
	if err := src.publish(p, st.settings); err != nil {
		st.hub.release(src)
		return nil, err
	}
	return p, nil
}

// SubscribeOptions are the particulars of a subscription.
type SubscribeOptions struct {
	// EndWithPublication ends the subscription with media.ErrUnpublished once it
	// was given all that the publisher wrote before it left.
	EndWithPublication bool
	// FromHere lets Next begin with what is written from now on, and with the group
	// of pictures that is under way, however late it is called first; without it Next
	// begins with the group that is the newest then.
	FromHere bool
	// Count, when not nil, is added the bytes that a player was sent.
	Count *atomic.Uint64
	// OnClose, when not nil, is called once, when the subscription is over, with the
	// reason: nil when the player left. A player's connection is closed by then;
	// media.Conn.Closed is called next. It must not wait.
	OnClose func(reason error)
}

// Subscribe takes the right to read the stream, which may have no publisher yet.
// On a hub that was shut down the subscription has ended already.
func (st *Stream) Subscribe(o SubscribeOptions) *Subscription {
	src := st.hub.acquire(st.key)
	s := &Subscription{src: src, options: o}
	if !src.subscribe(s, st.settings) {
		s.End(media.ErrShutdown)
	}
	return s
}
