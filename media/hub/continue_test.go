package hub

import (
	"errors"
	"testing"

	"weir/media"
)

// A track that a player was given no time for begins with new headers.
func TestTracksThatComeLate(t *testing.T) {
	tests := []struct{ name, first, sees, then, want string }{
		{"audio", "V0 k0 v40", "F:V0 k0@0 v40@40", "A40 a60 v80 a83", "B:V0A40 a60@60 v80@80 a83@83"},
		{"audio without header", "V0 k0 v40", "F:V0 k0@0 v40@40", "a60 a83", "B:V0 a60@60 a83@83"},
		{"audio behind the video", "V0 k2000 v2040", "F:V0 k2000@0 v2040@40", "A0 a1000 a2050", "B:V0A0 a1000@0 a2050@50"},
		{"video", "A0 a0 a20", "F:A0 a0@0 a20@20", "V20 k40 a41", "B:V20A0 k40@40 a41@41"},
		{"data", "V0 k0 v40", "F:V0 k0@0 v40@40", "d50 v80 d90", "B:V0 d50@50 v80@80 d90@90"},
		{"metadata", "V0 k0 v40", "F:V0 k0@0 v40@40", "m0 v80 m0 v120", "B:m0V0 v80@80 m0@80 v120@120"},
		{"new headers", "V0 A0 k0 a10", "F:V0A0 k0@0 a10@10", "V80 k80 A0 a90", "V80@0 k80@80 A0@10 a90@90"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, cached)
			p := r.play("tcp", SubscribeOptions{}, nil)
			r.publish().write(test.first)
			p.expect(test.sees)
			r.write(test.then)
			p.expect(test.want)
		})
	}
}

// A track that pauses does not move the zero of players that come then.
func TestTrackThatPauses(t *testing.T) {
	r := newRig(t, cached).publish()
	old := r.play("tcp", SubscribeOptions{}, nil)
	r.write("V0 A0 k0 a10 v40")
	old.expect("F:V0A0 k0@0 a10@10 v40@40")
	r.write("v1000 v2000 k3000 v3040")
	old.expect("v1000@1000 v2000@2000 k3000@3000 v3040@3040")
	p := r.play("tcp", SubscribeOptions{}, nil)
	p.expect("F:V0A0 k3000@1000 v3040@1040") // a frame lasts a second here
	r.write("a3060 v3080 a3083")
	p.expect("B:V0A0 a3060@1060 v3080@1080 a3083@1083")
	old.expect("B:V0A0 a3060@3060 v3080@3080 a3083@3083")
}

// Players that a publisher leaves are served by the next one, whose time goes on.
func TestRepublish(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached).publish()
		p := r.play(link, SubscribeOptions{}, nil)
		r.write("m0 V0 A0 k0 a0 v40 a21")
		p.expect("F:m0V0A0 k0@0 a0@0 v40@40 a21@21")
		r.pub.Close(nil)
		r.publish().write("V7000 k7000 v7033 A7000 a7010")
		p.expect("B:V7000 k7000@80 v7033@113 B:V7000A7000 a7010@90")
		q := r.play(link, SubscribeOptions{}, nil)
		q.expect("F:V7000 k7000@0 v7033@33 B:V7000A7000 a7010@10")
	})
}

func TestTimeJumps(t *testing.T) {
	tests := []struct{ name, packets, want string }{
		{"back", "k9000 a9010 v9040 v0 a0 v40 a21", "F:V0A0 k9000@0 a9010@10 v9040@40 v0@80 a0@80 v40@120 a21@101"},
		{"an hour ahead", "k0 a10 v40 v3600000 a3600005 v3600040", "F:V0A0 k0@0 a10@10 v40@40 v3600000@80 a3600005@85 v3600040@120"},
		{"a pause", "k0 a10 v40 v8000 a8010", "F:V0A0 k0@0 a10@10 v40@40 v8000@8000 a8010@8010"},
		{"a little back", "k0 v40 v30 v80", "F:V0A0 k0@0 v40@40 v30@40 v80@80"},
		{"standing", "k0 v0 v0 a0", "F:V0A0 k0@0 v0@0 v0@0 a0@0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, cached).publish()
			p := r.play("tcp", SubscribeOptions{}, nil)
			r.write("V0 A0 " + test.packets)
			p.expect(test.want)
		})
	}
}

func TestEndWithPublication(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, StreamSettings{GOPCache: true, MWLatency: 1e9}).publish()
		goodbye := func(c *media.Conn) {
			c.Goodbye = func(error) []byte { return record(nil, recordBye, 0, nil) }
		}
		r.write("V0 k0")
		p := r.play(link, SubscribeOptions{EndWithPublication: true}, goodbye)
		p.expect("F:V0 k0@0")
		other := r.play(link, SubscribeOptions{}, nil)
		other.expect("F:V0 k0@0")
		r.write("v40 v80*300000")
		r.pub.Close(nil)
		p.expect("v40@40 v80@80 G:")
		rest, reason := p.ends()
		if !errors.Is(reason, media.ErrUnpublished) || len(rest) > 0 {
			t.Errorf("ended with %v, %q; want ErrUnpublished", reason, rest)
		}
		if err := p.sub.Err(); !errors.Is(err, media.ErrUnpublished) {
			t.Errorf("Err() = %v, want ErrUnpublished", err)
		}
		r.publish().write("k0")
		other.expect("v40@40 v80@80 B: k0@120")
	})
}

func TestEndWithPublicationWithoutKeyframe(t *testing.T) {
	r := newRig(t, cached).publish()
	p := r.play("tcp", SubscribeOptions{EndWithPublication: true}, nil)
	r.write("V0 a0")
	r.pub.Close(nil)
	r.publish().write("V0 k0")
	if rest, reason := p.ends(); !errors.Is(reason, media.ErrUnpublished) || len(rest) > 0 {
		t.Errorf("ended with %v, %q; want ErrUnpublished", reason, rest)
	}
}
