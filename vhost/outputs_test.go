package vhost

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"weir/conf"
	"weir/media"
)

// recorder makes outputs that note what becomes of them.
type recorder struct {
	mu     sync.Mutex
	events []string
	hold   chan struct{} // an output that was cancelled ends when it is closed; nil: at once
	fail   error
}

type output struct {
	*recorder
	set string
}

func (o output) Name() string { return "hls" }

func (o output) Run(ctx context.Context, k media.Key, sub media.Subscription) error {
	o.note("begin %s %s", k.Path(), o.set)
	defer o.note("end %s %s", k.Path(), o.set)
	if o.fail != nil {
		return o.fail
	}
	<-ctx.Done()
	if o.hold != nil {
		o.note("finish %s %s", k.Path(), o.set)
		<-o.hold
	}
	return nil
}

func (r *recorder) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, fmt.Sprintf(format, args...))
}

// expect waits for the events so far.
func (r *recorder) expect(t *testing.T, want ...string) {
	t.Helper()
	get := func() []string {
		r.mu.Lock()
		defer r.mu.Unlock()
		return slices.Clone(r.events)
	}
	await(t, strings.Join(want, ", "), func() bool { return len(get()) >= len(want) })
	if d := cmp.Diff(want, get(), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("events (-want +got):\n%s", d)
	}
}

// outputs gives the streams of r what rec makes, by hls_fragment, where hls is enabled.
func (rec *recorder) outputs(r *rig) {
	r.Outputs = func(v *conf.VHost, _ media.Key) []Output {
		if !v.HLS.Enabled {
			return nil
		}
		set := v.HLS.Fragment.String()
		return []Output{{Output: output{rec, set}, Settings: set}}
	}
}

const (
	hls2   = "vhost v { hls { enabled on; hls_fragment 2; } }"
	hls3   = "vhost v { hls { enabled on; hls_fragment 3; } }"
	hlsOff = "vhost v { }"
)

func TestOutputOutlivesARepublish(t *testing.T) {
	rec := &recorder{}
	r := newRig(t, hls2, nil)
	rec.outputs(r)
	for range 3 {
		must(r.publish(peer("v"), "a"))(t).Close(nil)
	}
	r.over()
	rec.expect(t, "begin live/a 2s", "end live/a 2s")
}

// Other settings take effect with the next publish: the output ends, then the new
// one begins.
func TestChangedOutputFollowsTheOld(t *testing.T) {
	rec := &recorder{hold: make(chan struct{})}
	r := newRig(t, hls2, nil)
	rec.outputs(r)
	pub := must(r.publish(peer("v"), "a"))(t)
	rec.expect(t, "begin live/a 2s")
	r.Swap(NewGeneration(2, configured(t, hls3), nil))
	rec.expect(t, "begin live/a 2s")
	pub.Close(nil)
	must(r.publish(peer("v"), "a"))(t).Close(nil)
	rec.expect(t, "begin live/a 2s", "finish live/a 2s")
	close(rec.hold)
	rec.expect(t, "begin live/a 2s", "finish live/a 2s", "end live/a 2s", "begin live/a 3s")
	r.over()
}

// An output that was switched off and on again while it finishes is made again.
func TestOutputSwitchedOffAndOn(t *testing.T) {
	rec := &recorder{hold: make(chan struct{})}
	r := newRig(t, hls2, nil)
	rec.outputs(r)
	for i, text := range []string{hls2, hlsOff, hls2} {
		r.Swap(NewGeneration(i+2, configured(t, text), nil))
		must(r.publish(peer("v"), "a"))(t).Close(nil)
	}
	rec.expect(t, "begin live/a 2s", "finish live/a 2s")
	close(rec.hold)
	rec.expect(t, "begin live/a 2s", "finish live/a 2s", "end live/a 2s", "begin live/a 2s")
	r.over()
}

// A publish goes on without an output that fails, and the next one gets it again.
func TestOutputFails(t *testing.T) {
	rec := &recorder{fail: errors.New("disk is full")}
	r := newRig(t, hls2, nil)
	rec.outputs(r)
	for i := range 2 {
		pub := must(r.publish(peer("v"), "a"))(t)
		await(t, "the output's end", func() bool {
			r.mu.Lock()
			defer r.mu.Unlock()
			return len(r.outputs) == 0
		})
		if err := pub.WritePacket(&media.Packet{Kind: media.Audio, Body: []byte{0xaf, 1}}); err != nil {
			t.Errorf("write: %v", err)
		}
		pub.Close(nil)
		if n := strings.Count(r.log.String(), "disk is full"); n != i+1 {
			t.Errorf("%d lines about the failure, want %d", n, i+1)
		}
	}
	r.over()
}

// A publisher that is ended while it is admitted leaves no output behind.
func TestOutputOfAKickedPublisher(t *testing.T) {
	rec := &recorder{}
	r := newRig(t, hls2, nil)
	r.Outputs = func(*conf.VHost, media.Key) []Output {
		for _, c := range r.Clients() {
			r.KickAny(c.ID, "")
		}
		return []Output{{Output: output{rec, ""}}}
	}
	pub := must(r.publish(peer("v"), "a"))(t)
	<-pub.Done()
	pub.Close(nil)
	r.empty()
	rec.expect(t)
	r.over()
}

func TestStreamsWithoutOutputsLeaveNothing(t *testing.T) {
	rec := &recorder{}
	r := newRig(t, hlsOff, nil)
	rec.outputs(r)
	for i := range 10 {
		must(r.publish(peer("v"), fmt.Sprint(i)))(t).Close(nil)
	}
	r.empty()
	r.over()
}
