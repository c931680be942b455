package rtmp

import (
	"slices"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// receiver hears a player whose connection is a sender shard's. Players say
// little: acknowledgements and pings. One that wants anything else has its
// connection taken back.
type receiver struct {
	chunk.Parser
	info *media.Connection
	size int      // of the chunks that are sent
	rest []byte   // what was read and not heard
	wish *command // for which the connection is taken back

	stream, chunkStream uint32 // of the play
}

// play is the command that the player began with.
func (r *receiver) play() command { return command{stream: r.stream, chunkStream: r.chunkStream} }

// adopt goes on where the conversation has ended.
func (r *receiver) adopt(in *chunk.Reader) (reply []byte, err error) {
	r.Parser = in.Parser
	return r.hear(in.Pending())
}

// receive is media.Conn's.
func (r *receiver) receive(b []byte) (reply []byte, err error) {
	r.info.BytesIn.Add(uint64(len(b)))
	return r.hear(b)
}

func (r *receiver) hear(b []byte) (reply []byte, err error) {
	if len(r.rest) > 0 {
		b = append(r.rest, b...)
		r.rest = nil
	}
	for {
		n, m, err := r.Parse(b)
		b = b[n:]
		if err != nil {
			return reply, err //nolint:wrapcheck // the player's end
		}
		if m == nil {
			r.keep(b)
			return reply, nil
		}
		if answer, ok := pong(m); ok {
			reply = appendMessages(reply, r.size, answer)
		}
		if wish, ok := wishOf(m); ok {
			r.wish = &wish
			r.keep(b)
			return reply, media.ErrBack
		}
	}
}

func (r *receiver) keep(b []byte) {
	if len(b) > 0 {
		r.rest = append([]byte(nil), b...)
	}
}

// wishes are the commands that a sender shard cannot obey.
var wishes = []string{"closeStream", "createStream", "deleteStream", "FCPublish", "pause", "pauseRaw", "play", "publish", "receiveAudio", "receiveVideo"}

// wishOf reads a command that changes something. One that cannot be read is not
// worth more than one that is not known.
func wishOf(m *chunk.Message) (command, bool) {
	if m.Type != chunk.CommandAMF0 && m.Type != chunk.CommandAMF3 {
		return command{}, false
	}
	cmd, err := parseCommand(m)
	if err != nil || !slices.Contains(wishes, cmd.name) {
		return command{}, false
	}
	keeps := (cmd.name == "receiveAudio" || cmd.name == "receiveVideo") && cmd.arg(1) == true
	return cmd, !keeps
}

// goodbye is media.Conn's.
func (r *receiver) goodbye(reason error) []byte {
	if reason == nil {
		return nil
	}
	return appendMessages(nil, r.size, r.play().onStatus(ending(codePlayFailed, reason)))
}
