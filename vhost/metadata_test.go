package vhost

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/media"
	"weir/media/rtmp/amf0"
)

func metadata(values ...any) *media.Packet {
	return &media.Packet{Kind: media.Data, Body: amf0.Append(nil, values...)}
}

// received are the bodies that a reader of a stream gets, until it has n of them.
func received(t *testing.T, sub media.Subscription, n int) [][]any {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var all [][]any
	for len(all) < n {
		into := make([]*media.Packet, 16)
		k, err := sub.Next(ctx, into)
		if err != nil {
			t.Fatalf("after %d packets: %v", len(all), err)
		}
		for _, p := range into[:k] {
			if p.Kind != media.Data {
				all = append(all, []any{"frame"})
				continue
			}
			values, err := amf0.Decode(p.Body)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, values)
		}
	}
	return all
}

func frame(ms int) *media.Packet {
	return &media.Packet{
		Kind: media.Video, Codec: media.H264, Key: true, DTS: time.Duration(ms) * time.Millisecond, Body: []byte{0x17, 1, 0, 0, 0, 1},
	}
}

// Media does not wait for js_on_metadata: what it says follows when it has said it.
func TestMetadataIsEdited(t *testing.T) {
	answer, asked := make(chan js.Result), make(chan js.Value, 1)
	e := &engine{do: map[string]func(js.Call) (js.Result, error){
		"js_on_metadata": func(c js.Call) (js.Result, error) { asked <- c.Args[1]; return <-answer, nil },
	}}
	r := newRig(t, "vhost v { min_latency on; js_on_metadata { } }", e)
	pub := must(r.publish(peer("v"), "a"))(t)
	sub := must(r.play(peer("v"), "a"))(t)
	write := func(p *media.Packet) {
		t.Helper()
		if err := pub.WritePacket(p); err != nil {
			t.Fatal(err)
		}
	}
	write(metadata("onMetaData", amf0.Array{
		{Name: "width", Value: 640.0}, {Name: "encoder", Value: "x"}, {Name: "when", Value: time.UnixMilli(5).UTC()}, {Name: "list", Value: []any{1.0}},
	}))
	if d := cmp.Diff(js.Value(map[string]any{"width": 640.0, "encoder": "x", "when": 5.0, "list": []any{1.0}}), <-asked); d != "" {
		t.Errorf("the script sees (-want +got)\n%s", d)
	}
	write(frame(0))
	write(metadata("onCuePoint", "now"))
	if d := cmp.Diff([][]any{{"frame"}, {"onCuePoint", "now"}}, received(t, sub, 2)); d != "" {
		t.Errorf("meanwhile (-want +got)\n%s", d)
	}
	answer <- js.Result{Value: map[string]any{"width": int64(320), "when": 5.0, "title": "Show", "list": []any{map[string]any{"a": true}}}}
	p := pub.(*publication)
	await(t, "the answer", func() bool { return len(p.edit.body) == 1 })
	write(frame(40))
	want := amf0.Array{
		{Name: "width", Value: 320.0},
		{Name: "when", Value: time.UnixMilli(5).UTC()},
		{Name: "list", Value: []any{amf0.Object{{Name: "a", Value: true}}}},
		{Name: "title", Value: "Show"},
	}
	if d := cmp.Diff([][]any{{"onMetaData", want}, {"frame"}}, received(t, sub, 2)); d != "" {
		t.Errorf("edited (-want +got)\n%s", d)
	}
	if st := r.stream(pub.Key()); st.Video.Width != 320 {
		t.Errorf("scripts are told of %+v", st.Video)
	}
	sub.Close(nil)
	pub.Close(nil)
	r.over()
}

// What fails, or says nothing, leaves the metadata as it is.
func TestMetadataStays(t *testing.T) {
	for name, answer := range map[string]func(js.Call) (js.Result, error){
		"nothing":     always(js.Result{}, nil),
		"no object":   always(js.Result{Value: "text"}, nil),
		"bytes in it": always(js.Result{Value: map[string]any{"b": []byte("x")}}, nil),
		"fails":       always(js.Result{}, &js.Error{Message: "boom"}),
		"late":        always(js.Result{}, js.ErrTimeout),
	} {
		e := &engine{do: map[string]func(js.Call) (js.Result, error){"js_on_metadata": answer}}
		r := newRig(t, "vhost v { min_latency on; js_on_metadata { } }", e)
		pub := must(r.publish(peer("v"), "a"))(t)
		sub := must(r.play(peer("v"), "a"))(t)
		old := metadata("onMetaData", amf0.Object{{Name: "width", Value: 640.0}})
		if err := pub.WritePacket(old); err != nil {
			t.Fatal(err)
		}
		p := pub.(*publication)
		await(t, "the answer", func() bool { return len(p.edit.body) == 1 })
		if err := pub.WritePacket(frame(0)); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([][]any{{"onMetaData", amf0.Object{{Name: "width", Value: 640.0}}}, {"frame"}}, received(t, sub, 2)); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
		sub.Close(nil)
		pub.Close(nil)
		r.over()
	}
}
