// Package chunk is RTMP's chunk layer (RTMP 1.0, 5): messages in both directions,
// without a connection and without a thought of what they mean. What a peer
// claims is checked against limits before anything is allocated for it.
package chunk

// Type says what a message carries.
type Type uint8

// The message types (RTMP 1.0, 5.4, 7.1).
const (
	SetChunkSize     Type = 1
	Abort            Type = 2
	Acknowledgement  Type = 3
	UserControl      Type = 4
	WindowAckSize    Type = 5
	SetPeerBandwidth Type = 6
	Audio            Type = 8
	Video            Type = 9
	DataAMF3         Type = 15
	CommandAMF3      Type = 17
	DataAMF0         Type = 18
	CommandAMF0      Type = 20
	Aggregate        Type = 22
)

// ControlStream is the chunk stream of protocol control messages (RTMP 1.0, 5.4).
const ControlStream = 2

// DefaultSize and MaxSize are the chunk size that both sides begin with, and the
// largest that makes sense, as no message is longer (RTMP 1.0, 5.4.1).
const (
	DefaultSize = 128
	MaxSize     = 0xffffff
)

// Message is one message (RTMP 1.0, 5.3.1.2).
type Message struct {
	Type        Type
	Stream      uint32 // message stream id
	Timestamp   uint32 // milliseconds; wraps after 49 days
	ChunkStream uint32
	Body        []byte
}
