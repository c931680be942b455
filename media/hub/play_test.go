package hub

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"weir/media"
)

func TestPlayerStarts(t *testing.T) {
	tests := []struct {
		name          string
		settings      StreamSettings
		before, after string // of the player's coming
		want          string
	}{
		{"before the publisher", cached, "", "V0 A0 k0 a10 v40", "F:V0A0 k0@0 a10@10 v40@40"},
		{"at the newest keyframe", cached, "m0 V0 A0 k0 a10 v40 k80 a90 v120", "v160", "F:m0V0A0 k80@0 a90@10 v120@40 v160@80"},
		{"within a long group", cached, "V0 k0 v40 v80", "v120", "F:V0 k0@0 v40@40 v80@80 v120@120"},
		{"without cache", StreamSettings{MinLatency: true}, "V0 k0 v40 v80", "v120 k160 v200", "F:V0 k160@0 v200@40"},
		{"audio only", cached, "A0 a0 a20 a40", "a60", "F:A0 a0@0 a20@20 a40@40 a60@60"},
		{"video config without keyframe", cached, "V0 A0 a0 a20 v40", "a60 k80 a90", "F:V0A0 k80@20 a90@30"},
		{"video that has ended", cached, "V0 k0 " + audioAfter(2000, pureAudio+1), "a2120", "F:V0 a2115@0 a2120@5"},
		{"further tracks have their headers", cached, "V0 W0 i0 A0 k0 w0 a10 v40 w40 k80 w80 a90", "v120 w120", "F:V0A0W0i0 k80@0 w80@0 a90@10 v120@40 w120@40"},
		{"further tracks begin nothing", cached, "W0 w0 A0 a0 a20 w40 a60", "w80", "F:A0W0 a0@0 a20@20 w40@40 a60@60 w80@80"},
		{"a further track's new header", cached, "V0 W0 k0 w0 W40 w40 k80", "w80", "F:V0W40 k80@0 w80@0"},
		{"sound that has changed to a codec without header", cached, "V0 A0 k0 a10 b50 k80 b90", "v120", "F:V0 k80@0 b90@10 v120@40"},
		{"time far from zero", cached, "V5000 k5000 v5040 k5080", "v5120", "F:V5000 k5080@0 v5120@40"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			eachLink(t, func(t *testing.T, link string) {
				r := newRig(t, test.settings).publish()
				r.write(test.before)
				p := r.play(link, SubscribeOptions{}, nil)
				await(t, "join", func() bool { return r.Stats().Players == 1 })
				r.write(test.after)
				p.expect(test.want)
			})
		})
	}
}

func TestPlayerWaitsForPublisher(t *testing.T) {
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached)
		p := r.play(link, SubscribeOptions{}, nil)
		r.publish().write("V0 A0 k0 a10 v40")
		p.expect("F:V0A0 k0@0 a10@10 v40@40")
	})
}

// Who waited for the publisher misses nothing of what comes in one burst, however
// late its shard wakes.
func TestPlayerWaitsForBurst(t *testing.T) {
	const groups = 200
	eachLink(t, func(t *testing.T, link string) {
		r := newRig(t, cached)
		p := r.play(link, SubscribeOptions{}, nil)
		await(t, "join", r.idle)
		sent, want := "V0 ", "F:V0"
		for i := range groups {
			sent += fmt.Sprintf("k%d v%d ", i*80, i*80+40)
			want += fmt.Sprintf(" k%d@%[1]d v%d@%[2]d", i*80, i*80+40)
		}
		r.publish().write(sent)
		p.expect(want)
		late := r.play(link, SubscribeOptions{}, nil)
		late.expect(fmt.Sprintf("F:V0 k%d@40 v%d@80", 80*groups-80, 80*groups-40))
	})
}

func TestBusy(t *testing.T) {
	r := newRig(t, cached).publish()
	if _, err := r.Publish(); !errors.Is(err, media.ErrBusy) {
		t.Errorf("second publisher: %v, want ErrBusy", err)
	}
	r.pub.Close(nil)
	r.publish()
	r.pub.End(media.ErrTakenOver)
	if err := r.pub.WritePacket(packet("k0")); !errors.Is(err, media.ErrTakenOver) {
		t.Errorf("write after End: %v, want ErrTakenOver", err)
	}
	r.publish()
}

// audioAfter is n packets of audio, a millisecond apart, after at.
func audioAfter(at, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d ", at+i)
	}
	return b.String()
}
