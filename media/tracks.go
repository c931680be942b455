package media

// Tracks say what a stream over HTTP announces and has, where its configuration
// does (http_remux). The zero value announces what the stream has when a player
// begins, and sends all of it.
type Tracks struct {
	NoAudio bool // audio is not announced, if Fixed, or while nothing is known
	NoVideo bool // and video
	Fixed   bool // what the stream has does not matter
	Keep    bool // packets of a kind that Fixed leaves out are sent all the same
}

// Drops says whether packets of a kind are left out.
func (t Tracks) Drops(k Kind) bool {
	return t.Fixed && !t.Keep && (k == Audio && t.NoAudio || k == Video && t.NoVideo)
}
