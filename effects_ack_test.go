package weir_test

import (
	"encoding/binary"
	"testing"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
	"weir/weirtest"
)

// A peer is asked for acknowledgements each out_ack_size bytes, and gets its own
// each in_ack_size bytes, or as it asks.
func TestAcknowledgementDirectives(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, directives string
		asks             uint32 // the peer's own window
		asked            uint32 // what it is asked for
		told             bool   // of 20,000 bytes that came
	}{
		{"by default", "", 0, 2500000, false},
		{"in_ack_size", "in_ack_size 10000;", 0, 2500000, true},
		{"the peer's window", "in_ack_size 1000000;", 5000, 2500000, true},
		{"out_ack_size", "out_ack_size 4000;", 0, 4000, false},
		{"out_ack_size 0", "out_ack_size 0;", 0, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything(tt.directives))
			p := shake(t, s.RTMP)
			if tt.asks > 0 {
				p.Write(message(chunk.WindowAckSize, 0, u32(tt.asks)))
			}
			p.Write(connectTo("live"))
			p.Write(createStream)
			p.Write(command(1, "publish", 3, nil, "a", "live"))
			p.Write(sizeUp)
			for range 4 {
				p.Write(tagMessage(chunk.Video, 0, append([]byte{0x17, 1, 0, 0, 0}, make([]byte, 5000)...)))
			}
			p.Write(command(0, "getStreamLength", 9, nil, "a")) // the last that is answered
			asked, told := p.windows(t)
			if asked != tt.asked || told != tt.told {
				t.Errorf("is asked for an acknowledgement of %d bytes, gets its own: %v; want %d, %v", asked, told, tt.asked, tt.told)
			}
		})
	}
}

// windows reads up to the answer to transaction 9: the window that is asked for,
// and whether anything was acknowledged.
func (p *peer) windows(t *testing.T) (asked uint32, told bool) {
	t.Helper()
	for {
		m, err := p.in.Next()
		if err != nil {
			t.Fatal(err)
		}
		switch m.Type {
		case chunk.WindowAckSize:
			asked = binary.BigEndian.Uint32(m.Body)
		case chunk.Acknowledgement:
			told = told || binary.BigEndian.Uint32(m.Body) > 0
		case chunk.CommandAMF0:
			if v, err := amf0.Decode(m.Body); err == nil && v[0] == "_result" && v[1] == 9.0 {
				return asked, told
			}
		}
	}
}
