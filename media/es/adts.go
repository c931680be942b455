package es

const (
	adtsHeader = 7
	maxADTS    = 1<<13 - 1 // ISO/IEC 14496-3, table 1.A.7: 13 bits of length
)

// Audio object types (ISO/IEC 14496-3, table 1.17).
const (
	objectSBR = 5
	objectPS  = 29
)

// config is what an ADTS header says of the decoder; the zero value is none.
type config struct{ object, frequency, channels byte }

// parseConfig reads an AudioSpecificConfig (1.6.2.1): none when ADTS cannot say it.
// Of HE-AAC the core is named, which decoders extend by themselves.
func parseConfig(b []byte) config {
	r := bits{b: b}
	c := config{object: r.take(5), frequency: r.take(4), channels: r.take(4)}
	if c.object == objectSBR || c.object == objectPS {
		if r.take(4) == 15 { // the extension's frequency is written out
			r.at += 24
		}
		c.object = r.take(5)
	}
	if r.at > 8*len(b) || c.object < 1 || c.object > 4 || c.frequency > 12 || c.channels < 1 || c.channels > 7 {
		return config{}
	}
	return c
}

// appendHeader adds the header of a frame that has size bytes with it (1.A.2).
func (c config) appendHeader(dst []byte, size int) []byte {
	return append(dst,
		0xff, 0xf1, // MPEG-4, no CRC
		(c.object-1)<<6|c.frequency<<2|c.channels>>2,
		c.channels<<6|byte(size>>11),
		byte(size>>3), byte(size<<5)|0x1f, 0xfc, // a full buffer: the rate varies
	)
}

// bits reads bits; those behind the end are zeros.
type bits struct {
	b  []byte
	at int
}

func (r *bits) take(n int) (v byte) {
	for range n {
		v <<= 1
		if i := r.at / 8; i < len(r.b) {
			v |= r.b[i] >> (7 - r.at%8) & 1
		}
		r.at++
	}
	return v
}
