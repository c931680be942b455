package hub

import (
	"testing"
	"time"
)

// A flush is due when the stream's time, the packets and the clock all allow it.
func TestFlushIsDue(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name     string
		set      StreamSettings
		packets  int
		gathered time.Duration
		since    time.Duration // the newest flush, on the clock
		pace     bool
		want     bool
	}{
		{"each frame", StreamSettings{}, 1, 0, 0, true, true},
		{"audio ahead of the next frame", StreamSettings{}, 2, 41 * ms, 0, false, false},
		{"audio without a next frame", StreamSettings{}, 2, 51 * ms, 0, false, true},
		{"too early", StreamSettings{MWLatency: 100 * ms}, 5, 93 * ms, 0, true, false},
		{"a sixteenth ahead of time", StreamSettings{MWLatency: 100 * ms}, 5, 94 * ms, 0, true, true},
		{"audio travels with video", StreamSettings{MWLatency: 100 * ms}, 9, 150 * ms, 0, false, false},
		{"audio when video halts", StreamSettings{MWLatency: 100 * ms}, 9, 201 * ms, 0, false, true},
		{"too few packets", StreamSettings{MWLatency: 100 * ms, MWMessages: 8}, 7, time.Second, 0, true, false},
		{"enough packets", StreamSettings{MWLatency: 100 * ms, MWMessages: 8}, 8, 100 * ms, 0, true, true},
		{"packets without time", StreamSettings{MWLatency: 100 * ms, MWMessages: 8}, 20, 50 * ms, 0, true, false},
		{"soon after another", StreamSettings{SendInterval: time.Minute}, 1, time.Second, time.Second, true, false},
		{"long after another", StreamSettings{SendInterval: time.Minute}, 1, time.Second, time.Hour, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := flusher{packets: test.packets, at: time.Now().Add(-test.since)}
			if got := f.due(test.gathered, &test.set, test.pace); got != test.want {
				t.Errorf("due: %v, want %v", got, test.want)
			}
		})
	}
}

// What does not gather is sent all the same, when it has waited for long.
func TestPacketsThatDoNotGather(t *testing.T) {
	r := newRig(t, StreamSettings{GOPCache: true, MWMessages: 100}).publish()
	p := r.play("tcp", SubscribeOptions{}, nil)
	r.write("V0 k0")
	p.expect("F:V0 k0@0")
	r.write("v40 v80")
	p.expect("v40@40 v80@80")
}

// Sequence headers that repeat are dropped where players are to be spared them.
func TestReduceHeaders(t *testing.T) {
	const packets = "V0 k80 A0 a90 V1 k120 V0 k160"
	for reduce, want := range map[bool]string{
		true:  "k80@80 a90@90 V1@80 k120@120 V0@120 k160@160",
		false: "V0@0 k80@80 A0@10 a90@90 V1@80 k120@120 V0@120 k160@160",
	} {
		r := newRig(t, StreamSettings{GOPCache: true, MinLatency: true, ReduceHeaders: reduce})
		p := r.play("tcp", SubscribeOptions{}, nil)
		r.publish().write("V0 A0 k0 a10")
		p.expect("F:V0A0 k0@0 a10@10")
		r.write(packets)
		p.expect(want)
	}
}
