//go:build linux

package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"weir/media"
	"weir/media/flv"
)

// seiID begins the stamp's SEI message (user data unregistered, H.264 D.1.7).
const seiID = "weirload's stamp"

// readFLV makes a source of an FLV file. The stamp of an H.264 frame travels in an SEI
// message of its own before it.
func readFLV(name string) (*source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read source: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was read only
	s := &source{}
	first := time.Duration(-1)
	for r := flv.NewReader(f); ; {
		p, err := r.ReadPacket()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read source %s: %w", name, err)
		}
		if p.Config || p.Kind == media.Data {
			if len(s.frames) == 0 {
				s.head = append(s.head, frame{p.Kind, 0, p.Body, -1})
			}
			continue
		}
		if first < 0 {
			first = p.DTS
		}
		s.frames = append(s.frames, stamped(p, max(0, p.DTS-first)))
	}
	if len(s.frames) < 2 {
		return nil, fmt.Errorf("read source %s: no frames", name)
	}
	last := s.frames[len(s.frames)-1].at
	s.length = last + last/uint32(len(s.frames)) + 1 //nolint:gosec // a file's worth
	return s, nil
}

// stamped is a packet as a frame, with room for a stamp if it is of H.264.
func stamped(p *media.Packet, at time.Duration) frame {
	const header = 5                                          // frame type and codec, packet type, composition offset
	f := frame{p.Kind, uint32(at.Milliseconds()), p.Body, -1} //nolint:gosec // a file's worth
	if p.Kind != media.Video || p.Codec != media.H264 || len(p.Body) <= header || p.Body[0]&0x80 != 0 {
		return f
	}
	sei := append([]byte{6, 5, byte(len(seiID) + stampSize)}, seiID...)
	where := len(sei)
	sei = append(sei, make([]byte, stampSize)...)
	sei = append(sei, 0x80) // rbsp_trailing_bits
	f.body = binary.BigEndian.AppendUint32(slices.Clone(p.Body[:header]), uint32(len(sei)))
	f.stamp = len(f.body) + where
	f.body = append(append(f.body, sei...), p.Body[header:]...)
	return f
}
