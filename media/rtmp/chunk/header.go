package chunk

import "encoding/binary"

const extended24 = 0xffffff // stands where a timestamp does not fit into 24 bits

// header reads a chunk header and sets p.current and p.want. It returns its
// length, or 0, having changed nothing, when b does not hold all of it.
func (p *Parser) header(b []byte) (int, error) {
	format, id, n := basicHeader(b)
	if n == 0 {
		return 0, nil
	}
	s := p.stream(id)
	if s == nil {
		// librtmp begins chunk stream 2 with a type 1 (its ping and buffer length).
		if format != 0 && !(format == 1 && id == ControlStream) {
			return 0, ErrHeader
		}
		s = &stream{chunk: id}
	}
	fields := [4]int{11, 7, 3, 0}[format]
	if len(b) < n+fields {
		return 0, nil
	}
	h, n := b[n:n+fields], n+fields
	field, ext := s.field, s.extended
	if format < 3 {
		field = uint24(h)
		ext = field == extended24
	}
	if ext {
		value, k, whole := extendedTimestamp(b[n:], s, format)
		if !whole {
			return 0, nil
		}
		field, n = value, n+k
	}
	if err := p.begin(s, format, h, field, ext); err != nil {
		return 0, err
	}
	return n, nil
}

// basicHeader reads type and chunk stream id (RTMP 1.0, 5.3.1.1); n is 0 when b is too short.
func basicHeader(b []byte) (format byte, id uint32, n int) {
	if len(b) == 0 {
		return 0, 0, 0
	}
	format, id = b[0]>>6, uint32(b[0]&0x3f)
	switch {
	case id == 0 && len(b) >= 2:
		return format, 64 + uint32(b[1]), 2
	case id == 1 && len(b) >= 3:
		return format, 64 + uint32(b[1]) + uint32(b[2])<<8, 3
	case id < 2:
		return 0, 0, 0
	}
	return format, id, 1
}

// extendedTimestamp reads the four bytes behind the header (RTMP 1.0, 5.3.1.3).
// The specification has them in the type 3 chunks of a message too, where they
// repeat the first chunk's; some senders leave them out there and some repeat the
// full timestamp, so there they count only when they match.
func extendedTimestamp(b []byte, s *stream, format byte) (value uint32, n int, whole bool) {
	if format < 3 || !s.open {
		if len(b) < 4 {
			return 0, 0, false
		}
		return binary.BigEndian.Uint32(b), 4, true
	}
	k := min(4, len(b))
	if !repeats(b[:k], s.field) && !repeats(b[:k], s.timestamp) {
		return s.field, 0, true
	}
	return s.field, 4, k == 4
}

func repeats(b []byte, v uint32) bool {
	var w [4]byte
	binary.BigEndian.PutUint32(w[:], v)
	return string(b) == string(w[:len(b)])
}

// begin applies a header to its stream: it opens a message or continues one.
func (p *Parser) begin(s *stream, format byte, h []byte, field uint32, ext bool) error {
	length, kind := s.length, s.kind
	if format < 2 {
		length, kind = uint24(h[3:]), Type(h[6])
	}
	switch {
	case s.open && (format == 0 || length != s.length || kind != s.kind):
		return ErrMidway
	case int(length) > p.limits.of(kind):
		return ErrTooLong
	}
	s, err := p.keep(s)
	if err != nil {
		return err
	}
	if !s.open {
		s.open, s.length, s.kind = true, length, kind
		s.field, s.extended = field, ext
		if format == 0 {
			s.timestamp, s.id = field, binary.LittleEndian.Uint32(h[7:])
		} else {
			s.timestamp += field
		}
	}
	p.current = s
	p.want = min(p.chunkSize(), int(s.length)-len(s.body))
	return nil
}

// usual is how many chunk streams most peers use: one each for control, commands,
// audio and video.
const usual = 4

// keep remembers a chunk stream that is new, and returns what is kept.
func (p *Parser) keep(s *stream) (*stream, error) {
	if known := p.stream(s.chunk); known != nil {
		return known, nil
	}
	if len(p.streams) >= p.limits.Streams {
		return nil, ErrStreams
	}
	if p.streams == nil {
		p.streams = make([]stream, 0, usual)
	}
	p.streams = append(p.streams, *s)
	return &p.streams[len(p.streams)-1], nil
}

func (p *Parser) chunkSize() int {
	if p.size == 0 {
		return DefaultSize
	}
	return p.size
}

func uint24(b []byte) uint32 { return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2]) }
