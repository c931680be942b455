package rtmp

import (
	"io"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// receiver hears a player whose connection is a sender shard's. Players say
// little: acknowledgements, pings, and that they stop.
type receiver struct {
	chunk.Parser
	info    *media.Connection
	command command // play's streams
	size    int     // of the chunks that are sent
	rest    []byte  // the beginning of a chunk header
}

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
			if len(b) > 0 {
				r.rest = append([]byte(nil), b...)
			}
			return reply, nil
		}
		if answer, ok := pong(m); ok {
			reply = appendMessages(reply, r.size, answer)
		}
		if stops(m) {
			return reply, io.EOF
		}
	}
}

// stops says that the player wants no more. A command that cannot be read is not
// worth more than one that is not known.
func stops(m *chunk.Message) bool {
	if m.Type != chunk.CommandAMF0 && m.Type != chunk.CommandAMF3 {
		return false
	}
	cmd, err := parseCommand(m)
	return err == nil && (cmd.name == "closeStream" || cmd.name == "deleteStream")
}

// goodbye is media.Conn's.
func (r *receiver) goodbye(reason error) []byte {
	if reason == nil {
		return nil
	}
	return appendMessages(nil, r.size, r.command.onStatus(ending(codePlayFailed, reason)))
}
