package weir_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

// told is what a back end was asked or told, as far as these tests look.
type told struct {
	Action       string `json:"action"`
	ClientID     string `json:"client_id"`
	ConnectionID string `json:"connection_id"`
	Stream       string `json:"stream"`
	Param        string `json:"param"`
	Protocol     string `json:"protocol"`
	URL          string `json:"url"`
	Seq          int    `json:"seq_no"`
}

// backEnd is a back end that denies what comes with no=1, and keeps what it
// admitted and was told.
type backEnd struct {
	url string
	mu  sync.Mutex
	all []told
}

func newBackEnd(t *testing.T) *backEnd {
	b := &backEnd{}
	srv := httptest.NewServer(b)
	t.Cleanup(srv.Close)
	b.url = srv.URL
	return b
}

func (b *backEnd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var e told
	if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	gate := e.Action == "on_publish" || e.Action == "on_play"
	if gate && strings.Contains(e.Param, "no=1") {
		fmt.Fprint(w, `{"code":429,"msg":"full"}`)
		return
	}
	b.mu.Lock()
	b.all = append(b.all, e)
	b.mu.Unlock()
	fmt.Fprint(w, 0)
}

func (b *backEnd) heard() []told {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]told(nil), b.all...)
}

// count is how often it heard of an action.
func (b *backEnd) count(action string) (n int) {
	for _, e := range b.heard() {
		if e.Action == action {
			n++
		}
	}
	return n
}

// wait waits until cond holds.
func (b *backEnd) wait(t *testing.T, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(weirtest.Patience); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("what should be heard was not; this was: %+v", b.heard())
		}
	}
}

// block is an http_hooks block that names the back end for everything.
func (b *backEnd) block() string {
	block := "http_hooks { enabled on;"
	for _, n := range []string{"on_connect", "on_close", "on_publish", "on_unpublish", "on_play", "on_stop", "on_hls"} {
		block += " " + n + " " + b.url + ";"
	}
	return block + " }"
}

var endings = map[string]string{"on_connect": "on_close", "on_publish": "on_unpublish", "on_play": "on_stop"}

func TestEveryAdmissionOfABackEndIsPaired(t *testing.T) {
	t.Parallel()
	b := newBackEnd(t)
	s := weirtest.Up(t, everything(b.block()))
	crowd(s, 300)
	b.wait(t, func() bool {
		for gate, event := range endings {
			if b.count(gate) != b.count(event) {
				return false
			}
		}
		return true
	})
	heard := b.heard()
	for _, gate := range heard {
		event, ok := endings[gate.Action]
		if !ok {
			continue
		}
		n, at, closed := 0, -1, -1
		for i, e := range heard {
			if e.Action == event && e.ClientID == gate.ClientID {
				n, at = n+1, i
			}
			if e.Action == "on_close" && e.ConnectionID == gate.ConnectionID {
				closed = i
			}
		}
		if n != 1 || closed < at {
			t.Errorf("%+v: %d endings, want 1; the last is number %d, the connection's close %d", gate, n, at, closed)
		}
	}
}

func TestBackEndDeniesAndHears(t *testing.T) {
	t.Parallel()
	b := newBackEnd(t)
	conf := everything(b.block() + " js_on_publish { if (s.stream === 'secret') s.rename('public'); }")
	eachPlayer(t, conf, func(t *testing.T, s *weirtest.Server, protocol string) {
		publish(t, s, "live/secret", mediatest.Stream{GOP: 25})
		_, err := s.Play(protocol, "live/public?no=1")
		want := "429"
		if protocol == "rtmp" {
			want = "NetStream.Play.Failed"
		}
		if code, reason := refusal(err); code != want || reason != "full" {
			t.Errorf("refused with %s %q, want %s full", code, reason, want)
		}
		p := play(t, s, protocol, "live/public?token=1")
		waitFrames(t, p, 30)
		p.Stop()
		heard := func(action, protocol string) func() bool {
			return func() bool {
				for _, e := range b.heard() {
					if e.Action == action && e.Protocol == protocol && e.Stream == "public" {
						return true
					}
				}
				return false
			}
		}
		b.wait(t, heard("on_publish", "rtmp"))
		b.wait(t, heard("on_play", protocol))
		b.wait(t, heard("on_hls", "rtmp"))
		if protocol != "hls" { // HLS stops after two silent windows
			b.wait(t, heard("on_stop", protocol))
		}
		for _, e := range b.heard() {
			if e.Stream == "secret" {
				t.Errorf("the back end heard of the secret name: %+v", e)
			}
		}
	})
}

// A stream is never left busy by a back end that failed.
func TestBackEndThatFailsLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	b := newBackEnd(t)
	s := weirtest.Up(t, everything("http_hooks { enabled on; timeout 200ms; on_publish http://127.0.0.1:1/; }"))
	_, err := s.Publish("live/a", mediatest.Stream{})
	if code, _ := refusal(err); code != "NetStream.Publish.BadName" {
		t.Errorf("publish while the back end is gone: %v, want a refusal", err)
	}
	weirtest.Write(t, s.Conf, everything(b.block()))
	waitLog(t, s, 1, "msg=reloaded")
	publish(t, s, "live/a", mediatest.Stream{})
	b.wait(t, func() bool { return b.count("on_publish") == 1 })
}
