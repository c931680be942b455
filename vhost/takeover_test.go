package vhost

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"weir/js"
	"weir/media"
)

// takers are handlers that take every stream over and note the order of things.
func takers(unpublish func(js.Call) (js.Result, error)) *engine {
	return &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_publish": always(effect("takeover"), nil), "js_on_unpublish": unpublish,
	}}
}

// serve does what a protocol does: it holds the stream until the server ends that.
func serve(pub media.Publication) {
	<-pub.Done()
	pub.Close(errors.New("the connection that followed"))
}

// A thousand publishers who take one stream over at once: there is one owner at
// each time, each is admitted after the event of the one before, each gate has one event.
func TestTakeOverStorm(t *testing.T) {
	const peers = 1000
	var living atomic.Int64 // admitted, and the unpublish event is not over
	var gone sync.Map
	e := takers(func(c js.Call) (js.Result, error) {
		if _, again := gone.LoadOrStore(c.Origin.Session, true); again {
			t.Errorf("a second unpublish of %s", c.Origin.Session)
		}
		if shown(c, "bytesIn") == int64(1) { // it was admitted
			living.Add(-1)
		}
		return js.Result{}, nil
	})
	r := newRig(t, "vhost v { "+every+" }", e)
	var admitted atomic.Int64
	var all sync.WaitGroup
	for range peers {
		all.Go(func() {
			s := ask(peer("v"), media.KindPublish, "a")
			s.BytesIn.Store(1)
			pub, err := r.Publish(context.Background(), s)
			if err != nil {
				if !errors.Is(err, media.ErrTakenOver) {
					t.Errorf("refused: %v", err)
				}
				return
			}
			admitted.Add(1)
			serve(pub)
		})
	}
	all.Go(func() {
		await(t, "one publisher to remain", func() bool { return e.count("js_on_publish") == peers && len(r.Clients()) == 1 })
		if n := len(r.Streams()); n != 1 {
			t.Errorf("%d streams, want 1", n)
		}
		r.KickAny(r.Clients()[0].ID, "last")
	})
	all.Wait()
	r.over()
	if n := e.count("js_on_unpublish"); n != peers {
		t.Errorf("%d unpublish events of %d gates", n, peers)
	}
	t.Logf("%d of %d were admitted", admitted.Load(), peers)
}

// The one who takes over is told so after the holder's event is over, whoever
// else comes meanwhile.
func TestTakeOverWaitsForTheEvent(t *testing.T) {
	release, begun := make(chan struct{}), make(chan struct{})
	var once sync.Once
	e := takers(func(js.Call) (js.Result, error) {
		once.Do(func() { close(begun); <-release })
		return js.Result{}, nil
	})
	r := newRig(t, "vhost v { "+every+" }", e)
	go serve(must(r.publish(peer("v"), "a"))(t))
	results := make(chan error, 2)
	take := func() {
		pub, err := r.publish(peer("v"), "a")
		results <- err
		if err == nil {
			serve(pub)
		}
	}
	go take()
	<-begun
	go take()
	await(t, "the third gate", func() bool { return e.count("js_on_publish") == 3 })
	select {
	case err := <-results:
		if err == nil {
			t.Error("a newcomer was admitted while the holder's event runs")
		}
	case <-time.After(100 * time.Millisecond): // what must not happen has no event to wait for
	}
	close(release)
	for range 2 {
		<-results
	}
	r.over()
}

// A holder whose event hangs holds the newcomer up for a bounded time.
func TestTakeOverTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		e := takers(func(js.Call) (js.Result, error) { <-release; return js.Result{}, nil })
		r := newRig(t, "vhost v { "+every+" }", e)
		go serve(must(r.publish(peer("v"), "a"))(t))
		begun := time.Now()
		pub := must(r.publish(peer("v"), "a"))(t)
		if took := time.Since(begun); took > EventTimeout {
			t.Errorf("the newcomer waited %v", took)
		}
		close(release)
		pub.Close(nil)
		r.over()
	})
}

// A peer that leaves while it waits for the holder's event is not admitted, and
// leaves the stream free.
func TestTakerLeaves(t *testing.T) {
	release := make(chan struct{})
	begun := make(chan struct{})
	var once sync.Once
	e := takers(func(js.Call) (js.Result, error) {
		once.Do(func() { close(begun); <-release })
		return js.Result{}, nil
	})
	r := newRig(t, "vhost v { "+every+" }", e)
	go serve(must(r.publish(peer("v"), "a"))(t))
	ctx, leave := context.WithCancel(context.Background())
	answer := make(chan error, 1)
	go func() {
		_, err := r.Publish(ctx, ask(peer("v"), media.KindPublish, "a"))
		answer <- err
	}()
	<-begun
	leave()
	close(release)
	if err := <-answer; err != nil { // it may have been admitted just before
		must(r.publish(peer("v"), "a"))(t).Close(nil)
	}
	r.over()
}

// Without takeover the first of many has the stream, and the others are refused.
func TestOneOfManyIsAdmitted(t *testing.T) {
	const peers = 1000
	e := &engine{}
	r := newRig(t, "vhost v { "+every+" }", e)
	var busy atomic.Int64
	owners := make(chan media.Publication, peers)
	var all sync.WaitGroup
	for range peers {
		all.Go(func() {
			switch pub, err := r.publish(peer("v"), "a"); {
			case err == nil:
				owners <- pub
			case errors.Is(err, media.ErrBusy):
				busy.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(owners) != 1 || busy.Load() != peers-1 {
		t.Fatalf("%d admitted, %d busy", len(owners), busy.Load())
	}
	await(t, "events of the refused", func() bool { return e.count("js_on_unpublish") == peers-1 })
	(<-owners).Close(nil)
	r.over()
}
