package vhost

import (
	"testing"

	"weir/js/hook"
	"weir/media"
	"weir/media/mediatest"
)

// A reload between the look at a publisher's settings and the moment when its stream
// is there finds no stream to give the new ones to.
func TestPublishInTheInstantOfAReload(t *testing.T) {
	r := newRig(t, "vhost v { }", nil)
	m := ask(peer("v"), media.KindPublish, "a")
	se := must(r.enter(r.connection(m.Connection), media.KindPublish, m.ID, "v", m))(t)
	if _, err := r.claim(se.Key(), se, hook.Verdict{}); err != nil {
		t.Fatal(err)
	}
	_, v := se.now()
	r.Swap(NewGeneration(2, configured(t, "vhost v { play { gop_cache_max_frames 2; } }"), nil))
	pub := must(se.begin(se.Key(), v, must(r.Hub.Stream(se.Key(), streamSettings(v)).Publish())(t)))(t)
	for _, p := range mediatest.GOP(3) {
		if p.Kind == media.Video && !p.Config {
			if err := pub.WritePacket(p); err != nil {
				t.Fatal(err)
			}
		}
	}
	if st, _ := r.Hub.Stats(se.Key()); st.GOPPackets != 0 {
		t.Errorf("a group of %d packets is kept, though the bound is 2", st.GOPPackets)
	}
	pub.Close(nil)
	r.over()
}
