package hub

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"weir/media"
)

// All players of a group of pictures are sent the same bytes, while others come
// and go, and one blocks.
func TestManyPlayers(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, MWLatency: 100 * time.Millisecond, GOPMaxFrames: 1 << 20}).publish()
	r.write("V0 A0 k0")
	r.play("tcp", SubscribeOptions{}, nil) // reads nothing
	var players []*testPlayer
	for i := range 20 {
		players = append(players, r.play([]string{"tcp", "pipe"}[i%2], SubscribeOptions{EndWithPublication: true}, nil))
	}
	received := make([]bytes.Buffer, len(players))
	var reading sync.WaitGroup
	for i, p := range players {
		reading.Go(func() { _, _ = io.Copy(&received[i], p.conn) })
	}
	var churn sync.WaitGroup
	stop := make(chan struct{})
	for _, link := range []string{"tcp", "pipe"} {
		churn.Go(func() { comeAndGo(r, link, stop) })
	}
	for at := 40; at < 6000; at += 40 {
		r.write(fmt.Sprintf("v%d*%d a%d", at, rand.IntN(20000), at+10))
	}
	close(stop)
	churn.Wait()
	r.pub.Close(nil)
	for _, p := range players {
		p.reason()
	}
	reading.Wait()
	for i := range received {
		if !bytes.Equal(received[i].Bytes(), received[0].Bytes()) {
			t.Errorf("player %d was sent %d bytes, player 0 %d others", i, received[i].Len(), received[0].Len())
		}
	}
	if n := received[0].Len(); n < 1<<19 {
		t.Errorf("the players were sent %d bytes", n)
	}
}

// comeAndGo joins and leaves until stop is closed.
func comeAndGo(r *rig, link string, stop chan struct{}) {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		default:
		}
		server, client := links[link](r.t)
		closed := make(chan struct{})
		sub := r.Subscribe(SubscribeOptions{})
		err := sub.Attach(media.Conn{Net: server, Closed: func(error) { close(closed) }}, testFramer{variant: i % 3})
		if err != nil {
			r.t.Error(err)
			return
		}
		switch i % 3 {
		case 0:
			client.Close()
		case 1:
			_, _ = io.CopyN(io.Discard, client, 100)
			sub.End(nil)
		case 2:
			sub.Close(nil)
		}
		<-closed
		client.Close()
	}
}

func TestDescriptorsComeBack(t *testing.T) {
	r := newRig(t, cached).publish()
	r.write("V0 k0")
	visit := func() {
		p := r.play("tcp", SubscribeOptions{}, nil)
		p.expect("F:V0 k0@0")
		p.conn.Close()
		p.reason()
	}
	visit() // by then the hub and the runtime have theirs
	before := descriptors(t)
	for range 20 {
		visit()
	}
	await(t, "descriptors", func() bool { return descriptors(t) <= before })
}

func descriptors(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	return len(list)
}

// Whatever is written, a player's times are the stream's, less its zero; or those of
// the publisher, which no framer is given in a way that it cannot write.
func TestTimesOfRandomStreams(t *testing.T) {
	for seed := range uint64(300) {
		times := Times(seed % 3)
		rnd := rand.New(rand.NewPCG(seed, 0))
		h := New(Settings{Shards: 1})
		st := h.Stream(testKey, StreamSettings{GOPCache: true, MinLatency: true, Times: times, Mix: seed%2 == 1})
		pub, err := st.Publish()
		if err != nil {
			t.Fatal(err)
		}
		sub := st.Subscribe(SubscribeOptions{})
		l := newLog(testFramer{})
		sub.src.logs = append(sub.src.logs, l)
		walk := &walker{t: t, seed: seed, smooth: times == SmoothTimes}
		l.absolute = times == SourceTimes
		at := 0
		for range 100 {
			at += rnd.IntN(60)
			if rnd.IntN(30) == 0 {
				at = rnd.IntN(20000)
			}
			if rnd.IntN(60) == 0 {
				pub.Close(nil)
				if pub, err = st.Publish(); err != nil {
					t.Fatal(err)
				}
			}
			kind := "kvvvvaaaadmVA"[rnd.IntN(13)]
			if err := pub.WritePacket(packet(fmt.Sprintf("%c%d", kind, max(0, at-rnd.IntN(100))))); err != nil {
				t.Fatal(err)
			}
			walk.join(l)
		}
		walk.check(sub.src)
		pub.Close(nil)
		sub.Close(nil)
	}
}

// walker reads a log from each place that it has had.
type walker struct {
	t      *testing.T
	seed   uint64
	smooth bool // the times are the stream's
	last   *place
	places []*place
}

func (w *walker) join(l *log) {
	if at := l.place.Load(); at != nil && at != w.last {
		w.last = at
		w.places = append(w.places, at)
	}
}

func (w *walker) check(src *source) {
	src.mu.Lock()
	defer src.mu.Unlock()
	for _, at := range w.places {
		p := &player{base: at.base}
		b := testFramer{}.Begin(nil, at.headers, at.last, at.base, true)
		var want []time.Duration
		for seg, off := at.seg, at.off; seg != nil; seg, off = seg.next.Load(), 0 {
			if seg != at.seg && seg.mark != nil {
				p.base = min(p.base, seg.mark.zero)
				b = testFramer{}.Begin(b, seg.mark.headers, seg.mark.last, p.base, false)
			}
			for i := seg.messageAt(off); i < len(seg.messages); i++ {
				want = append(want, seg.messages[i].dts-at.base)
			}
			b = append(b, seg.buf[off:seg.n.Load()]...)
		}
		r := &reader{r: bytes.NewReader(b)}
		for first := true; ; {
			g, err := r.next()
			if err == io.EOF {
				break
			}
			if err != nil {
				w.t.Fatalf("seed %d: %v", w.seed, err)
			}
			if g.Kind == recordBegin || g.Kind == recordFirst {
				continue
			}
			if w.smooth && g.At != want[0] {
				w.t.Fatalf("seed %d: %v, want its time %v", w.seed, g, want[0])
			}
			if w.smooth && first && g.At > time.Second {
				w.t.Errorf("seed %d: the first packet is at %v", w.seed, g.At)
			}
			first = false
			want = want[1:]
		}
		if len(want) > 0 {
			w.t.Errorf("seed %d: %d messages are missing", w.seed, len(want))
		}
	}
}
