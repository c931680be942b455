package ts

import (
	"bytes"
	"encoding/binary"
)

// Stream types of sound (ISO/IEC 13818-1, table 2-34).
const (
	typeMPEG1 = 0x03 // 32 kHz and more
	typeMPEG2 = 0x04 // ISO/IEC 13818-3: half of those rates
)

// pmtPID is that of mediacommon's program map tables.
const pmtPID = 0x1000

// lsf takes a multiplex of which the sound is MP3 of low sampling frequencies, which
// mediacommon knows no stream type for. Each of its tables comes in a write of its own.
type lsf struct{ *bytes.Buffer }

// Write implements io.Writer.
func (w lsf) Write(b []byte) (int, error) {
	if len(b) == packetSize && binary.BigEndian.Uint16(b[1:])&0x1fff == pmtPID {
		b = bytes.Clone(b)
		retype(b)
	}
	return w.Buffer.Write(b)
}

// retype corrects the stream type in a packet with a program map section (2.4.4.8),
// and the section's checksum.
func retype(packet []byte) {
	b := packet[5+packet[4]:] // behind the pointer
	end := 3 + int(binary.BigEndian.Uint16(b[1:])&0xfff) - 4
	for i := 12 + int(binary.BigEndian.Uint16(b[10:])&0xfff); i < end; i += 5 + int(binary.BigEndian.Uint16(b[i+3:])&0xfff) {
		if b[i] == typeMPEG1 {
			b[i] = typeMPEG2
		}
	}
	binary.BigEndian.PutUint32(b[end:], checksum(b[:end]))
}

// checksum is the CRC of sections (annex A).
func checksum(b []byte) uint32 {
	crc := ^uint32(0)
	for _, c := range b {
		crc ^= uint32(c) << 24
		for range 8 {
			top := crc >> 31
			crc = crc<<1 ^ top*0x04c11db7
		}
	}
	return crc
}
