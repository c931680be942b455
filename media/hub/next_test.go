package hub

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
)

// read calls Next until it has n packets or an error; an error is the last word.
func (r *rig) read(s *Subscription, n int) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var words []string
	into := make([]*media.Packet, 4)
	for len(words) < n {
		k, err := s.Next(ctx, into[:min(len(into), n-len(words))])
		for _, p := range into[:k] {
			body, _, _ := strings.Cut(strings.TrimPrefix(string(p.Body), string(onMetaData)), "*")
			words = append(words, fmt.Sprintf("%s@%d", body, p.DTS.Milliseconds()))
		}
		if err != nil {
			words = append(words, err.Error())
			break
		}
	}
	return strings.Join(words, " ")
}

func TestNext(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, MWLatency: 100 * time.Millisecond}).publish()
	s := r.Subscribe(SubscribeOptions{})
	defer s.Close(nil)
	r.write("m0 V0 A0 k0 a10 v40 k80 a90")
	want := "m0@80 V0@80 A0@80 k80@80 a90@90"
	if diff := cmp.Diff(want, r.read(s, 5)); diff != "" {
		t.Errorf("the newest group (-want +got):\n%s", diff)
	}
	r.write("v120 V160 k160")
	if diff := cmp.Diff("v120@120 V160@120 k160@160", r.read(s, 3)); diff != "" {
		t.Errorf("what follows (-want +got):\n%s", diff)
	}
	r.pub.Close(nil)
	gone := media.ErrUnpublished.Error()
	if diff := cmp.Diff(gone, r.read(s, 1)); diff != "" {
		t.Errorf("after the publisher left (-want +got):\n%s", diff)
	}
	r.publish().write("V0 v0 k40 v80")
	r.pub.Close(nil)
	if diff := cmp.Diff("V0@240 k40@240 v80@280 "+gone, r.read(s, 4)); diff != "" {
		t.Errorf("the next publisher (-want +got):\n%s", diff)
	}
}

// An output that is given its processor late still has the whole stream.
func TestNextFromHere(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, MWLatency: 100 * time.Millisecond}).publish()
	s := r.Subscribe(SubscribeOptions{FromHere: true})
	defer s.Close(nil)
	r.write("V0 k0 v40 k80 v120 k160")
	if diff := cmp.Diff("V0@0 k0@0 v40@40 k80@80 v120@120 k160@160", r.read(s, 6)); diff != "" {
		t.Errorf("from the publisher's first packet (-want +got):\n%s", diff)
	}
	late := r.Subscribe(SubscribeOptions{FromHere: true})
	defer late.Close(nil)
	r.write("v200 k240")
	if diff := cmp.Diff("V0@160 k160@160 v200@200 k240@240", r.read(late, 4)); diff != "" {
		t.Errorf("in mid-stream (-want +got):\n%s", diff)
	}
}

func TestNextWakesOnStall(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, MWLatency: 100 * time.Millisecond}).publish()
	s := r.Subscribe(SubscribeOptions{})
	defer s.Close(nil)
	r.write("V0 k0")
	r.read(s, 2)
	got := make(chan string)
	go func() { got <- r.read(s, 1) }()
	await(t, "wait", func() bool {
		s.src.mu.Lock()
		defer s.src.mu.Unlock()
		return s.src.more != nil
	})
	r.write("v40")
	if diff := cmp.Diff("v40@40", <-got); diff != "" {
		t.Errorf("Next (-want +got):\n%s", diff)
	}
}

func TestNextOfLaggard(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, QueueLength: 2 * time.Second}).publish()
	s := r.Subscribe(SubscribeOptions{})
	defer s.Close(nil)
	r.write("V0 k0 v40")
	if diff := cmp.Diff("V0@0 k0@0", r.read(s, 2)); diff != "" {
		t.Errorf("Next (-want +got):\n%s", diff)
	}
	for at := 1000; at < 10000; at += 1000 {
		r.write(fmt.Sprintf("k%d v%d", at, at+500))
	}
	if n := r.Stats().RingPackets; n > 8 {
		t.Errorf("the ring holds %d packets for a laggard", n)
	}
	if diff := cmp.Diff("V0@9000 k9000@9000 v9500@9500", r.read(s, 3)); diff != "" {
		t.Errorf("after the lag (-want +got):\n%s", diff)
	}
}

// A Next that was under way when its subscription closed leaves nothing behind that
// would hold packets.
func TestNextOfClosed(t *testing.T) {
	r := newRig(t, cached).publish()
	s := r.Subscribe(SubscribeOptions{})
	s.Close(nil)
	if _, _, err := s.src.read(&s.cursor, make([]*media.Packet, 1)); err != nil {
		t.Error(err)
	}
	if n := r.Stats().Outputs; n != 0 {
		t.Errorf("%d outputs", n)
	}
}

func TestNextEnds(t *testing.T) {
	r := newRig(t, cached).publish()
	s := r.Subscribe(SubscribeOptions{EndWithPublication: true})
	kicked := r.Subscribe(SubscribeOptions{})
	got := make(chan string)
	go func() { got <- r.read(kicked, 1) }()
	kicked.End(&media.Kicked{Reason: "test"})
	if diff := cmp.Diff("kicked: test", <-got); diff != "" {
		t.Errorf("after End (-want +got):\n%s", diff)
	}
	r.pub.Close(nil)
	for range 2 {
		if diff := cmp.Diff(media.ErrUnpublished.Error(), r.read(s, 1)); diff != "" {
			t.Errorf("after the publisher left (-want +got):\n%s", diff)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	waits := r.Subscribe(SubscribeOptions{})
	if _, err := waits.Next(ctx, make([]*media.Packet, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Next of a cancelled context: %v", err)
	}
	for _, s := range []*Subscription{s, kicked, waits} {
		s.Close(nil)
		s.Close(nil)
	}
	if n := len(r.hub.Streams()); n != 0 {
		t.Errorf("%d streams are left", n)
	}
}
