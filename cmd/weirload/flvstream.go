//go:build linux

package main

import "weir/media"

// flvStream reads FLV piece by piece (FLV specification E.2) and keeps the first bytes of
// each tag only.
type flvStream struct {
	each func(kind media.Kind, n int, head []byte)

	skip   int // bytes to pass over: the file header, a trailer
	header []byte
	want   int // of the tag's body
	head   []byte
}

const (
	flvFileHeader = 9 + 4
	flvTagHeader  = 11
	flvTrailer    = 4
)

func newFLVStream(each func(kind media.Kind, n int, head []byte)) *flvStream {
	return &flvStream{each: each, skip: flvFileHeader}
}

func (f *flvStream) feed(b []byte) {
	for len(b) > 0 {
		var n int
		switch {
		case f.skip > 0:
			n = min(f.skip, len(b))
			f.skip -= n
		case len(f.header) < flvTagHeader:
			n = min(flvTagHeader-len(f.header), len(b))
			f.header = append(f.header, b[:n]...)
			if len(f.header) == flvTagHeader {
				f.want, f.head = f.size(), f.head[:0]
			}
		default:
			n = min(f.want, len(b))
			f.head = append(f.head, b[:min(n, skimHead-len(f.head))]...)
			f.want -= n
		}
		b = b[n:]
		if len(f.header) == flvTagHeader && f.want == 0 {
			f.each(media.Kind(f.header[0]&0x1f), f.size(), f.head)
			f.header, f.skip = f.header[:0], flvTrailer
		}
	}
}

// size is that of the tag's body.
func (f *flvStream) size() int {
	return int(f.header[1])<<16 | int(f.header[2])<<8 | int(f.header[3])
}
