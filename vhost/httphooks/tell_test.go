package httphooks

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js/hook"
	"weir/vhost/latency"
)

func TestEventGoesToEachBackEnd(t *testing.T) {
	c, log := client(t)
	first, second, third := answering(t, saying("1")), answering(t, status(404, "")), answering(t, saying("0"))
	c.Tell(with(hooks{OnStop: []string{first.URL, second.URL, third.URL}, Retry: 3}), hook.Stop, overRTMP())
	drain(t, c)
	for i, b := range []*backend{first, second, third} {
		if got := b.got(); len(got) != 1 || got[0].text("action") != "on_stop" {
			t.Errorf("back end %d was told %d things, want one", i, len(got))
		}
	}
	if n := strings.Count(log.String(), "hook refused an event"); n != 2 {
		t.Errorf("%d refusals in the log, want 2:\n%s", n, log)
	}
	got := c.Counts()[0]
	got.Took = latency.Distribution{}
	if d := cmp.Diff(Count{VHost: "example.com", Hook: "on_stop", Calls: 3, Refused: 2}, got); d != "" {
		t.Errorf("count (-want +got):\n%s", d)
	}
}

func TestEventIsRetried(t *testing.T) {
	troubles := []http.HandlerFunc{resetting, status(500, ""), status(429, "0"), hanging}
	var n atomic.Int32
	b := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if i := int(n.Add(1)) - 1; i < len(troubles) {
			troubles[i](w, r)
			return
		}
		saying("0")(w, r)
	})
	c, log := client(t)
	v := with(hooks{OnUnpublish: []string{b.URL}, Retry: len(troubles), Timeout: 200 * time.Millisecond})
	c.Tell(v, hook.Unpublish, overRTMP())
	drain(t, c)
	got := c.Counts()[0]
	got.Took = latency.Distribution{}
	want := Count{VHost: "example.com", Hook: "on_unpublish", Calls: 5, Failed: 4, Retried: 4}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("count (-want +got):\n%s", d)
	}
	if log.String() != "" {
		t.Errorf("logged %s", log)
	}
}

func TestEventIsLostAfterItsRetries(t *testing.T) {
	b := answering(t, status(503, ""))
	c, log := client(t)
	c.Tell(with(hooks{OnUnpublish: []string{b.URL}, Retry: 2}), hook.Unpublish, overRTMP())
	drain(t, c)
	got := c.Counts()[0]
	got.Took = latency.Distribution{}
	if d := cmp.Diff(Count{VHost: "example.com", Hook: "on_unpublish", Calls: 3, Failed: 3, Retried: 2, Dropped: 1}, got); d != "" {
		t.Errorf("count (-want +got):\n%s", d)
	}
	if !strings.Contains(log.String(), "hook event lost") || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("log:\n%s", log)
	}
}

// The events of one connection arrive in order even when one of them needs more
// than one attempt; those of other connections do not wait for it.
func TestEventsOfAConnectionKeepTheirOrder(t *testing.T) {
	var refused atomic.Bool
	gate := make(chan struct{})
	b := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/a/0" && refused.CompareAndSwap(false, true) {
			<-gate
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		saying("0")(w, r)
	})
	c, _ := client(t)
	tell := func(id string, n int) {
		c.Tell(with(hooks{OnStop: []string{fmt.Sprintf("%s/%s/%d", b.URL, id, n)}, Retry: 1}), hook.Stop, of(id))
	}
	const events = 20
	for n := range events {
		tell("a", n)
	}
	for n := range events {
		tell("b", n)
	}
	paths := func(id string) (list []string) {
		for _, r := range b.got() {
			if strings.HasPrefix(r.Path, "/"+id) {
				list = append(list, r.Path)
			}
		}
		return list
	}
	b.wait(t, 1+events) // b's, while a's first is held
	close(gate)
	drain(t, c)
	wantA, wantB := []string{"/a/0"}, []string(nil)
	for n := range events {
		wantA, wantB = append(wantA, fmt.Sprintf("/a/%d", n)), append(wantB, fmt.Sprintf("/b/%d", n))
	}
	if d := cmp.Diff(wantA, paths("a")); d != "" {
		t.Errorf("a's (-want +got):\n%s", d)
	}
	if d := cmp.Diff(wantB, paths("b")); d != "" {
		t.Errorf("b's (-want +got):\n%s", d)
	}
}

