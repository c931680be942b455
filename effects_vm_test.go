package weir_test

import (
	"fmt"
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// counting is a gate that denies with how often its VM was asked.
const counting = "{ globalThis.n = (globalThis.n ?? 0) + 1; return s.deny(403, 'n' + n); }\n"

// asked is what the gate of a publish says.
func asked(s *weirtest.Server, path string) string {
	_, err := s.Publish(path, mediatest.Stream{})
	_, reason := refusal(err)
	return reason
}

func TestVMDirective(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]string{
		"":                 "n1 n2 n3 n1",
		"js_vm vhost;":     "n1 n2 n3 n1",
		"js_vm shared;":    "n1 n2 n3 n4",
		"js_vm directive;": "n1 n2 n1 n1",
		"js_vm call;":      "n1 n1 n1 n1",
	} {
		gates := "js_on_publish " + counting + "js_on_play " + counting
		s := weirtest.Up(t, mode+everything(gates)+"vhost b {"+gates+"}")
		got := asked(s, "live/a") + " " + asked(s, "live/a")
		_, err := s.Play("rtmp", "live/a")
		_, reason := refusal(err)
		got += " " + reason + " " + asked(s, "live/a?vhost=b")
		if got != want {
			t.Errorf("with %q: %s, want %s", mode, got, want)
		}
	}
}

// Publishers of one stream stay with one of the VMs.
func TestWorkersDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything("js_workers 4; js_on_publish "+counting))
	firsts := 0
	for i := range 30 {
		stream := fmt.Sprint("live/s", i)
		var n, again int
		if _, err := fmt.Sscanf(asked(s, stream)+" "+asked(s, stream), "n%d n%d", &n, &again); err != nil {
			t.Fatal(err)
		}
		if again != n+1 {
			t.Errorf("%s was asked as number %d and %d, want by one VM", stream, n, again)
		}
		if n == 1 {
			firsts++
		}
	}
	if firsts < 2 || firsts > 4 {
		t.Errorf("%d VMs were asked, want up to 4", firsts)
	}
}
