package media

import (
	"errors"
	"net"
	"time"
)

// Conn is a player's connection in the hands of a sender shard.
type Conn struct {
	Net   net.Conn // a plain *net.TCPConn costs no goroutine; any other costs two
	Hello []byte   // sent ahead of the stream

	// Receive is given what the player sends; the bytes are valid during the call
	// only, calls are serial, and it must not wait. What it returns in reply is
	// sent between two messages of the stream. An error ends the player, behind the
	// reply. When nil, what the player sends is read and dropped.
	Receive func(b []byte) (reply []byte, err error)
	// Closed is called once, after the connection was closed.
	Closed func(reason error)
	// Back is called instead, when Receive has returned ErrBack: the connection and
	// the subscription are the protocol's again. It must not wait. Nil means that the
	// player ends.
	Back func(r Returned)
	// Goodbye is sent, if the connection takes it at once, when the server ends the player.
	Goodbye func(reason error) []byte

	WriteDeadline time.Duration // a player that takes nothing for so long is ended; zero means 30 s
}

// ErrBack is returned by a Conn's Receive that wants the connection back.
var ErrBack = errors.New("connection goes back to its protocol")

// Returned is a player's connection that the sender shard let go of, between two
// messages. Its subscription is open: Next goes on with the first packet that the
// player did not get, if it has Begun, else it begins as ever.
type Returned struct {
	Net     net.Conn
	Unsent  []byte        // to be sent ahead of anything else
	Begun   bool          // the player had something of the stream; else what follows means nothing
	Base    time.Duration // the stream time that the player's own zero stands for
	Headers Headers       // that it had, or gets first from Next
}

// Framer writes packets as the bytes that all players of one framing share. It
// has no state and is comparable: players whose framers are equal share a log.
type Framer interface {
	// Append adds p's bytes to dst. last holds the times of the packets that stand
	// before p in the log. p itself is the log's, which uses it again; its Body is not.
	Append(dst []byte, p *Packet, last Clocks) []byte
	// Begin adds what a player needs to go on from a place in the log: the
	// headers, stamped so that what follows with Append continues from last. base
	// is the stream time that the player's own zero stands for. first is true for a
	// new player and false for one that jumps.
	Begin(dst []byte, h Headers, last Clocks, base time.Duration, first bool) []byte
}

// Muxer is a Framer whose bytes depend on those that stand before them, as a
// transport stream's counters do. Its own Append is not called; Begin is.
type Muxer interface {
	Framer
	// Open returns the framer of one log, which may have a state. Its Append is given
	// every packet of the log in order, and ahead of the first, and wherever the
	// players begin anew, the sequence headers: what it makes of those is dropped. No
	// two calls run at once.
	Open() Framer
}

// Pinger is a Framer whose protocol can ask a player whether it lives. One that has
// been silent for long is asked, and ends with ErrSilent if it sends nothing then.
type Pinger interface {
	Framer
	// Ping adds a message to dst that the player answers, whatever stands before it.
	Ping(dst []byte, now time.Time) []byte
}

// Clocks are the DTS of the newest packet of each kind in a log. A kind that had
// no packet yet shows the time at which the log began.
type Clocks struct{ Audio, Video, Data time.Duration }
