package hub

import (
	"errors"
	"time"
)

// errAgain says that a socket takes nothing now.
var errAgain = errors.New("hub: socket takes nothing now")

// socket is a player's connection. Only its shard's goroutine calls it, but for
// abandon.
type socket interface {
	// abandon leaves the connection to its owner.
	abandon()
	// open takes the connection and begins to watch it: the shard is posted what
	// happens.
	open() error
	// send gives the connection the bytes of pre, then those of log, which do not
	// change, and returns how many it took. It does not wait.
	send(pre, log []byte) (int, error)
	// await has the shard posted writable once the connection takes more.
	await()
	// ready is called for each writable.
	ready()
	// noDelay turns TCP_NODELAY on or off, where the connection has it.
	noDelay(on bool)
	// close sends last, if the connection takes it at once, and closes when what it
	// took is sent, or linger has passed. If it returns false, the shard is posted
	// closed when that is done.
	close(last []byte, linger time.Duration) bool
	// release gives the connection up: the player's conn.Net is it, when all that was
	// sent is on its way. If it returns false, the shard is posted closed when that
	// is so.
	release() bool
}