// A back end that hangs delays neither other back ends of the vhost, nor files the
// ends of sessions.
func TestBackEndThatHangsDelaysNoOther(t *testing.T) {
	bad, good := answering(t, hanging), answering(t, saying("0"))
	c, _ := client(t)
	for i := range 4 * queueWorkers {
		s := of(fmt.Sprint(i))
		c.Tell(with(hooks{OnStop: []string{bad.URL, good.URL}}), hook.Stop, s)
	}
	good.wait(t, 4*queueWorkers)
	if n := len(bad.wait(t, queueWorkers)); n != queueWorkers {
		t.Errorf("%d calls are under way to the back end that hangs, want %d", n, queueWorkers)
	}
	until(t, func() bool { return c.Pending() == 4*queueWorkers })
}

func TestFilesDoNotStandAheadOfSessions(t *testing.T) {
	b := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hls" {
			hanging(w, r)
		}
		saying("0")(w, r)
	})
	c, _ := client(t)
	v := with(hooks{OnHLS: []string{b.URL + "/hls"}, OnUnpublish: []string{b.URL + "/streams"}})
	for i := range 4 * queueWorkers {
		s := of(fmt.Sprint(i))
		s.Key.Stream = fmt.Sprint(i)
		c.TellHLS(v, s, File{URL: "live/x.ts"})
	}
	b.wait(t, queueWorkers)
	c.Tell(v, hook.Unpublish, overRTMP())
	b.wait(t, queueWorkers+1)
}

// Telling is done by the one who carries media: it waits for nobody.
func TestFullQueueDropsAndCounts(t *testing.T) {
	b := answering(t, hanging)
	c, log := client(t)
	c.MaxQueued = 10
	for i := range 15 {
		c.Tell(with(hooks{OnStop: []string{b.URL}, Retry: 3}), hook.Stop, of(fmt.Sprint(i)))
	}
	if n := c.Pending(); n != 10 {
		t.Errorf("%d events are pending, want 10", n)
	}
	if n := strings.Count(log.String(), errFull.Error()); n != 5 {
		t.Errorf("%d events were dropped in the log, want 5:\n%s", n, log)
	}
	if i := slices.IndexFunc(c.Counts(), func(n Count) bool { return n.Dropped == 5 }); i < 0 {
		t.Errorf("counts %+v, want 5 dropped", c.Counts())
	}
}

func TestEventsWaitForRun(t *testing.T) {
	b := answering(t, saying("0"))
	c := &Client{}
	c.Tell(with(hooks{OnClose: []string{b.URL}}), hook.Close, connected())
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() {
		defer close(over)
		c.Run(ctx)
	}()
	drain(t, c)
	cancel()
	<-over
	if got := b.got(); len(got) != 1 || got[0].text("action") != "on_close" {
		t.Errorf("told %d things, want on_close", len(got))
	}
}

// When Run has ended nothing is under way, nothing is pending, and what was not
// delivered is counted.
func TestRunEndsEvents(t *testing.T) {
	bad, dead := answering(t, hanging), answering(t, status(500, ""))
	log := &record{}
	c := &Client{Logger: newLogger(log), Backoff: time.Hour}
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() {
		defer close(over)
		c.Run(ctx)
	}()
	v := with(hooks{OnStop: []string{bad.URL, dead.URL}, Retry: 5})
	for i := range 20 {
		c.Tell(v, hook.Stop, of(fmt.Sprint(i)))
	}
	bad.wait(t, queueWorkers)
	dead.wait(t, 20)
	cancel()
	<-over
	c.Tell(v, hook.Stop, overRTMP())
	if n := c.Pending(); n != 0 {
		t.Errorf("%d events are pending", n)
	}
	if n := strings.Count(log.String(), "hook event lost"); n != 42 {
		t.Errorf("%d events were lost in the log, want 42", n)
	}
	if err := c.Drain(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestDrainEndsWithItsContext(t *testing.T) {
	b := answering(t, hanging)
	c, _ := client(t)
	c.Tell(with(hooks{OnStop: []string{b.URL}}), hook.Stop, overRTMP())
	b.wait(t, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Drain(ctx); err == nil {
		t.Error("drained, while an event is under way")
	}
}
