package hub

// event is what a shard is told of a player.
type event struct {
	player *player
	what   happening
	reply  []byte // to what the player sent
	reason error
}

type happening uint8

const (
	joined   happening = iota
	writable           // the socket takes more
	replied            // Receive returned a reply
	gone               // by the peer, or the subscription's Close
	ended              // by the server
	tuned              // the stream has other settings
	closed             // the socket is
)
