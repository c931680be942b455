package weir_test

import (
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

// bystanders are a live session that nothing hostile may harm: a publisher, and a
// player of each protocol.
type bystanders struct {
	pub     *weirtest.Publisher
	players []*weirtest.Player
	missed  []int64 // frames sent before each player came
}

func stand(t *testing.T, s *weirtest.Server) *bystanders {
	t.Helper()
	b := &bystanders{pub: publish(t, s, "live/bystander", mediatest.Stream{GOP: 25})}
	for _, protocol := range weirtest.Basic {
		b.missed = append(b.missed, b.pub.Frames.Load())
		b.players = append(b.players, play(t, s, protocol, "live/bystander"))
	}
	return b
}

// unharmed waits until every player has every frame sent so far.
func (b *bystanders) unharmed(t *testing.T) {
	t.Helper()
	sent := b.pub.Frames.Load()
	for i, p := range b.players {
		waitFrames(t, p, int(sent-b.missed[i]))
		if c := p.Count(); c.Gaps > 0 || c.Backwards > 0 {
			t.Errorf("a bystander by %s has %d gaps and %d steps backwards", weirtest.Basic[i], c.Gaps, c.Backwards)
		}
	}
}

// resources are what the process holds. Tests that count them do not run beside
// others.
type resources struct{ goroutines, descriptors int }

func held(t *testing.T) resources {
	t.Helper()
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	return resources{runtime.NumGoroutine(), len(fds)}
}

// comeBack waits until no more is held than before.
func (before resources) comeBack(t *testing.T) {
	t.Helper()
	var now resources
	defer func() {
		if t.Failed() {
			t.Logf("%+v are held, before it were %+v", now, before)
			buf := make([]byte, 1<<20)
			t.Logf("%s", buf[:runtime.Stack(buf, true)])
		}
	}()
	eventually(t, "goroutines and descriptors come back", func() bool {
		now = held(t)
		return now.goroutines <= before.goroutines && now.descriptors <= before.descriptors
	})
}

// heap is what is in use after a collection, stacks included, in bytes.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// eventually waits for what others bring about.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(weirtest.Patience); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not come about that %s", what)
		}
	}
}

// wellFormed checks that nobody wrote lines of his own, or control characters,
// into the log.
func wellFormed(t *testing.T, log string) {
	t.Helper()
	for line := range strings.Lines(log) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, "time=") || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("the log has the line %q", line)
		}
	}
}

// Every attack on the RTMP port is answered by the end of that connection and one
// line in the log, or by nothing at all; it harms nobody and leaves nothing behind.
func TestHostilePeersHarmNobody(t *testing.T) {
	// an output stays for hls_dispose when its publisher has left
	s := weirtest.Up(t, strings.Replace(everything(""), "hls_window", "hls_dispose 1; hls_window", 1))
	b := stand(t, s)
	b.unharmed(t)
	before, memory := held(t), heap()
	for _, a := range attacks() {
		for range 2 {
			a.run(t, s)
		}
	}
	before.comeBack(t)
	if grown := heap() - memory; grown > 16<<20 {
		t.Errorf("%d MB remain", grown>>20)
	}
	b.unharmed(t)
	wellFormed(t, s.Log.String())
}

// A thousand peers that connect and say nothing cost little, and not for long.
func TestSilentPeersAreCheap(t *testing.T) {
	const peers, each = 1000, 20 << 10
	s := weirtest.Up(t, "handshake_timeout 3s; max_connections 1100;"+everything(""))
	b := stand(t, s)
	before, memory := held(t), heap()
	conns := make([]net.Conn, peers)
	for i := range conns {
		conns[i] = dialFrom(t, byte(1+i%2), s.RTMP) // of one address there is no room for all
	}
	if cost := (heap() - memory) / peers; cost > each {
		t.Errorf("a peer that says nothing costs %d bytes, want at most %d", cost, each)
	}
	for _, c := range conns {
		if n, err := c.Read(make([]byte, 1)); err == nil || os.IsTimeout(err) {
			t.Fatalf("a silent peer is told %d bytes, %v", n, err)
		}
		c.Close()
	}
	before.comeBack(t)
	b.unharmed(t)
}

// Who announces much and sends little is held for what he sent.
func TestAnnouncedMessagesAreNotAllocated(t *testing.T) {
	const peers, each = 100, 500 << 10
	s := weirtest.Up(t, everything(""))
	memory := heap()
	var conns []*peer
	for range peers {
		p := shake(t, s.RTMP)
		p.Write(sizeUp)
		for id := byte(4); id < 15; id++ { // and a byte of each message
			p.Write([]byte{id, 0, 0, 0, 0, 0xff, 0xff, 20, 0, 0, 0, 0, 2})
		}
		p.Write(connectTo("live"))
		conns = append(conns, p)
	}
	for _, p := range conns {
		// the connect lies within the first unfinished message's chunk: it is part of it
		p.SetReadDeadline(time.Now().Add(time.Millisecond))
		p.command()
	}
	if cost := (heap() - memory) / peers; cost > each {
		t.Errorf("a peer with unfinished messages costs %d KB, want at most %d KB", cost>>10, each>>10)
	}
	for _, p := range conns {
		p.Close()
	}
}
