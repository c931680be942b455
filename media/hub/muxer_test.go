package hub

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"weir/media"
)

// countingMuxer numbers the packets of a log, and says which headers it knows.
type countingMuxer struct{}

func (countingMuxer) Append([]byte, *media.Packet, media.Clocks) []byte { panic("the log has its own") }

func (countingMuxer) Begin(dst []byte, _ media.Headers, _ media.Clocks, _ time.Duration, _ bool) []byte {
	return record(dst, recordReply, 0, []byte("begin"))
}

func (countingMuxer) Open() media.Framer { return &countingFramer{} }

type countingFramer struct {
	countingMuxer
	n       int
	headers []string
}

func (f *countingFramer) Append(dst []byte, p *media.Packet, _ media.Clocks) []byte {
	if p.Config {
		f.headers = append(f.headers, string(p.Body))
		return dst
	}
	f.n++
	return record(dst, recordReply, 0, fmt.Appendf(nil, "%d:%s:%s", f.n, p.Body, strings.Join(f.headers, "+")))
}

// Players of a Muxer share a log whose framer has its own state.
func TestMuxerHasAStateForEachLog(t *testing.T) {
	r := newRig(t, cached).publish()
	r.write("V0 A0 k0 v40")
	join := func() *testPlayer { return r.framed("tcp", SubscribeOptions{}, countingMuxer{}, nil) }
	first := join()
	first.expect("R:begin R:1:k0:V0+A0 R:2:v40:V0+A0")
	r.write("k80")
	first.expect("R:3:k80:V0+A0")
	second := join()
	second.expect("R:begin R:3:k80:V0+A0")
	r.write("A80 v120")
	for _, p := range []*testPlayer{first, second} {
		p.expect("R:4:v120:V0+A0+A80")
	}
}
