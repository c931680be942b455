package vhost

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/media"
)

// did is what a handler's calls came to, without what never happened.
func (r *rig) did(directive string) map[CallResult]uint64 {
	for _, n := range r.HandlerCounts() {
		if n.Directive == directive {
			for result, times := range n.Results {
				if times == 0 {
					delete(n.Results, result)
				}
			}
			return n.Results
		}
	}
	return nil
}

func TestCallsAreCountedByResult(t *testing.T) {
	r := scripted(t, `js_timeout 200ms; js_cpu_limit 20ms; js_on_publish { switch (s.stream) {
		case 'no': return s.deny(401, 'no');
		case 'false': return false;
		case 'throws': throw new Error('boom');
		case 'nonsense': return s.deny(200);
		case 'never': return new Promise(() => {});
		case 'runs': for (;;) ;
	} }
	js_on_play { return s.decline(); }`)
	for _, name := range []string{"a", "b", "no", "false", "throws", "nonsense", "never", "runs"} {
		pub, err := r.publish(peer("v"), name)
		if err == nil {
			pub.Close(nil)
		}
	}
	must(r.play(peer("v"), "c"))(t).Close(nil)
	want := map[CallResult]uint64{CallOK: 2, CallDeny: 2, CallError: 2, CallTimeout: 1, CallCPU: 1}
	if diff := cmp.Diff(want, r.did("js_on_publish")); diff != "" {
		t.Errorf("publish: -want +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[CallResult]uint64{CallOK: 1}, r.did("js_on_play")); diff != "" {
		t.Errorf("play: -want +got:\n%s", diff)
	}
	for _, n := range r.HandlerCounts() {
		if n.VHost != "v" || !strings.HasPrefix(n.Handler, "srs.conf:") || n.Pending != 0 {
			t.Errorf("%+v, want one of v's blocks, and nothing pending", n)
		}
		if n.Directive == "js_on_publish" && (n.Took.Count() != 8 || n.Took.Quantile(1) < 200*time.Millisecond) {
			t.Errorf("took %+v, want eight calls, one of 200 ms", n.Took)
		}
	}
}

func TestEnginesFaultsAreResults(t *testing.T) {
	for want, err := range map[CallResult]error{
		CallTimeout: js.ErrTimeout, CallCPU: js.ErrCPU, CallMemory: js.ErrMemory, CallCrash: js.ErrCrash, CallOverload: js.ErrOverload,
		CallCanceled: context.Canceled, CallError: &js.Error{Message: "Error: boom"},
	} {
		r := newRig(t, "vhost v { js_on_publish { } }", &engine{do: map[string]func(js.Call) (js.Result, error){
			"js_on_publish": always(js.Result{}, fmt.Errorf("%w: and more", err)),
		}})
		if _, err := r.publish(peer("v"), "a"); err == nil {
			t.Errorf("%s: admitted", want)
		}
		if diff := cmp.Diff(map[CallResult]uint64{want: 1}, r.did("js_on_publish")); diff != "" {
			t.Errorf("%s: -want +got:\n%s", want, diff)
		}
		r.over()
	}
}

func TestScriptFaults(t *testing.T) {
	r := scripted(t, "js_on_publish {\n  if (s.stream === 'reads') null.x;\n  throw new Error(s.stream);\n}")
	var ids []string
	publish := func(name string) {
		m := ask(peer("v"), media.KindPublish, name)
		ids = append(ids, m.ID)
		if _, err := r.Publish(context.Background(), m); err == nil {
			t.Errorf("%s is admitted", name)
		}
	}
	for _, name := range []string{"reads", "a", "a", "a", "b"} {
		publish(name)
	}
	got := r.ScriptFaults()
	for i := range got {
		if time.Since(got[i].At) > time.Minute || !strings.Contains(got[i].Stack, "srs.conf") {
			t.Errorf("%+v, want a time and a stack", got[i])
		}
		got[i].At, got[i].Stack, got[i].Col = time.Time{}, "", 0
	}
	fault := func(session, message string, line int, count uint64) ScriptFault {
		return ScriptFault{
			VHost: "v", Directive: "js_on_publish", Handler: "srs.conf:3", Session: session, Result: CallError,
			Message: message, File: "srs.conf", Line: line, Count: count,
		}
	}
	want := []ScriptFault{
		fault(ids[4], "Error: b", 5, 1), fault(ids[3], "Error: a", 5, 3),
		fault(ids[0], "TypeError: Cannot read property 'x' of undefined", 4, 1),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if last := r.HandlerCounts()[0].Last; last == nil || last.Message != "Error: b" {
		t.Errorf("the handler's last: %+v, want b", last)
	}
	for i := range 2 * maxFaults {
		publish(fmt.Sprint(i))
	}
	if got := r.ScriptFaults(); len(got) != maxFaults || got[0].Message != "Error: 199" {
		t.Errorf("%d faults, the newest %q, want the last 100", len(got), got[0].Message)
	}
}

// A fault without a place has that of its handler, and no more text than is kept.
func TestFaultOfAnEngine(t *testing.T) {
	h := configured(t, "vhost v { js_on_publish { } }").VHosts[0].OnPublish
	got := newFault("v", h, "name", "id", errors.New(strings.Repeat("é", maxFaultText)))
	if got.File != "srs.conf" || got.Line != 2 || got.Col < 12 || len(got.Message) > maxFaultText+3 || !strings.HasSuffix(got.Message, "é…") {
		t.Errorf("%s:%d:%d: %d bytes, want srs.conf:2 and %d", got.File, got.Line, got.Col, len(got.Message), maxFaultText)
	}
}

// slow is an engine whose calls take as long as they are told.
type slow struct{ took, ran time.Duration }

func (s *slow) Call(context.Context, js.Call) (js.Result, error) {
	time.Sleep(s.took)
	return js.Result{Ran: s.ran}, nil
}
func (*slow) Close(context.Context) error { return nil }

func TestSlowHandlersAreWarnedOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, log := &slow{}, &logged{}
		gen := NewGeneration(1, configured(t, "vhost v { js_on_publish { } }"), e)
		s := &Server{Logger: slog.New(slog.NewTextHandler(log, nil))}
		call := func(took, ran time.Duration) {
			e.took, e.ran = took, ran
			c := js.Call{Origin: js.Origin{Session: "s1"}, Budget: js.Budget{Wall: 3 * time.Second, CPU: 100 * time.Millisecond}}
			if _, err := s.do(t.Context(), gen, "v", gen.vhosts["v"].OnPublish, c, nil); err != nil {
				t.Error(err)
			}
		}
		said := func(n int, words ...string) {
			t.Helper()
			if got := strings.Count(log.String(), "script is slow"); got != n {
				t.Errorf("%d warnings, want %d:\n%s", got, n, log)
			}
			lines := strings.Split(strings.TrimSpace(log.String()), "\n")
			for _, w := range words {
				if !strings.Contains(lines[len(lines)-1], w) {
					t.Errorf("no %q in %s", w, lines[len(lines)-1])
				}
			}
		}
		call(1500*time.Millisecond, 50*time.Millisecond)
		said(0)
		call(1501*time.Millisecond, 0)
		said(1, "level=WARN", "vhost=v", "directive=js_on_publish", "handler=srs.conf:2", "at=srs.conf:2:", "id=s1", "took=1.501s", "limit=3s", "count=1")
		call(2*time.Second, 0)
		call(0, 51*time.Millisecond)
		said(1)
		time.Sleep(time.Minute)
		call(0, 90*time.Millisecond)
		said(2, "ran=90ms", "cpu_limit=100ms", "count=3")
		if n := s.HandlerCounts()[0].Slow; n != 4 {
			t.Errorf("%d slow calls, want 4", n)
		}
	})
}

