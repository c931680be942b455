package hub

import (
	"strings"
	"testing"
)

// With mix the tracks come in the order of their times; a track that is alone waits
// for nine packets of its own.
func TestMix(t *testing.T) {
	tests := []struct{ name, packets, want string }{
		{"audio late", "V0 A0 k0 v40 v80 a5 a23 a46 a69 v120 a92", "F:V0A0 k0@0 a5@5 a23@23 v40@40 a46@46 a69@69 v80@80"},
		{"audio early", "V0 A0 a5 a23 a46 a69 k0 v40 v80 a92", "F:V0A0 k0@0 a5@5 a23@23 v40@40 a46@46 a69@69 v80@80"},
		{"video alone", "V0 k0 v40 v80 v120 v160 v200 v240 v280 v320 v360 v400", "F:V0 k0@0 v40@40"},
		{"the end", "V0 A0 k0 a10 v40 v80", "F:V0A0 k0@0 | a10@10 v40@40 v80@80"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t, StreamSettings{GOPCache: true, MinLatency: true, Mix: true})
			p := r.play("tcp", SubscribeOptions{}, nil)
			r.publish().write(test.packets)
			want, last, ends := strings.Cut(test.want, "|")
			p.expect(want)
			if ends {
				r.pub.Close(nil)
				p.expect(last)
			}
		})
	}
}
