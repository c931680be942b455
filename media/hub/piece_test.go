package hub

import (
	"testing"
	"time"
)

// What players are sent at a flush is one piece of their log.
func TestFlushIsOnePiece(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, MWLatency: 350 * time.Millisecond}).publish()
	src := r.pub.src
	l := newLog(testFramer{})
	src.logs = []*log{l}
	r.write("k0*1000")
	for i := range 300 {
		src.mu.Lock()
		tail, from := l.tail, l.tail.n.Load()
		src.mu.Unlock()
		for j := range 10 {
			at := time.Duration(1+10*i+j) * 33 * time.Millisecond
			p := packet("v0*4000")
			p.DTS = at
			if err := r.pub.WritePacket(p); err != nil {
				t.Fatal(err)
			}
		}
		src.mu.Lock()
		if i > 0 && l.tail != tail {
			t.Errorf("flush %d lies across segments, from %d on", i, from)
		}
		l.flush()
		src.mu.Unlock()
	}
}