// What is counted does not grow with reloads: a handler goes with the second
// configuration that has it not.
func TestHandlersOfThePastAreForgotten(t *testing.T) {
	r := newRig(t, "vhost v { js_on_publish { } }", silent{})
	publish := func() { must(r.publish(peer("v"), "a"))(t).Close(nil) }
	names := func() (list []string) {
		for _, n := range r.HandlerCounts() {
			list = append(list, fmt.Sprintf("%s %s %d", n.Handler, n.Directive, n.Results[CallOK]))
		}
		return list
	}
	publish()
	for i, c := range []struct {
		vhosts string
		want   []string
	}{
		{"vhost v { js_on_publish { } }", []string{"srs.conf:2 js_on_publish 2"}},
		{"\nvhost v { js_on_publish { } }", []string{"srs.conf:2 js_on_publish 2", "srs.conf:3 js_on_publish 1"}},
		{"\n\nvhost v { js_on_publish { } }", []string{"srs.conf:3 js_on_publish 1", "srs.conf:4 js_on_publish 1"}},
	} {
		r.Swap(NewGeneration(i+2, configured(t, c.vhosts), silent{}))
		publish()
		if diff := cmp.Diff(c.want, names()); diff != "" {
			t.Errorf("%q: -want +got:\n%s", c.vhosts, diff)
		}
	}
	r.over()
}
