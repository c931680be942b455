package hub

import (
	"strings"
	"testing"
	"time"

	"weir/media"
)

// What players are given of a publisher whose clock is set, or who is followed by
// another ("|"), by the times that they are to have.
func TestTimesOfPlayers(t *testing.T) {
	tests := []struct {
		name, packets        string
		smooth, zero, source string
	}{
		{
			"far from zero", "V5000 k5000 v5040",
			"F:V5000 k5000@0 v5040@40", "F:V5000 k5000@0 v5040@40", "F:V5000 k5000@5000 v5040@5040",
		},
		{
			"since 1970", "V0 A0 k1700000000 a1700000010 v1700000040",
			"F:V0A0 k1700000000@0 a1700000010@10 v1700000040@40", "F:V0A0 k1700000000@0 a1700000010@10 v1700000040@40",
			"F:V0A0 k1700000000@1700000000 a1700000010@1700000010 v1700000040@1700000040",
		},
		{
			"ahead", "V0 A0 k1000 a1010 v1040 v3600000 a3600010",
			"F:V0A0 k1000@0 a1010@10 v1040@40 v3600000@80 a3600010@90",
			"F:V0A0 k1000@0 a1010@10 v1040@40 v3600000@3599000 a3600010@3599010",
			"F:V0A0 k1000@1000 a1010@1010 v1040@1040 v3600000@3600000 a3600010@3600010",
		},
		{
			"back", "V0 A0 k9000 a9010 v9040 v500 a505 v540",
			"F:V0A0 k9000@0 a9010@10 v9040@40 v500@80 a505@85 v540@120",
			"F:V0A0 k9000@0 a9010@10 v9040@40 B:V0A0 v500@0 B:V0A0 a505@5 v540@40",
			"F:V0A0 k9000@9000 a9010@9010 v9040@9040 B:V0A0 v500@500 B:V0A0 a505@505 v540@540",
		},
		{
			"back within what was played", "V0 A0 k1000 a1010 v4000 a4010 v3000 a3005",
			"F:V0A0 k1000@0 a1010@10 v4000@3000 a4010@3010 v3000@3020 a3005@3025",
			"F:V0A0 k1000@0 a1010@10 v4000@3000 a4010@3010 B:V0A0 v3000@2000 B:V0A0 a3005@2005",
			"F:V0A0 k1000@1000 a1010@1010 v4000@4000 a4010@4010 B:V0A0 v3000@3000 B:V0A0 a3005@3005",
		},
		{
			"another publisher", "V0 k7000 v7040 | V1 k100 v140",
			"F:V0 k7000@0 v7040@40 | B:V1 k100@80 v140@120", "F:V0 k7000@0 v7040@40 | B:V1 k100@0 v140@40",
			"F:V0 k7000@7000 v7040@7040 | B:V1 k100@100 v140@140",
		},
		{
			"another publisher ahead", "V0 k0 v40 | V1 k50000 v50040",
			"F:V0 k0@0 v40@40 | B:V1 k50000@80 v50040@120", "F:V0 k0@0 v40@40 | B:V1 k50000@50000 v50040@50040",
			"F:V0 k0@0 v40@40 | B:V1 k50000@50000 v50040@50040",
		},
	}
	for _, test := range tests {
		for times, want := range map[Times]string{SmoothTimes: test.smooth, ZeroTimes: test.zero, SourceTimes: test.source} {
			t.Run(test.name, func(t *testing.T) {
				r := newRig(t, StreamSettings{GOPCache: true, MinLatency: true, Times: times})
				p := r.play("tcp", SubscribeOptions{}, nil)
				wants := strings.Split(want, "|")
				for i, packets := range strings.Split(test.packets, "|") {
					r.publish().write(packets)
					p.expect(wants[i])
					r.pub.Close(nil)
				}
			})
		}
	}
}

// A player that comes after a jump counts from where it begins, or from the
// publisher's zero.
func TestTimesAfterJump(t *testing.T) {
	for times, want := range map[Times]string{
		SmoothTimes: "F:V0A0 k500@0 a505@5 v540@40", ZeroTimes: "F:V0A0 k500@0 a505@5 v540@40", SourceTimes: "F:V0A0 k500@500 a505@505 v540@540",
	} {
		r := newRig(t, StreamSettings{GOPCache: true, MinLatency: true, Times: times}).publish()
		r.write("V0 A0 k9000 a9010 v9040 k500 a505")
		r.play("tcp", SubscribeOptions{}, nil)
		await(t, "join", func() bool { return r.Stats().Players == 1 && r.idle() })
		p := r.play("tcp", SubscribeOptions{}, nil) // from the log that there is
		await(t, "join", func() bool { return r.Stats().Players == 2 && r.idle() })
		r.write("v540")
		p.expect(want)
	}
}

// The metadata of a publisher may ask for its times.
func TestAutoATC(t *testing.T) {
	asks := packet("m0")
	asks.Body = append(asks.Body, bravoATC...)
	for _, test := range []struct {
		auto bool
		want string
	}{{true, "k5000@5000 v5040@5040"}, {false, "k5000@0 v5040@40"}} {
		r := newRig(t, StreamSettings{GOPCache: true, MinLatency: true, AutoATC: test.auto}).publish()
		p := r.play("tcp", SubscribeOptions{}, nil)
		if err := r.pub.WritePacket(asks); err != nil {
			t.Fatal(err)
		}
		r.write("k5000 v5040")
		p.deadline()
		if _, err := p.next(); err != nil { // the headers
			t.Fatal(err)
		}
		p.expect(test.want)
		r.pub.Close(nil)
		r.publish().write("k7000") // who does not ask
		p.expect("B: k7000@" + map[bool]string{true: "5080", false: "80"}[test.auto])
	}
}

// Settings change under a stream, and its players.
func TestApply(t *testing.T) {
	set := StreamSettings{GOPCache: true, MinLatency: true}
	r := newRig(t, set).publish()
	p := r.play("tcp", SubscribeOptions{}, nil)
	r.write("V0 k5000 v5040")
	p.expect("F:V0 k5000@0 v5040@40")
	apply := func(change func(*StreamSettings)) {
		change(&set)
		r.hub.Apply(func(k media.Key) (StreamSettings, bool) { return set, k == testKey })
	}
	apply(func(s *StreamSettings) { s.Times = SourceTimes })
	r.write("v5080 v5120")
	p.expect("B:V0 v5080@5080 v5120@5120")
	apply(func(s *StreamSettings) { s.Times = SmoothTimes })
	r.write("v5160 k5200")
	p.expect("B:V0 v5160@5160 k5200@5200") // it keeps its zero
	r.play("tcp", SubscribeOptions{}, nil).expect("F:V0 k5200@40")
	apply(func(s *StreamSettings) { s.GOPCache = false })
	q := r.play("tcp", SubscribeOptions{}, nil)
	await(t, "join", r.idle)
	r.write("v5240 k5280")
	q.expect("F:V0 k5280@40")
	apply(func(s *StreamSettings) { s.GOPCache = true }) // the group under way was not kept
	q = r.framed("tcp", SubscribeOptions{}, testFramer{variant: 1}, nil)
	await(t, "join", r.idle)
	r.write("v5320 k5360 v5400")
	q.expect("F:V0 k5360@0 v5400@40")
	apply(func(s *StreamSettings) { s.MinLatency, s.MWLatency = false, time.Hour })
	r.write("v5440")
	await(t, "turn of the shards", r.idle)
	apply(func(s *StreamSettings) { s.MinLatency = true })
	r.write("v5480")
	q.expect("v5440@80 v5480@120")
}
