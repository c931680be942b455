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
	AV1
	VP9
	AAC
	MP3
	Opus
	OtherAudio
	OtherVideo
)

var codecNames = [...]string{"", "h264", "h265", "av1", "vp9", "aac", "mp3", "opus", "audio", "video"}

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
	Codec  Codec
	Key    bool // a video frame that a decoder can begin at
	Config bool // a sequence header: decoder configuration, no media

	DTS time.Duration // decoding time since the publisher's zero, whole milliseconds, unwrapped
	CTS time.Duration // composition offset: presentation time less DTS

	// Body is the FLV tag body: the codec's header bytes and the payload
	// (FLV specification E.4.2, E.4.3; Enhanced RTMP v2).
	Body []byte
}

// Headers are what a decoder needs ahead of a stream's first frame: the newest
// metadata and sequence headers. Those that the stream lacks are nil.
type Headers struct {
	Metadata *Packet
	Video    *Packet
	Audio    *Packet
}
