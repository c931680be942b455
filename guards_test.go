package weir_test

import (
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// What the configuration alone refuses is refused in every protocol, and no
// script is asked.
func TestGuardsHoldInEveryProtocol(t *testing.T) {
	t.Parallel()
	script := " js_on_play { s.log('asked'); }"
	for name, block := range map[string]string{
		"security": "security { enabled on; allow publish all; deny play 127.0.0.0/8; }" + script,
		"refer":    "refer { enabled on; play example.com; }" + script,
	} {
		t.Run(name, func(t *testing.T) {
			eachPlayer(t, everything(block), func(t *testing.T, s *weirtest.Server, protocol string) {
				publish(t, s, "live/a", mediatest.Stream{GOP: 25})
				_, err := s.Play(protocol, "live/a")
				want := "403"
				if protocol == "rtmp" {
					want = "NetStream.Play.Failed"
				}
				if code, reason := refusal(err); code != want || reason == "" {
					t.Errorf("refused with %s %q, want %s", code, reason, want)
				}
				if s.Log.Count("asked") > 0 {
					t.Error("the script was asked")
				}
			})
		})
	}
}

func TestGuardsHoldWithoutSessions(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, `
listen 1935;
http_server { enabled on; listen 8080; }
vhost __defaultVhost__ {
    hls { enabled on; hls_ctx off; hls_fragment 1; hls_window 6; }
    security { enabled on; allow publish all; }
}`)
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	_, err := s.Play("hls", "live/a")
	if code, _ := refusal(err); code != "403" {
		t.Errorf("%v, want 403", err)
	}
}

func TestSecurityKeepsPublishersOut(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything("security { enabled on; allow play all; }"))
	_, err := s.Publish("live/a", mediatest.Stream{})
	if code, _ := refusal(err); code != "NetStream.Publish.BadName" {
		t.Errorf("%v, want a refusal", err)
	}
}
