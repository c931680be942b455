package vhost

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"weir/media"
)

// A publisher whom nobody plays is ended, counted from its beginning, from the last
// player's leaving, or from a reload.
func TestKickoffForIdle(t *testing.T) {
	const kicks = "vhost v { publish { kickoff_for_idle 10; } }"
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, kicks, &engine{})
		begun := time.Now()
		after := func(pub media.Publication) time.Duration {
			<-pub.Done()
			if !errors.Is(pub.Err(), errIdle) {
				t.Errorf("ended with %v", pub.Err())
			}
			pub.Close(nil)
			return time.Since(begun).Round(time.Second)
		}
		if at := after(must(r.publish(peer("v"), "a"))(t)); at != 10*time.Second {
			t.Errorf("without players it ends after %v", at)
		}
		begun = time.Now()
		pub := must(r.publish(peer("v"), "a"))(t)
		for range 3 {
			sub := must(r.play(peer("v"), "a"))(t)
			time.Sleep(15 * time.Second)
			sub.Close(nil)
			time.Sleep(5 * time.Second)
		}
		if at := after(pub); at != 65*time.Second {
			t.Errorf("it ends after %v, want 10 s after its last player", at)
		}
		begun = time.Now()
		pub = must(r.publish(peer("v"), "a"))(t)
		time.Sleep(5 * time.Second)
		r.Swap(NewGeneration(2, configured(t, "vhost v { }"), &engine{}))
		time.Sleep(time.Minute)
		r.Swap(NewGeneration(3, configured(t, kicks), &engine{}))
		if at := after(pub); at != 75*time.Second {
			t.Errorf("it ends after %v, want 10 s after the second reload", at)
		}
		r.over()
	})
}

// Timeouts are those of the present configuration.
func TestTimeoutsFollow(t *testing.T) {
	r := newRig(t, "vhost v { publish { normal_timeout 1000; } }", &engine{})
	pub := must(r.publish(peer("v"), "a"))(t)
	timeouts := pub.(*publication).Timeouts
	if _, normal := timeouts(); normal != time.Second {
		t.Errorf("normal_timeout %v, want 1s", normal)
	}
	r.Swap(NewGeneration(2, configured(t, "vhost v { publish { normal_timeout 3000; } }"), &engine{}))
	if _, normal := timeouts(); normal != 3*time.Second {
		t.Errorf("normal_timeout %v, want 3s", normal)
	}
	pub.Close(nil)
	r.over()
}
