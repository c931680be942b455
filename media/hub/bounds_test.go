package hub

import (
	"fmt"
	"testing"
	"time"

	"weir/media"
)

// A group of pictures that is too large is dropped: players wait for the next one.
func TestGOPIsBounded(t *testing.T) {
	for name, s := range map[string]StreamSettings{
		"frames": {GOPCache: true, MinLatency: true, GOPMaxFrames: 10},
		"bytes":  {GOPCache: true, MinLatency: true, GOPMaxBytes: 5000},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, s).publish()
			old := r.play("tcp", SubscribeOptions{}, nil)
			r.write("V0 k0*600")
			old.expect("F:V0 k0@0")
			for at := 40; at < 4000; at += 40 {
				r.write(fmt.Sprintf("v%d*600", at))
				old.expect(fmt.Sprintf("v%d@%d", at, at))
			}
			if st := r.Stats(); st.RingPackets != 0 {
				t.Errorf("the ring holds %d packets", st.RingPackets)
			}
			p := r.play("tcp", SubscribeOptions{}, nil)
			await(t, "join", r.idle)
			r.write("v4000 k4040 v4080")
			p.expect("F:V0 k4040@40 v4080@80")
		})
	}
}

// A keyframe beyond the bound is nowhere to begin; the next one is.
func TestKeyframeBeyondBound(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, MinLatency: true, GOPMaxBytes: 1000}).publish()
	p := r.play("tcp", SubscribeOptions{}, nil)
	r.write("V0 k0*2000 v40 k80 v120")
	p.expect("F:V0 k80@0 v120@40")
}

func TestStreamsVanish(t *testing.T) {
	r := newRig(t, cached)
	for i := range 1000 {
		st := r.hub.Stream(media.Key{VHost: "v", App: "live", Stream: fmt.Sprint(i)}, cached)
		st.Stats()
		pub, err := st.Publish()
		if err != nil {
			t.Fatal(err)
		}
		sub := st.Subscribe(SubscribeOptions{})
		pub.Close(nil)
		pub.Close(nil)
		pub.End(media.ErrShutdown)
		sub.Close(nil)
	}
	if n := len(r.hub.Streams()); n != 0 {
		t.Errorf("%d streams are left", n)
	}
}

func TestStats(t *testing.T) {
	r := newRig(t, cached).publish()
	p := r.play("tcp", SubscribeOptions{}, nil)
	p2 := r.play("tcp", SubscribeOptions{}, nil)
	r.write("V0 A0 k0 a10 v40")
	p.expect("F:V0A0 k0@0 a10@10 v40@40")
	p2.expect("F:V0A0 k0@0 a10@10 v40@40")
	got := r.Stats()
	if got.Since.IsZero() || got.Keyframe.IsZero() {
		t.Error("no time of beginning or of the keyframe")
	}
	if got.VideoHeader == nil || got.AudioHeader == nil {
		t.Error("no sequence headers")
	}
	got.Since, got.Keyframe, got.VideoHeader, got.AudioHeader = time.Time{}, time.Time{}, nil, nil
	want := Stats{
		Key: testKey, Publishing: true, Players: 2, Video: media.H264, Audio: media.AAC,
		Packets: 5, Frames: 2, BytesIn: 12, Time: 40 * time.Millisecond,
		GOPPackets: 3, GOPBytes: 8, RingPackets: 3, RingBytes: 8,
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestSegments(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true}).publish()
	p := r.play("tcp", SubscribeOptions{}, nil)
	r.write("V0")
	for at := 0; at < 4000; at += 40 { // of all sizes, the largest larger than a segment
		w := fmt.Sprintf("v%d*%d", at, at*50)
		if at == 0 {
			w = "k0*1"
		}
		r.write(w)
	}
	p.expect("F:V0 k0@0")
	for at := 40; at < 4000; at += 40 {
		p.expect(fmt.Sprintf("v%d@%d", at, at))
	}
}

func TestRing(t *testing.T) {
	var r ring
	for i := range 100 {
		r.push(&media.Packet{DTS: time.Duration(i), Body: make([]byte, 2)}, 0)
		r.drop(uint64(i / 2))
		if got, want := r.len(), i+1-i/2; got != want {
			t.Fatalf("len %d, want %d", got, want)
		}
		if r.bytes != 2*r.len() {
			t.Fatalf("%d bytes in %d packets", r.bytes, r.len())
		}
		for seq := r.tail; seq < r.head; seq++ {
			if r.at(seq).DTS != time.Duration(seq) {
				t.Fatalf("at(%d) has time %d", seq, r.at(seq).DTS)
			}
		}
	}
	r.drop(1000)
	if r.len() != 0 || r.bytes != 0 {
		t.Errorf("%d packets, %d bytes are left", r.len(), r.bytes)
	}
}
