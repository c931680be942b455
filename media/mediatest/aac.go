package mediatest

// audioConfig is the AudioSpecificConfig of AAC-LC at 44.1 kHz in stereo
// (ISO/IEC 14496-3, 1.6.2.1); silence is a frame of it.
var (
	audioConfig = []byte{0x12, 0x10}
	silence     = []byte{0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80}
)
