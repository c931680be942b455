package chunk

import "encoding/binary"

// MaxHeader is the longest chunk header: basic, message, extended timestamp.
const MaxHeader = 3 + 11 + 4

// Parser turns the bytes of a peer into messages. It is given them piece by
// piece, so that it serves blocking readers and polled connections alike. It
// obeys Set Chunk Size and Abort by itself. The zero value is ready.
type Parser struct {
	limits  Limits
	size    int      // of chunks; 0 means DefaultSize
	streams []stream // a handful, in the order in which they came

	current *stream // of streams, whose chunk is being read; nil when a header is next
	want    int     // bytes that its chunk still lacks
	partial int     // capacity of all unfinished bodies
	audio   []byte  // room for bodies of audio, which share an allocation
	message Message
}

// Messages of audio are small, and more than half of all.
const (
	smallAudio = 1 << 10
	audioRoom  = 4 << 10
)

// stream is the state of a chunk stream: the headers that follow lean on it.
type stream struct {
	timestamp uint32
	field     uint32 // timestamp or delta of the newest header
	extended  bool   // it did not fit into 24 bits
	length    uint32
	id        uint32 // message stream
	chunk     uint32 // chunk stream
	kind      Type
	open      bool // a message has begun
	body      []byte
}

// stream is what is known of a chunk stream; nil when it is new.
func (p *Parser) stream(id uint32) *stream {
	for i := range p.streams {
		if p.streams[i].chunk == id {
			return &p.streams[i]
		}
	}
	return nil
}

// SetLimits replaces the limits, for the messages that begin from now on.
func (p *Parser) SetLimits(l Limits) { p.limits = l.orDefaults() }

// Parse consumes b up to the end of the next message. It returns how many bytes
// it took and the message, or nil when b ended before. A header that is not whole
// is not taken: less than MaxHeader bytes, which are to stand before what comes
// next. The message is valid until the next call; its Body is the caller's. After
// an error the Parser is of no use.
func (p *Parser) Parse(b []byte) (int, *Message, error) {
	if p.limits == (Limits{}) {
		p.SetLimits(Limits{})
	}
	p.message = Message{} // or its body would be held for as long as the peer is silent
	used := 0
	for {
		if p.current == nil {
			n, err := p.header(b[used:])
			used += n
			if err != nil || p.current == nil {
				return used, nil, err
			}
		}
		n, err := p.takeBody(b[used:])
		used += n
		if err != nil || p.want > 0 {
			return used, nil, err
		}
		s := p.current
		p.current = nil
		if len(s.body) < int(s.length) {
			continue
		}
		visible, err := p.finish(s)
		if visible || err != nil {
			return used, &p.message, err
		}
	}
}

// takeBody appends what b has of the current chunk.
func (p *Parser) takeBody(b []byte) (int, error) {
	n := min(p.want, len(b))
	if err := p.grow(p.current, n); err != nil {
		return 0, err
	}
	p.current.body = append(p.current.body, b[:n]...)
	p.want -= n
	return n, nil
}

// grow makes room for n bytes more. What is allocated is at most 8 times what
// was received, and 16 KiB: a peer has to send what it wants held.
func (p *Parser) grow(s *stream, n int) error {
	need := len(s.body) + n
	if need <= cap(s.body) {
		return nil
	}
	size := min(int(s.length), max(16<<10, 8*need))
	if p.partial+size-cap(s.body) > p.limits.Partial {
		return ErrPartial
	}
	p.partial += size - cap(s.body)
	if s.kind == Audio && s.body == nil && size <= smallAudio {
		s.body = p.share(size)
		return nil
	}
	s.body = append(make([]byte, 0, size), s.body...)
	return nil
}

// share returns an empty body for n bytes.
func (p *Parser) share(n int) []byte {
	if len(p.audio) < n {
		p.audio = make([]byte, audioRoom)
	}
	body := p.audio[:0:n]
	p.audio = p.audio[n:]
	return body
}

// finish takes a complete message off its stream. Those that concern the chunk
// layer are obeyed and not shown.
func (p *Parser) finish(s *stream) (visible bool, err error) {
	p.message = Message{Type: s.kind, Stream: s.id, Timestamp: s.timestamp, ChunkStream: s.chunk, Body: s.body}
	p.drop(s)
	switch s.kind {
	case SetChunkSize:
		return false, p.setSize(p.message.Body)
	case Abort:
		return false, p.abort(p.message.Body)
	}
	return true, nil
}

func (p *Parser) drop(s *stream) {
	p.partial -= cap(s.body)
	s.body, s.open = nil, false
}

// setSize obeys Set Chunk Size (RTMP 1.0, 5.4.1).
func (p *Parser) setSize(body []byte) error {
	if len(body) < 4 {
		return ErrChunkSize
	}
	return p.SetChunkSize(binary.BigEndian.Uint32(body))
}

// SetChunkSize is what a peer's Set Chunk Size does: 1 to 2³¹-1, of which more
// than MaxSize is MaxSize.
func (p *Parser) SetChunkSize(size uint32) error {
	if size == 0 || size>>31 != 0 {
		return ErrChunkSize
	}
	p.size = int(min(size, MaxSize))
	return nil
}

// abort obeys Abort Message (RTMP 1.0, 5.4.2).
func (p *Parser) abort(body []byte) error {
	if len(body) < 4 {
		return ErrAbort
	}
	if s := p.stream(binary.BigEndian.Uint32(body)); s != nil && s.open {
		p.drop(s)
	}
	return nil
}
