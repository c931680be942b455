package media

import "context"

// Output makes something of a stream beside its players: HLS, a recording, a
// relay. It outlives its publisher: Run reads sub through ErrUnpublished and the
// next publisher, until ctx ends or the stream's absence has lasted too long, and
// then finishes what it makes.
type Output interface {
	Name() string
	Run(ctx context.Context, k Key, sub Subscription) error
}

// Input writes a stream from elsewhere: a pull, a file, an edge.
type Input interface {
	Run(ctx context.Context, pub Publication) error
}

// Server is a protocol's listener. Serve returns when ctx has ended and the
// connections that it accepted are gone.
type Server interface {
	Serve(ctx context.Context, r Router) error
}
