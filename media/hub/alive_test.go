package hub

import (
	"slices"
	"testing"
	"time"

	"weir/media"
)

// pingFramer can ask its players.
type pingFramer struct{ testFramer }

func (pingFramer) Ping(dst []byte, _ time.Time) []byte {
	return record(dst, recordReply, 0, []byte("ping"))
}

// asking is a rig with a stream whose rounds of ask are the test's.
func asking(t *testing.T) (r *rig, round func()) {
	t.Helper()
	h := New(Settings{Shards: 1})
	rounds := make(chan time.Time)
	h.shards[0].rounds = rounds
	r = runRig(t, h, cached).publish()
	r.write("V0 k0")
	return r, func() { rounds <- time.Time{} }
}

func TestSilentPlayerEnds(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r, round := asking(t)
		p := r.framed(link, SubscribeOptions{}, pingFramer{}, func(c *media.Conn) {
			c.Goodbye = func(error) []byte { return record(nil, recordBye, 0, nil) }
		})
		over := make(chan struct{})
		go func() {
			defer close(over)
			for p.sub.Err() == nil {
				round()
			}
		}()
		said, reason := p.ends()
		<-over
		if reason != media.ErrSilent {
			t.Errorf("it ended with %v, want %v", reason, media.ErrSilent)
		}
		if want := []string{"F:V0", "k0@0", "R:ping", "G:"}; !slices.Equal(slices.Compact(said), want) {
			t.Errorf("it was sent %q, want %q", said, want)
		}
	})
}

func TestPlayerThatAnswersLives(t *testing.T) {
	r, round := asking(t)
	heard := make(chan struct{}, 1)
	p := r.framed("tcp", SubscribeOptions{}, pingFramer{}, func(c *media.Conn) {
		c.Receive = func([]byte) ([]byte, error) { heard <- struct{}{}; return nil, nil }
	})
	p.expect("F:V0 k0@0")
	round()
	for range 3 {
		round()
		round()
		p.expect("R:ping")
		if _, err := p.conn.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
		<-heard
		round()
	}
	round()
	r.write("v40") // who takes something need not be asked
	p.expect("v40@40")
	round()
	r.write("v80")
	p.expect("v80@80")
}

// A framing without pings leaves it to TCP whether a player lives.
func TestPlayerThatCannotBeAskedLives(t *testing.T) {
	r, round := asking(t)
	p := r.play("tcp", SubscribeOptions{}, nil)
	p.expect("F:V0 k0@0")
	for range 9 {
		round()
	}
	r.write("v40")
	p.expect("v40@40")
}
