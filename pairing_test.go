package weir_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"sync"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/weirtest"
)

// Peers that connect, publish, play, are denied, find the stream busy, leave at
// once or leave while their gate runs, in random order: every gate that completed
// without denying is followed by its event exactly once, in order.
func TestEveryGateIsPaired(t *testing.T) {
	t.Parallel()
	const peers = 500
	s := weirtest.Up(t, everything(`
		js_on_connect { s.log('gate connect ' + s.id); }
		js_on_close { s.log('event connect ' + s.id); }
		js_on_publish {
			if (s.args.wait) await new Promise(go => setTimeout(go, Number(s.args.wait)));
			if (s.args.no) return s.deny('no');
			s.log('gate publish ' + s.id);
		}
		js_on_unpublish { s.log('event publish ' + s.id + ' ' + s.connection.id); }
		js_on_play {
			if (s.args.wait) await new Promise(go => setTimeout(go, Number(s.args.wait)));
			if (s.args.no) return s.deny('no');
			s.log('gate play ' + s.id);
		}
		js_on_stop { s.log('event play ' + s.id + ' ' + s.connection.id); }
	`))
	crowd(s, peers)
	gate := regexp.MustCompile(`"?gate (connect|publish|play) (\w+)`)
	var gates [][]string
	settled := func() bool {
		log := s.Log.String()
		gates = gate.FindAllStringSubmatch(log, -1)
		return len(regexp.MustCompile(`"?event (connect|publish|play) `).FindAllString(log, -1)) >= len(gates)
	}
	for deadline := time.Now().Add(weirtest.Patience); !settled() && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	log := s.Log.String()
	if len(gates) < peers/4 {
		t.Fatalf("only %d gates ran", len(gates))
	}
	for _, g := range gates {
		event := regexp.MustCompile(fmt.Sprintf(`event %s %s( (\w+))?`, g[1], g[2])).FindAllStringSubmatchIndex(log, -1)
		if len(event) != 1 {
			t.Errorf("%s %s: %d events, want 1", g[1], g[2], len(event))
			continue
		}
		if g[1] == "connect" {
			continue
		}
		conn := log[event[0][4]:event[0][5]]
		if closed := regexp.MustCompile("event connect " + conn).FindStringIndex(log); closed == nil || closed[0] < event[0][0] {
			t.Errorf("%s %s: its connection's close does not come after its own event", g[1], g[2])
		}
	}
}

// crowd lets so many peers come and go in random order: some are to be denied
// (no=1), some find their stream busy, some leave at any point of their admission.
func crowd(s *weirtest.Server, peers int) {
	const atOnce = 32
	r := rand.New(rand.NewPCG(1, 2))
	var left sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for range peers {
		query := fmt.Sprintf("?wait=%d", r.IntN(20))
		if r.IntN(4) == 0 {
			query += "&no=1"
		}
		path := fmt.Sprintf("live/s%d%s", r.IntN(5), query) // few names: many are busy
		publish, stay, patience := r.IntN(2) == 0, time.Duration(r.IntN(30))*time.Millisecond, weirtest.Patience
		if r.IntN(3) == 0 {
			patience = stay
		}
		slots <- struct{}{}
		left.Go(func() {
			defer func() { <-slots }()
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			visit(ctx, s, path, publish, stay)
		})
	}
	left.Wait()
}

// visit publishes or plays, and stays a while if it was admitted before ctx ended.
func visit(ctx context.Context, s *weirtest.Server, path string, publish bool, stay time.Duration) {
	c, err := rtmp.Dial(ctx, fmt.Sprintf("rtmp://%s/%s", s.RTMP, path))
	if err != nil {
		return
	}
	defer c.Close()
	begin := c.Play
	if publish {
		begin = c.Publish
	}
	if begin(ctx) != nil {
		return
	}
	if publish {
		for _, p := range mediatest.GOP(5) {
			if c.WritePacket(p) != nil {
				return
			}
		}
	}
	select {
	case <-ctx.Done():
	case <-time.After(stay):
	}
}
