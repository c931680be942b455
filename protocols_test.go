package weir_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/weirtest"
)

// everything serves all protocols; what is given goes into the vhost.
func everything(inVHost string) string {
	return fmt.Sprintf(`
listen 1935;
http_server { enabled on; listen 8080; }
http_api { enabled on; listen 127.0.0.1:1985; }
vhost __defaultVhost__ {
    http_remux { enabled on; mount [vhost]/[app]/[stream].flv [vhost]/ts/[app]/[stream].ts; }
    hls { enabled on; hls_fragment 1; hls_window 6; }
    %s
}
`, inVHost)
}

// eachPlayer runs a behaviour's test in every protocol that players have.
func eachPlayer(t *testing.T, conf string, test func(t *testing.T, s *weirtest.Server, protocol string)) {
	for _, protocol := range weirtest.Protocols {
		t.Run(protocol, func(t *testing.T) {
			t.Parallel()
			test(t, weirtest.Up(t, conf), protocol)
		})
	}
}

func publish(t *testing.T, s *weirtest.Server, path string, st mediatest.Stream) *weirtest.Publisher {
	t.Helper()
	p, err := s.Publish(path, st)
	if err != nil {
		t.Fatalf("publish %s: %v", path, err)
	}
	t.Cleanup(func() { p.Stop() })
	return p
}

func play(t *testing.T, s *weirtest.Server, protocol, path string) *weirtest.Player {
	t.Helper()
	p, err := s.Play(protocol, path)
	if err != nil {
		t.Fatalf("play %s by %s: %v", path, protocol, err)
	}
	t.Cleanup(func() { p.Stop() })
	return p
}

func waitFrames(t *testing.T, p *weirtest.Player, n int) {
	t.Helper()
	if err := p.WaitFrames(n); err != nil {
		t.Fatal(err)
	}
}

func waitLog(t *testing.T, s *weirtest.Server, n int, words ...string) {
	t.Helper()
	if err := s.WaitLog(n, words...); err != nil {
		t.Fatal(err)
	}
}

// refusal is the code or status and the reason of an error of Play or Publish.
func refusal(err error) (code, reason string) {
	var h *weirtest.Refused
	var r *rtmp.StatusError
	switch {
	case errors.As(err, &h):
		return fmt.Sprint(h.Code), h.Reason
	case errors.As(err, &r):
		return r.Code, r.Description
	}
	return "", fmt.Sprint(err)
}

func TestPlayerStartsAtKeyframe(t *testing.T) {
	t.Parallel()
	eachPlayer(t, everything(""), func(t *testing.T, s *weirtest.Server, protocol string) {
		publish(t, s, "live/a", mediatest.Stream{GOP: 25})
		waitFrames(t, play(t, s, "rtmp", "live/a"), 40) // now is between two keyframes
		p := play(t, s, protocol, "live/a")
		waitFrames(t, p, 5)
		c := p.Count()
		if first := c.First(media.Video); !first.Key {
			t.Errorf("the first video packet, at %v, is no keyframe", first.DTS)
		}
		if c.Gaps != 0 || c.Backwards != 0 {
			t.Errorf("%d gaps and %d steps backwards, want none", c.Gaps, c.Backwards)
		}
	})
}

func TestPlayersOfEveryTrackSet(t *testing.T) {
	t.Parallel()
	streams := map[string]mediatest.Stream{
		"both": {GOP: 25}, "video only": {GOP: 25, NoAudio: true}, "audio only": {NoVideo: true},
	}
	for name, st := range streams {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachPlayer(t, everything(""), func(t *testing.T, s *weirtest.Server, protocol string) {
				publish(t, s, "live/a", st)
				p := play(t, s, protocol, "live/a")
				err := p.Wait(func(c mediatest.Count) bool {
					return (st.NoVideo || c.Video >= 10) && (st.NoAudio || c.Audio >= 10)
				})
				if err != nil {
					t.Fatal(err)
				}
				if c := p.Count(); st.NoVideo && c.Video > 0 || st.NoAudio && c.Audio > 0 {
					t.Errorf("got %d video and %d audio packets of a stream that lacks one", c.Video, c.Audio)
				}
			})
		})
	}
}

