package media

import "context"

// Router decides about every session. vhost.Server implements it; the protocols
// call it and know nothing else of the server.
//
// An error of Connect, Publish or Play is the peer's answer: a *Denied says with
// which code and reason; ErrBusy, ErrNotFound, ErrBadName and ErrShutdown say
// what else kept the session out. Nothing of an error's text is secret.
type Router interface {
	// Connect admits an RTMP connection. It may wait for a script; ctx ends when
	// the peer leaves. A connection that was admitted ends with Disconnect.
	Connect(ctx context.Context, c *Connection) error
	// Publish admits a publisher and reserves the stream for it.
	Publish(ctx context.Context, s *Session) (Publication, error)
	// Play admits a player.
	Play(ctx context.Context, s *Session) (Subscription, error)
	// Disconnect says that a connection has ended, after its last session.
	// A nil reason means that the peer closed it.
	Disconnect(c *Connection, reason error)
}

// Publication is the right to write one stream. WritePacket belongs to one
// goroutine; the rest may be called by any.
type Publication interface {
	// Key is the stream's final name, after scripts had their say.
	Key() Key
	// WritePacket hands a packet to the players. It never waits for one of them.
	// After Done is closed it returns Err.
	WritePacket(p *Packet) error
	// Done is closed when the server ends the publication: a kick, a take-over, a
	// vhost that was switched off, the server's end.
	Done() <-chan struct{}
	// Err says why Done was closed; nil before.
	Err() error
	// Close gives the stream back. A nil reason means that the peer closed it.
	// Calls after the first do nothing.
	Close(reason error)
}

// Subscription is the right to read one stream: a cursor into it, which starts
// with the newest group of pictures. It is read either by Attach or by Next.
type Subscription interface {
	// Key is the stream's final name, after scripts had their say.
	Key() Key
	// Attach gives the player's connection to a sender shard, which frames the
	// stream with f for it until the player leaves, is too slow, or is ended.
	// From then on c.Net and the subscription belong to the shard: it closes
	// both, and calls c.Closed once. An error means that nothing was taken.
	Attach(c Conn, f Framer) error
	// Next waits for packets and copies up to len(into) of them. ErrUnpublished
	// says, once for each time, that the publisher has left; further calls wait for
	// the next one. A reader that lags behind the ring continues at the newest
	// keyframe.
	Next(ctx context.Context, into []*Packet) (int, error)
	// Done is closed when the server ends the subscription.
	Done() <-chan struct{}
	// Err says why Done was closed; nil before.
	Err() error
	// Close gives the subscription back. A nil reason means that the peer left.
	// Calls after the first do nothing.
	Close(reason error)
}
