package ts

import "encoding/binary"

// parseAVC reads an AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1):
// the size of the lengths and the parameter sets.
func parseAVC(b []byte) (lengthSize int, sets [][]byte, err error) {
	if len(b) < 6 || b[0] != 1 {
		return 0, nil, malformed("AVC configuration")
	}
	lengthSize = int(b[4]&3) + 1
	sps, b, err := takeSets(nil, b[6:], int(b[5]&0x1f))
	if err != nil {
		return 0, nil, err
	}
	if len(b) == 0 {
		return 0, nil, malformed("AVC configuration has no PPS")
	}
	sets, _, err = takeSets(sps, b[1:], int(b[0]))
	if err != nil {
		return 0, nil, err
	}
	if len(sps) == 0 || len(sets) == len(sps) {
		return 0, nil, malformed("AVC configuration lacks SPS or PPS")
	}
	return lengthSize, sets, nil
}

// parseHEVC reads an HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, 8.3.3.1):
// the size of the lengths and the arrays of VPS, SPS, PPS and SEI.
func parseHEVC(b []byte) (lengthSize int, sets [][]byte, err error) {
	if len(b) < 23 || b[0] != 1 {
		return 0, nil, malformed("HEVC configuration")
	}
	lengthSize = int(b[21]&3) + 1
	arrays, b := int(b[22]), b[23:]
	for range arrays {
		if len(b) < 3 {
			return 0, nil, malformed("short HEVC configuration")
		}
		sets, b, err = takeSets(sets, b[3:], int(binary.BigEndian.Uint16(b[1:])))
		if err != nil {
			return 0, nil, err
		}
	}
	if len(sets) < 3 {
		return 0, nil, malformed("HEVC configuration lacks VPS, SPS or PPS")
	}
	return lengthSize, sets, nil
}

// takeSets takes n parameter sets, each behind two bytes of length, off b.
func takeSets(into [][]byte, b []byte, n int) (sets [][]byte, rest []byte, err error) {
	for range n {
		if len(b) < 2 {
			return nil, nil, malformed("short decoder configuration")
		}
		size := int(binary.BigEndian.Uint16(b))
		if b = b[2:]; size == 0 || size > len(b) {
			return nil, nil, malformed("parameter set is empty or longer than its record")
		}
		if len(into) == maxNALUs {
			return nil, nil, malformed("too many parameter sets")
		}
		into, b = append(into, b[:size]), b[size:]
	}
	return into, b, nil
}