func TestDenialReachesThePeer(t *testing.T) {
	t.Parallel()
	conf := everything(`
		js_on_publish { if (s.stream === 'no') return s.deny(403, 'go away ' + s.protocol); }
		js_on_play { if (s.stream === 'hidden') return s.deny(451, 'not for ' + s.protocol); }
	`)
	eachPlayer(t, conf, func(t *testing.T, s *weirtest.Server, protocol string) {
		_, err := s.Publish("live/no", mediatest.Stream{})
		if code, reason := refusal(err); code != "NetStream.Publish.BadName" || reason != "go away rtmp" {
			t.Errorf("publish: %s %q", code, reason)
		}
		publish(t, s, "live/hidden", mediatest.Stream{GOP: 25})
		_, err = s.Play(protocol, "live/hidden")
		want := "451"
		if protocol == "rtmp" {
			want = "NetStream.Play.Failed"
		}
		if code, reason := refusal(err); code != want || reason != "not for "+protocol {
			t.Errorf("play: %s %q", code, reason)
		}
		waitLog(t, s, 1, "not for "+protocol, "remote=") // and one line of the log
	})
}

func TestConnectIsDenied(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`js_on_connect { if (s.app === 'private') return s.deny('members only'); }`))
	_, err := s.Publish("private/a", mediatest.Stream{})
	if code, reason := refusal(err); code != "NetConnection.Connect.Rejected" || reason != "members only" {
		t.Errorf("connect: %s %q", code, reason)
	}
	publish(t, s, "live/a", mediatest.Stream{})
}

func TestRenameReachesEverything(t *testing.T) {
	t.Parallel()
	conf := everything(`
		js_on_publish { if (s.stream.startsWith('secret')) s.rename('public'); }
		js_on_play { if (s.stream === 'alias') s.rename('public'); }
		js_on_unpublish { s.log('gone ' + s.app + '/' + s.stream + ' ' + s.url); }
	`)
	eachPlayer(t, conf, func(t *testing.T, s *weirtest.Server, protocol string) {
		pub := publish(t, s, "live/secret1", mediatest.Stream{GOP: 25})
		waitFrames(t, play(t, s, protocol, "live/public"), 10)
		waitFrames(t, play(t, s, protocol, "live/alias"), 10)
		if _, err := s.Publish("live/secret2", mediatest.Stream{}); err == nil || !strings.Contains(err.Error(), "being published") {
			t.Errorf("a second key of the same stream: %v, want busy", err)
		}
		if err := pub.Stop(); err != nil {
			t.Error(err)
		}
		waitLog(t, s, 1, "gone live/public")
		if s.Log.Count("secret") > 0 {
			t.Error("the log shows the secret key")
		}
	})
}

func TestStopEventFollowsEveryPlay(t *testing.T) {
	t.Parallel()
	conf := everything(`
		js_on_play { if (s.args.no) return false; s.ctx.name = 'viewer'; }
		js_on_stop { s.log('stopped ' + s.stream + ' ' + s.ctx.name + ' ' + (s.bytesOut > 0) + ' ' + s.protocol); }
	`)
	eachPlayer(t, conf, func(t *testing.T, s *weirtest.Server, protocol string) {
		publish(t, s, "live/a", mediatest.Stream{GOP: 25})
		p := play(t, s, protocol, "live/a")
		waitFrames(t, p, 5)
		if _, err := s.Play(protocol, "live/a?no=1"); err == nil {
			t.Error("a player was admitted that was denied")
		}
		p.Stop()
		waitLog(t, s, 1, "stopped a viewer true "+protocol)
		if n := s.Log.Count("stopped"); n != 1 {
			t.Errorf("%d stop events, want 1", n)
		}
	})
}

func TestPlayersSurviveARepublish(t *testing.T) {
	t.Parallel()
	for _, protocol := range []string{"rtmp", "hls"} { // HTTP-FLV ends with its publisher
		t.Run(protocol, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything(""))
			first := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
			p := play(t, s, protocol, "live/a")
			waitFrames(t, p, 30)
			if err := first.Stop(); err != nil {
				t.Fatal(err)
			}
			waitLog(t, s, 1, "msg=unpublish")
			n := p.Count().Video
			publish(t, s, "live/a", mediatest.Stream{GOP: 25})
			waitFrames(t, p, n+50)
		})
	}
}
