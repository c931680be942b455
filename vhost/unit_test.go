package vhost

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
)

// generation compiles a configuration for the real engine.
func (r *rig) generation(number int, text string) *Generation {
	r.t.Helper()
	fsys := fstest.MapFS{"srs.conf": {Data: []byte("listen 1935;\n" + text)}}
	c, found := conf.Load(fsys, "srs.conf")
	if found.HasErrors() {
		r.t.Fatalf("%v", found)
	}
	program, err := js.Compile(fsys, c.Sources(), js.Options{})
	if err != nil {
		r.t.Fatal(err)
	}
	pool, err := js.NewPool(program, js.Options{Classes: hook.Classes(), Host: r.Server})
	if err != nil {
		r.t.Fatal(err)
	}
	return NewGeneration(number, c, pool)
}

// said are the lines of the log that scripts wrote, from the word "say" on.
func (r *rig) said() []string {
	var list []string
	for line := range strings.SplitSeq(r.log.String(), "\n") {
		if _, text, ok := strings.Cut(line, "msg=\"say "); ok {
			text, _, _ = strings.Cut(text, "\"")
			list = append(list, text)
		}
	}
	return list
}

// Scripts begin with their generation and end with it: a timer of the old one does
// not run into its js_on_exit, and the new one begins ahead of the old one's end.
func TestScriptsLiveWithTheirGeneration(t *testing.T) {
	text := `
		js_on_start { v.log('say start of [' + v.name + '] ' + v.generation); }
		js_on_exit { v.log('say exit of [' + v.name + '] ' + v.generation); }
		vhost v {
			js_on_start { setInterval(() => v.log('say tick'), 1); v.log('say start of ' + v.name + ' ' + v.generation); }
			js_on_exit { v.log('say exit of ' + v.name + ' ' + v.generation); await new Promise(go => setTimeout(go, 20)); v.log('say over'); }
		}
		vhost off { enabled off; js_on_start { v.log('say no'); } }`
	r := newRig(t, "vhost v { }", nil)
	r.Start(r.generation(1, text))
	r.Begin(r.Generation())
	await(t, "a tick", func() bool { return slices.Contains(r.said(), "tick") })
	next := r.generation(2, "vhost v { js_on_start { v.log('say start of ' + v.name + ' ' + v.generation); } js_on_exit { v.log('say exit 2'); } }")
	r.Begin(next)
	old := r.Swap(next)
	<-old.Ended()
	if err := old.Close(t.Context()); err != nil {
		t.Error(err)
	}
	r.over()
	if err := next.Close(t.Context()); err != nil {
		t.Error(err)
	}
	said := r.said()
	exit := slices.Index(said, "exit of v 1")
	if exit < 0 || slices.Contains(said[exit:], "tick") {
		t.Errorf("a timer ran after the exit: %q", said)
	}
	said = slices.DeleteFunc(said, func(s string) bool { return s == "tick" })
	slices.Sort(said[:2]) // the server and the vhost begin and end together
	slices.Sort(said[3:5])
	want := []string{"start of [] 1", "start of v 1", "start of v 2", "exit of [] 1", "exit of v 1", "over", "exit 2"}
	if d := cmp.Diff(want, said); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// A vhost that was removed keeps its scripts until its last event; the others' end
// at once.
func TestRemovedVHostKeepsItsScripts(t *testing.T) {
	e := &engine{}
	r := newRig(t, "vhost gone { js_on_exit { } js_on_unpublish { } } vhost w { js_on_exit { } js_on_play { } }", e)
	r.Begin(r.Generation())
	pub := must(r.publish(peer("gone"), "a"))(t)
	must(r.play(peer("w"), "a"))(t).Close(nil)
	old := r.Swap(NewGeneration(2, configured(t, "vhost w { }"), nil))
	await(t, "the exit of w", func() bool { return e.count("js_on_exit w") == 1 })
	if n := e.count("js_on_exit gone"); n != 0 {
		t.Error("the scripts of a session that lives have ended")
	}
	pub.Close(nil)
	<-old.Ended()
	if err := old.Close(t.Context()); err != nil {
		t.Error(err)
	}
	r.over()
	e.mu.Lock()
	defer e.mu.Unlock()
	if last := e.calls[len(e.calls)-2:]; !strings.HasPrefix(last[0], "js_on_unpublish gone") || !strings.HasPrefix(last[1], "js_on_exit gone") {
		t.Errorf("at the end came %q", last)
	}
}

// A generation that never began has no end either.
func TestGenerationThatNeverBegan(t *testing.T) {
	r := newRig(t, "vhost v { }", nil)
	g := r.generation(1, "vhost v { js_on_start { v.log('say start'); } js_on_exit { v.log('say exit'); } }")
	if err := g.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if said := r.said(); len(said) > 0 {
		t.Errorf("it said %q", said)
	}
}

// Begin waits for js_on_start, but not for one that takes longer than js_timeout,
// or than startWait.
func TestBeginIsBounded(t *testing.T) {
	for timeout, want := range map[string]time.Duration{"2s": 2 * time.Second, "1m": startWait} {
		t.Run(timeout, func(t *testing.T) { testBegin(t, timeout, want) })
	}
}

func testBegin(t *testing.T, timeout string, want time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		e := &engine{do: map[string]func(js.Call) (js.Result, error){
			"js_on_start": func(js.Call) (js.Result, error) { <-release; return js.Result{}, nil },
		}}
		r := newRig(t, "vhost v { js_timeout "+timeout+"; js_on_start { } js_periodic { } }", e)
		begun := time.Now()
		r.Begin(r.Generation())
		if took := time.Since(begun); took != want {
			t.Errorf("it took %v, want %v", took, want)
		}
		time.Sleep(time.Minute)
		if n := e.count("js_periodic"); n != 0 {
			t.Errorf("js_periodic ran %d times ahead of the end of js_on_start", n)
		}
		close(release)
		r.over()
		if err := r.Generation().Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestPeriodic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		long := make(chan struct{})
		e := &engine{do: map[string]func(js.Call) (js.Result, error){}}
		e.do["js_periodic"] = func(c js.Call) (js.Result, error) {
			switch c.Func.Inline {
			case "srs.conf:3":
				<-long
			case "srs.conf:4":
				return js.Result{}, &js.Error{Message: "boom"}
			}
			return js.Result{}, nil
		}
		r := newRig(t, `js_periodic interval=10s { }
			vhost v { js_periodic interval=1s { }
				js_periodic interval=20s jitter=5s { } } vhost w { }`, e)
		r.Begin(r.Generation())
		time.Sleep(time.Minute + time.Millisecond)
		if n := e.count("js_periodic  "); n != 6 {
			t.Errorf("the server's ran %d times in a minute, want 6", n)
		}
		if n := strings.Count(r.log.String(), "boom"); n < 2 || n > 3 {
			t.Errorf("the one that throws ran %d times in a minute, want 2 or 3", n)
		}
		if n := strings.Count(r.log.String(), "js_periodic is skipped"); n != 1 {
			t.Errorf("skipping is told %d times, want once:\n%s", n, r.log)
		}
		if n := e.count("js_periodic w"); n != 0 {
			t.Errorf("that of the top level ran %d times in a vhost", n)
		}
		close(long)
		old := r.Swap(NewGeneration(2, configured(t, "vhost v { }"), nil))
		before := e.count("js_periodic")
		time.Sleep(time.Minute)
		if n := e.count("js_periodic"); n != before {
			t.Errorf("it ran %d times after its generation was replaced", n-before)
		}
		if err := old.Close(context.Background()); err != nil {
			t.Error(err)
		}
		r.over()
	})
}
