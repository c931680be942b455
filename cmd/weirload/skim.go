//go:build linux

package main

import (
	"encoding/binary"
	"fmt"

	"weir/media/rtmp/chunk"
)

// skim reads RTMP's chunk stream (RTMP 1.0, 5.3) and keeps the first bytes of each message
// only: a load's processor time is not to go into copies that nobody looks at, which is
// what chunk.Parser would make.
type skim struct {
	each func(m skimmed)

	size    int // chunk size; 0 is the default
	streams map[uint32]*skimStream
	header  []byte      // of a chunk, not whole yet
	cur     *skimStream // whose chunk is being read
	want    int         // bytes of that chunk to come
}

const (
	skimHead    = 1024 // bytes of a message that are kept: the whole of a command
	skimStreams = 64   // chunk streams that a server may use
)

// skimmed is a message. Its head is the reader's during the call only.
type skimmed struct {
	kind chunk.Type
	size int
	head []byte
}

type skimStream struct {
	kind     chunk.Type
	size     int
	got      int
	extended bool
	head     []byte
}

// feed reads b, which may end anywhere. After an error the skim is of no use.
func (s *skim) feed(b []byte) error {
	for {
		if s.cur == nil {
			if len(b) == 0 {
				return nil
			}
			rest, err := s.begin(b)
			if err != nil || s.cur == nil {
				return err
			}
			b = rest
		}
		m := s.cur
		n := min(s.want, len(b))
		m.head = append(m.head, b[:min(n, skimHead-len(m.head))]...)
		m.got += n
		s.want -= n
		b = b[n:]
		if s.want > 0 {
			return nil
		}
		s.cur = nil
		if m.got == m.size {
			if err := s.end(m); err != nil {
				return err
			}
		}
	}
}

// begin reads a chunk's header off b. Without one that is whole it keeps b.
func (s *skim) begin(b []byte) (rest []byte, err error) {
	kept := len(s.header)
	s.header = append(s.header, b[:min(len(b), chunk.MaxHeader-kept)]...)
	n, err := s.chunk(s.header)
	if err != nil || n == 0 {
		return nil, err
	}
	s.header = s.header[:0]
	return b[n-kept:], nil
}

// chunk parses a chunk's header at the front of b; 0 means that it is not whole.
func (s *skim) chunk(b []byte) (n int, err error) {
	id, n := uint32(b[0]&0x3f), 1
	switch {
	case id == 0 && len(b) >= 2:
		id, n = uint32(b[1])+64, 2
	case id == 1 && len(b) >= 3:
		id, n = uint32(b[2])<<8+uint32(b[1])+64, 3
	case id < 2:
		return 0, nil
	}
	format := b[0] >> 6
	fields := b[n:]
	n += [...]int{11, 7, 3, 0}[format]
	if len(b) < n {
		return 0, nil
	}
	m, ok := s.streams[id]
	if !ok {
		m = &skimStream{}
	}
	extended := m.extended
	if format < 3 {
		extended = fields[0] == 0xff && fields[1] == 0xff && fields[2] == 0xff
	}
	if extended {
		n += 4
	}
	if len(b) < n {
		return 0, nil
	}
	if !ok {
		if err := s.add(id, m); err != nil {
			return 0, err
		}
	}
	m.extended = extended
	if m.got == m.size { // a message begins
		m.got, m.head = 0, m.head[:0]
		if format < 2 {
			m.size = int(fields[3])<<16 | int(fields[4])<<8 | int(fields[5])
			m.kind = chunk.Type(fields[6])
		}
	}
	size := s.size
	if size == 0 {
		size = chunk.DefaultSize
	}
	s.cur, s.want = m, min(size, m.size-m.got)
	return n, nil
}

func (s *skim) add(id uint32, m *skimStream) error {
	if len(s.streams) == skimStreams {
		return chunk.ErrStreams
	}
	if s.streams == nil {
		s.streams = map[uint32]*skimStream{}
	}
	s.streams[id] = m
	return nil
}

func (s *skim) end(m *skimStream) error {
	if m.kind == chunk.SetChunkSize && len(m.head) >= 4 {
		size := binary.BigEndian.Uint32(m.head)
		if size == 0 || size > 1<<31-1 {
			return fmt.Errorf("set chunk size %d: %w", size, chunk.ErrChunkSize)
		}
		s.size = int(min(size, chunk.MaxSize))
	}
	s.each(skimmed{m.kind, m.size, m.head})
	return nil
}
