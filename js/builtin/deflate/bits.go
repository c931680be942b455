package deflate

import "encoding/binary"

const maxStored = 65535 // bytes of a stored block

// stream is bits, written from the lowest bit of each byte up (RFC 1951, 3.1.1).
type stream struct {
	b    []byte
	last uint64 // not in b yet
	n    uint   // how many of its bits
}

func (w *stream) write(v uint32, n uint) {
	w.last |= uint64(v) << w.n
	w.n += n
	for w.n >= 8 {
		w.b = append(w.b, byte(w.last))
		w.last >>= 8
		w.n -= 8
	}
}

// align goes on to the next byte.
func (w *stream) align() {
	if w.n > 0 {
		w.write(0, 8-w.n)
	}
}

// stored writes a block as it is (RFC 1951, 3.2.4).
func (w *stream) stored(data []byte, last bool) {
	w.header(0, last)
	w.align()
	w.b = binary.LittleEndian.AppendUint16(w.b, uint16(len(data)))
	w.b = binary.LittleEndian.AppendUint16(w.b, ^uint16(len(data)))
	w.b = append(w.b, data...)
}

// header begins a block of a kind.
func (w *stream) header(kind uint32, last bool) {
	if last {
		w.write(kind<<1|1, 3)
		return
	}
	w.write(kind<<1, 3)
}
