package chunk

import "errors"

// Limits bound what a peer can make a Parser hold. Zero fields take the defaults.
type Limits struct {
	Message int // bytes of a message that is no video; 4 MiB
	Video   int // bytes of a video message; 16 MiB
	Streams int // chunk streams that a peer may use; 64
	Partial int // bytes held for unfinished messages of all chunk streams; 24 MiB
}

func (l Limits) orDefaults() Limits {
	if l.Message == 0 {
		l.Message = 4 << 20
	}
	if l.Video == 0 {
		l.Video = 16 << 20
	}
	if l.Streams == 0 {
		l.Streams = 64
	}
	if l.Partial == 0 {
		l.Partial = 24 << 20
	}
	return l
}

func (l Limits) of(t Type) int {
	if t == Video {
		return l.Video
	}
	return l.Message
}

// What a Parser refuses.
var (
	ErrTooLong   = errors.New("message is too long")
	ErrStreams   = errors.New("too many chunk streams")
	ErrPartial   = errors.New("too much in unfinished messages")
	ErrHeader    = errors.New("chunk stream begins without a full header")
	ErrMidway    = errors.New("message changes before its end")
	ErrChunkSize = errors.New("bad chunk size")
	ErrAbort     = errors.New("bad abort message")
)
