package builtin

import (
	stdbytes "bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/adler32"
	"hash/crc32"
	"io"

	"weir/js"
	"weir/js/builtin/deflate"
)

// wrapZlib puts a header and a check around compressed data (RFC 1950, RFC 1952).
func wrapZlib(b, data []byte, format string, o deflate.Options) []byte {
	switch format {
	case "zlib":
		out := zlibHeader(o)
		if len(o.Dictionary) > 0 {
			out = binary.BigEndian.AppendUint32(out, adler32.Checksum(o.Dictionary))
		}
		return binary.BigEndian.AppendUint32(append(out, b...), adler32.Checksum(data))
	case "gzip":
		extra := byte(0)
		switch {
		case o.Level == 9:
			extra = 2
		case isFastest(o):
			extra = 4
		}
		out := append([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, 3}, b...)
		out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(data))
		return binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	}
	return b
}

func isFastest(o deflate.Options) bool { return o.Strategy >= deflate.HuffmanOnly || o.Level < 2 }

func zlibHeader(o deflate.Options) []byte {
	level := 3
	switch {
	case isFastest(o):
		level = 0
	case o.Level < 6:
		level = 1
	case o.Level == 6:
		level = 2
	}
	h := (8+(o.WindowBits-8)<<4)<<8 | level<<6
	if len(o.Dictionary) > 0 {
		h |= 0x20
	}
	h += 31 - h%31
	return []byte{byte(h >> 8), byte(h)}
}

// zlibReader decompresses.
type zlibReader struct {
	ctx        func() error // whether time is up
	rest       []byte
	window     int // bits that a header may ask for; 0: any
	dictionary []byte
	most       int
	out        []byte
}

var errZlibLarge = errors.New("too large")

func (r *zlibReader) read(format string) error {
	if format == "any" {
		format = "zlib"
		if isGzip(r.rest) {
			format = "gzip"
		}
	}
	switch format {
	case "zlib":
		return r.zlib()
	case "gzip":
		return r.gzip()
	}
	return r.inflate(r.dictionary)
}

// take is the next n bytes.
func (r *zlibReader) take(n int) ([]byte, error) {
	if len(r.rest) < n {
		return nil, io.ErrUnexpectedEOF
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b, nil
}

// inflate decompresses a stream (RFC 1951).
func (r *zlibReader) inflate(dictionary []byte) error {
	in := stdbytes.NewReader(r.rest)
	f := flate.NewReaderDict(in, dictionary)
	defer func() { r.rest = r.rest[len(r.rest)-in.Len():] }()
	for {
		if err := r.ctx(); err != nil {
			return err
		}
		out := stdbytes.NewBuffer(r.out)
		n, err := io.CopyN(out, f, min(1<<20, int64(r.most-len(r.out))+1))
		r.out = out.Bytes()
		var corrupt flate.CorruptInputError
		switch {
		case len(r.out) > r.most:
			return errZlibLarge
		case errors.As(err, &corrupt):
			return zlibFault("invalid compressed data")
		case err == io.EOF:
			return nil
		case err != nil:
			return err //nolint:wrapcheck // io.ErrUnexpectedEOF
		case n == 0:
			return nil
		}
	}
}

// zlib reads RFC 1950.
func (r *zlibReader) zlib() error {
	h, err := r.take(2)
	if err != nil {
		return err
	}
	switch {
	case (int(h[0])<<8|int(h[1]))%31 != 0:
		return zlibFault("incorrect header check")
	case h[0]&15 != 8:
		return zlibFault("unknown compression method")
	case h[0]>>4 > 7 || r.window != 0 && int(h[0]>>4)+8 > r.window:
		return zlibFault("invalid window size")
	}
	var dictionary []byte
	if h[1]&0x20 != 0 {
		if dictionary, err = r.presetDictionary(); err != nil {
			return err
		}
	}
	if err := r.inflate(dictionary); err != nil {
		return err
	}
	check, err := r.take(4)
	if err == nil && binary.BigEndian.Uint32(check) != adler32.Checksum(r.out) {
		return zlibFault("incorrect data check")
	}
	return err
}

func (r *zlibReader) presetDictionary() ([]byte, error) {
	id, err := r.take(4)
	switch {
	case err != nil:
		return nil, err
	case len(r.dictionary) == 0:
		return nil, &js.Throw{Class: "Error", Code: "Z_NEED_DICT", Message: "Missing dictionary"}
	case binary.BigEndian.Uint32(id) != adler32.Checksum(r.dictionary):
		return nil, &js.Throw{Class: "Error", Code: "Z_NEED_DICT", Message: "Bad dictionary"}
	}
	return r.dictionary, nil
}

func isGzip(b []byte) bool { return len(b) > 1 && b[0] == 0x1f && b[1] == 0x8b }

// gzip reads the members of RFC 1952. Zeros may follow them.
func (r *zlibReader) gzip() error {
	for first := true; first || len(r.rest) > 0 && r.rest[0] != 0; first = false {
		if err := r.gzipHeader(); err != nil {
			return err
		}
		from := len(r.out)
		if err := r.inflate(nil); err != nil {
			return err
		}
		check, err := r.take(8)
		if err != nil {
			return err
		}
		data := r.out[from:]
		switch {
		case binary.LittleEndian.Uint32(check) != crc32.ChecksumIEEE(data):
			return zlibFault("incorrect data check")
		case binary.LittleEndian.Uint32(check[4:]) != uint32(len(data)):
			return zlibFault("incorrect length check")
		}
	}
	return nil
}

// gzipHeader reads a header (RFC 1952, 2.3).
func (r *zlibReader) gzipHeader() error {
	whole := r.rest
	h, err := r.take(10)
	switch {
	case len(whole) > 1 && !isGzip(whole):
		return zlibFault("incorrect header check")
	case err != nil:
		return err
	case h[2] != 8:
		return zlibFault("unknown compression method")
	case h[3]&0xe0 != 0:
		return zlibFault("unknown header flags set")
	}
	if h[3]&4 != 0 { // FEXTRA
		n, err := r.take(2)
		if err == nil {
			_, err = r.take(int(binary.LittleEndian.Uint16(n)))
		}
		if err != nil {
			return err
		}
	}
	for _, flag := range []byte{8, 16} { // FNAME, FCOMMENT
		if h[3]&flag == 0 {
			continue
		}
		if _, err := r.take(stdbytes.IndexByte(r.rest, 0) + 1); err != nil || r.rest == nil {
			return io.ErrUnexpectedEOF
		}
	}
	if h[3]&2 == 0 { // FHCRC
		return nil
	}
	sum := uint16(crc32.ChecksumIEEE(whole[:len(whole)-len(r.rest)]))
	check, err := r.take(2)
	if err == nil && binary.LittleEndian.Uint16(check) != sum {
		return zlibFault("header crc mismatch")
	}
	return err
}
