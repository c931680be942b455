package vhost

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/conf"
	"weir/js"
	"weir/media"
)

// js_on_hls hears of the segments of a stream in its publisher's name, of the last
// one too, which is complete when the publisher has left.
func TestSegmentsAreTold(t *testing.T) {
	told := make(chan []any, 10)
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_hls": func(c js.Call) (js.Result, error) {
			told <- []any{c.Origin.Session, shown(c, "stream"), c.Args[1]}
			return js.Result{}, nil
		},
	}}
	r := newRig(t, "vhost v { js_on_hls { } } vhost w { }", e)
	rec := &recorder{}
	r.Outputs = func(*conf.VHost, media.Key) []Output { return []Output{{Output: output{rec, "a"}}} }
	s := ask(peer("v"), media.KindPublish, "a")
	pub := must(r.Publish(context.Background(), s))(t)
	r.Segment(media.Key{VHost: "w", App: "live", Stream: "a"}, File{})
	r.Segment(media.Key{VHost: "v", App: "live", Stream: "other"}, File{})
	f := File{URL: "live/a-0.ts", Seq: 7, Duration: 2500 * time.Millisecond, Size: 100}
	want := []any{s.ID, "a", map[string]any{"path": "", "url": "live/a-0.ts", "seq": int64(7), "duration": 2.5, "size": int64(100)}}
	r.Segment(pub.Key(), f)
	if d := cmp.Diff(want, <-told); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	pub.Close(nil)
	r.Segment(pub.Key(), f)
	if d := cmp.Diff(want, <-told); d != "" {
		t.Errorf("the last one -want +got\n%s", d)
	}
	r.over()
}

// A handler that hangs does not gather files without end, and delays no session's
// end.
func TestFilesAreBounded(t *testing.T) {
	release := make(chan struct{})
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_hls": func(js.Call) (js.Result, error) { <-release; return js.Result{}, nil },
	}}
	r := newRig(t, "vhost v { js_on_hls { } js_on_unpublish { } }", e)
	pub := must(r.publish(peer("v"), "a"))(t)
	for range maxFiles + queueWorkers + 100 {
		r.Segment(pub.Key(), File{})
	}
	if n := strings.Count(r.log.String(), "too many wait"); n < 100 || n > 100+queueWorkers {
		t.Errorf("%d files were not told, want 100 or few more", n)
	}
	pub.Close(nil)
	await(t, "the unpublish event", func() bool { return e.count("js_on_unpublish") == 1 })
	close(release)
	r.over()
}
