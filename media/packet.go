package media

import "time"

// Kind is what a packet carries. The values are the FLV tag types, which are
// also RTMP's message type ids (FLV specification 10.1, E.4.1; RTMP 1.0, 7.1).
type Kind uint8

// The kinds of packets.
const (
	Audio Kind = 8
	Video Kind = 9
	Data  Kind = 18 // an AMF0 data message, as onMetaData
)

func (k Kind) String() string {
	switch k {
	case Audio:
		return "audio"
	case Video:
		return "video"
	case Data:
		return "data"
	}
	return "unknown"
}

// Codec names the coding of a packet's payload; NoCodec for data.
type Codec uint8

// The codecs that a packet's first bytes can name.
const (
	NoCodec Codec = iota
	H264
	H265
	H266
	AV1
	VP8
	VP9
	AAC
	MP3
	Opus
	FLAC
	AC3
	EAC3
	OtherAudio
	OtherVideo
)

var codecNames = [...]string{
	"", "h264", "hevc", "vvc", "av1", "vp8", "vp9", "aac", "mp3", "opus", "flac", "ac3", "eac3", "audio", "video",
}

// String returns the codec's name in lower case, as scripts and the API show it.
func (c Codec) String() string {
	if int(c) < len(codecNames) {
		return codecNames[c]
	}
	return ""
}

// Packet is one message of a stream: a video frame, some audio frames, or
// metadata. It is immutable once it was written to a Publication; players of
// all protocols share it.
type Packet struct {
	Kind   Kind
	Codec  Codec // NoCodec for a command to the player
	Key    bool  // a video frame of track 0 that a decoder can begin at
	Config bool  // a sequence header: decoder configuration, no media
	Info   bool  // what is told of a track beside its frames: colours, the order of channels
	// Track is 0 for what outputs that know one track of a kind take. It is another
	// number when the body has only other tracks (Enhanced RTMP v2, multitrack);
	// Codec, Config and CTS are of that one.
	Track uint8

	DTS time.Duration // decoding time since the publisher's zero, whole milliseconds, unwrapped
	CTS time.Duration // composition offset: presentation time less DTS

	// Body is the FLV tag body: the codec's header bytes and the payload
	// (FLV specification E.4.2, E.4.3; Enhanced RTMP v2).
	Body []byte
}
