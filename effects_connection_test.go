package weir_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
	"weir/weirtest"
)

// isClosed waits for the server to close the connection, but not for so long that
// a default would have done it.
func (p *peer) isClosed(t *testing.T, within time.Duration) {
	t.Helper()
	p.SetReadDeadline(time.Now().Add(within))
	for b := make([]byte, 4096); ; {
		if _, err := p.Read(b); err != nil {
			if os.IsTimeout(err) {
				t.Errorf("the connection is open after %v", within)
			}
			return
		}
	}
}

func TestMaxConnectionsDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "max_connections 2;"+everything(""))
	first := shake(t, s.RTMP)
	shake(t, s.RTMP)
	dialPeer(t, s.RTMP).isClosed(t, 5*time.Second)
	dialPeer(t, s.HTTP).isClosed(t, 5*time.Second)
	first.Close()
	eventually(t, "there is room again", func() bool {
		p := dialPeer(t, s.RTMP)
		p.Write([]byte{3})
		p.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		_, err := p.Read(make([]byte, 1))
		p.Close()
		return err == nil || os.IsTimeout(err) // the answer comes with the whole of C1
	})
}

func TestHandshakeTimeoutDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "handshake_timeout 100ms;"+everything(""))
	dialPeer(t, s.RTMP).isClosed(t, 5*time.Second) // by default 10 s
}

// Each timeout ends a publisher while the other one would not.
func TestPublishTimeoutDirectives(t *testing.T) {
	t.Parallel()
	packet := tagMessage(chunk.Audio, 0, []byte{0xaf, 0, 0x12, 0x10})
	for block, sent := range map[string][]byte{
		"publish { firstpkt_timeout 100; normal_timeout 1h; }": nil,
		"publish { firstpkt_timeout 1h; normal_timeout 100; }": packet,
	} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything(block))
			p := publishing(t, s.RTMP, "live", "a")
			p.Write(sent)
			p.isClosed(t, 4*time.Second) // by default 20 s and 5 s
			waitLog(t, s, 1, "msg=unpublish", "silent for too long")
		})
	}
}

// The host in the URL, or what vhost= names, decides which vhost's directives hold.
func TestVHostDirectives(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything("")+`
		vhost a.example { js_on_publish { return s.deny('a refuses'); } }
		vhost off.example { enabled off; }`)
	publish(t, s, "live/x", mediatest.Stream{})
	publish(t, s, "live/y?vhost=unknown.example", mediatest.Stream{})
	for path, want := range map[string]string{
		"live/x?vhost=a.example": "a refuses", "live/x?vhost=off.example": "vhost is disabled",
	} {
		_, err := s.Publish(path, mediatest.Stream{})
		if _, reason := refusal(err); reason != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

// Of the pages in all, those of publish may publish and those of play may play.
func TestReferDirectives(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything("refer { enabled on; all example.com; publish studio.example.com; play www.example.com; }")+
		"vhost off { refer { enabled off; all nobody.example; } }")
	const published, played = "NetStream.Publish.Start", "NetStream.Play.Reset"
	for _, tt := range []struct{ page, verb, name, want string }{
		{"http://studio.example.com/", "publish", "a", published},
		{"http://www.example.com/", "publish", "b", "NetStream.Publish.BadName"},
		{"http://www.example.com/x", "play", "a", played},
		{"http://studio.example.com/", "play", "a", "NetStream.Play.Failed"},
		{"http://www.example.com.evil.example/", "play", "a", "NetStream.Play.Failed"},
		{"", "play", "a", "NetStream.Play.Failed"},
		{"", "play", "a?vhost=off", played},
	} {
		p := shake(t, s.RTMP)
		p.Write(connectTo("live", amf0.Property{Name: "pageUrl", Value: tt.page}))
		p.Write(createStream)
		p.Write(command(1, tt.verb, 3, nil, tt.name))
		if got := p.code("onStatus"); got != tt.want {
			t.Errorf("%s of %s from %q: %s, want %s", tt.verb, tt.name, tt.page, got, tt.want)
		}
	}
	all := weirtest.Up(t, everything("refer { enabled on; all example.com; }"))
	if _, err := all.Publish("live/a", mediatest.Stream{}); err == nil || !strings.Contains(err.Error(), "page") {
		t.Errorf("a publisher of no page: %v, want a refusal", err)
	}
}
