package ts

import (
	"fmt"

	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/mpegts/codecs"

	"weir/media"
	"weir/media/flv"
)

// maxNALUs bounds the units of one frame: 1,500-byte slices of a frame of 1.5 MB.
const maxNALUs = 1024

// video is the video track: how its access units are read.
type video struct {
	codec      media.Codec
	track      *mpegts.Track
	delimiter  []byte   // the access unit delimiter that stands before each access unit
	typeMask   byte     // the bits of a NAL unit's first byte that say its type
	lengthSize int      // bytes of the length before each NAL unit
	parameters [][]byte // the decoder configuration's parameter sets
	units      [][]byte // reused
}

func newVideo(p *media.Packet) (*video, error) {
	b := flv.Payload(p)
	if b == nil {
		return nil, malformed("header without content")
	}
	var err error
	switch p.Codec {
	case media.H264:
		v := &video{codec: p.Codec, track: &mpegts.Track{Codec: &codecs.H264{}}, delimiter: []byte{9, 0xf0}, typeMask: 0x1f}
		v.lengthSize, v.parameters, err = parseAVC(b)
		return v, err
	case media.H265:
		v := &video{codec: p.Codec, track: &mpegts.Track{Codec: &codecs.H265{}}, delimiter: []byte{35 << 1, 1, 0x50}, typeMask: 0x7e}
		v.lengthSize, v.parameters, err = parseHEVC(b)
		return v, err
	}
	return nil, fmt.Errorf("%w: %s", ErrUnsupported, p.Codec)
}

// accessUnit returns the NAL units of a frame as a transport stream wants them:
// behind a delimiter, and a keyframe's behind the parameter sets, so that every
// segment can be decoded alone. Delimiters of its own are dropped. The result is valid until the next call; it is
// nil if there is nothing to decode.
func (v *video) accessUnit(b []byte, key bool) ([][]byte, error) {
	v.units = append(v.units[:0], v.delimiter)
	if key {
		v.units = append(v.units, v.parameters...)
	}
	first := len(v.units)
	for len(b) > 0 {
		nalu, rest, err := splitNALU(b, v.lengthSize)
		if err != nil {
			return nil, err
		}
		b = rest
		if len(nalu) == 0 || nalu[0]&v.typeMask == v.delimiter[0] {
			continue
		}
		if len(v.units) == first+maxNALUs {
			return nil, malformed("too many NAL units")
		}
		v.units = append(v.units, nalu)
	}
	if len(v.units) == first {
		return nil, nil
	}
	return v.units, nil
}

// splitNALU takes the first unit of those that each stand behind their length
// (ISO/IEC 14496-15, 5.3.4.2).
func splitNALU(b []byte, lengthSize int) (nalu, rest []byte, err error) {
	if len(b) < lengthSize {
		return nil, nil, malformed("NAL unit without its length")
	}
	n := 0
	for _, c := range b[:lengthSize] {
		n = n<<8 | int(c)
	}
	if b = b[lengthSize:]; n > len(b) {
		return nil, nil, malformed("NAL unit is longer than its frame")
	}
	return b[:n], b[n:], nil
}
