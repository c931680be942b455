package sandbox

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"weir/js"
)

// A worker of one unit speaks for that unit alone, whatever it says.
func TestWorkerOfUnitSpeaksForNoOther(t *testing.T) {
	host := &server{ask: func(_ context.Context, o js.Origin, _ string, _ []js.Value) (js.Value, error) { return o.VHost, nil }}
	s := start(t, asking, func(c *Config) { c.Host, c.PerUnit = host, true })
	as := func(vhost, f string) js.Value {
		t.Helper()
		r, err := s.Call(t.Context(), js.Call{Unit: "a", Func: js.Func{Module: "m", Name: f}, Args: []js.Value{"op"}, Origin: js.Origin{VHost: vhost}})
		if err != nil {
			t.Error(err)
		}
		return r.Value
	}
	if _, err := do(t, s, "b", "ok"); err != nil {
		t.Fatal(err)
	}
	for _, vhost := range []string{"a", "b", "", "nowhere"} {
		if got := as(vhost, "ask"); got != "a" {
			t.Errorf("asked as %q: %v, want a", vhost, got)
		}
		as(vhost, "said")
	}
	host.mu.Lock()
	defer host.mu.Unlock()
	for _, line := range host.log {
		if line[:2] != "a:" {
			t.Errorf("logged as of another: %s", line)
		}
	}
}

// A worker of all cannot invent vhosts, which the server would keep things for.
func TestWorkerSpeaksForNoStranger(t *testing.T) {
	s := start(t, asking, func(c *Config) { c.Host, c.Log = &server{ask: echo}, slog.New(slog.DiscardHandler) })
	for vhost, want := range map[string]error{"a": nil, "": nil, "nowhere": js.ErrCrash} {
		_, err := s.Call(t.Context(), js.Call{Unit: "a", Func: js.Func{Module: "m", Name: "ask"}, Args: []js.Value{"op"}, Origin: js.Origin{VHost: vhost}})
		if !errors.Is(err, want) {
			t.Errorf("asked as %q: %v, want %v", vhost, err, want)
		}
	}
}

// Who brings a worker of its own down is charged for that, whatever the board says.
func TestDeathOfUnitsWorkerIsItsOwn(t *testing.T) {
	s := start(t, bombs, func(c *Config) { c.PerUnit, c.Log = true, slog.New(slog.DiscardHandler) })
	for _, u := range []string{"a", "b"} {
		if _, err := do(t, s, u, "ok"); err != nil {
			t.Fatal(err)
		}
	}
	w := s.units["a"].lane.Load().current.Load()
	w.board().size.Store(uint32(copy(w.board().unit[:], "b")))
	w.kill()
	<-w.ended
	s.mu.Lock()
	defer s.mu.Unlock()
	if a, b := len(s.units["a"].charges), len(s.units["b"].charges); a != 1 || b != 0 {
		t.Errorf("a has %d charges, b %d", a, b)
	}
}

// sending returns a sender to nobody.
func sending(t *testing.T) *sender {
	t.Helper()
	ours, theirs := pair(t)
	t.Cleanup(func() { ours.Close(); theirs.Close() })
	out, err := newSender(ours)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What nobody waits for any more is worked on all the same, for as long as it takes.
func TestForgottenQuestionsCount(t *testing.T) {
	out := sending(t)
	stop := make(chan struct{})
	host := &server{ask: func(context.Context, js.Origin, string, []js.Value) (js.Value, error) { <-stop; return nil, nil }}
	a := newAsks(js.LeaseOf(host), bound{}, out)
	for range 3 * maxAsks {
		if err := errors.Join(a.begin(1, question{op: "slow"}, 1), a.take(frame{kind: frameForget, id: 1})); err != nil {
			t.Fatal(err)
		}
	}
	if a.active != maxAsks {
		t.Errorf("%d questions are worked on, want %d", a.active, maxAsks)
	}
	close(stop)
	a.running.Wait()
	if a.active != 0 || a.bytes != 0 {
		t.Errorf("%d questions of %d bytes are left", a.active, a.bytes)
	}
}

// A question ends that it is asked for, and not the next of the same id.
func TestIdsMayBeUsedAgain(t *testing.T) {
	out := sending(t)
	first := make(chan struct{})
	canceled := make(chan bool, 1)
	host := &server{ask: func(ctx context.Context, _ js.Origin, op string, _ []js.Value) (js.Value, error) {
		if op == "first" {
			<-first
			return nil, nil
		}
		select {
		case <-ctx.Done():
			canceled <- true
		case <-time.After(100 * time.Millisecond):
			canceled <- false
		}
		return nil, nil
	}}
	a := newAsks(js.LeaseOf(host), bound{}, out)
	if err := errors.Join(a.begin(1, question{op: "first"}, 1), a.take(frame{kind: frameForget, id: 1}), a.begin(1, question{op: "second"}, 1)); err != nil {
		t.Fatal(err)
	}
	close(first)
	if <-canceled {
		t.Error("the second question was ended with the first")
	}
	a.running.Wait()
}

// A flood of messages is cut, and how much of it is said.
func TestMessagesArePaced(t *testing.T) {
	var p pace
	now := time.Unix(1e9, 0)
	passed := 0
	for range 1000 {
		if ok, _ := p.take(64<<10, now); ok {
			passed++
		}
	}
	if most := logBurst / (64 << 10); passed == 0 || passed > most {
		t.Errorf("%d messages passed at once, want %d at most", passed, most)
	}
	if ok, dropped := p.take(100, now.Add(time.Second)); !ok || dropped != 1000-passed {
		t.Errorf("a second later: %v, %d dropped, want %d", ok, dropped, 1000-passed)
	}
}
