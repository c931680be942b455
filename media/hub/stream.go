package hub

import (
	"sync/atomic"

	"weir/media"
)

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
