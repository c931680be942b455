package weir_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

// calls are the requests that a back end got.
type calls struct {
	url string
	mu  sync.Mutex
	all []call
}

type call struct {
	*http.Request
	body string
}

// backEndOf answers each request with what answer writes.
func backEndOf(t *testing.T, answer http.HandlerFunc) *calls {
	t.Helper()
	c := &calls{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		c.mu.Lock()
		c.all = append(c.all, call{r, string(body)})
		c.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(srv.Close)
	c.url = srv.URL
	return c
}

// of are the calls whose body or path has the word.
func (c *calls) of(word string) (list []call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range c.all {
		if strings.Contains(k.body+k.URL.Path, word) {
			list = append(list, k)
		}
	}
	return list
}

func admits(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "0") }

func TestHooksAreSwitchedOff(t *testing.T) {
	t.Parallel()
	b := backEndOf(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"code":1}`) })
	for state, asked := range map[string]int{"off": 0, "on": 1} {
		s := weirtest.Up(t, everything("http_hooks { enabled "+state+"; on_publish "+b.url+"/"+state+"; }"))
		if p, err := s.Publish("live/a", mediatest.Stream{}); err == nil {
			p.Stop()
		}
		if got := len(b.of("/" + state)); got != asked {
			t.Errorf("enabled %s: asked %d times, want %d", state, got, asked)
		}
	}
}

func TestHookTimeoutDirective(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	b := backEndOf(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-over:
		case <-r.Context().Done():
		}
	})
	t.Cleanup(func() { close(over) }) // ahead of the back end's end
	s := weirtest.Up(t, everything("http_hooks { enabled on; timeout 100ms; on_publish "+b.url+"; }"))
	if _, err := s.Publish("live/a", mediatest.Stream{}); err == nil {
		t.Error("admitted by a back end that does not answer")
	}
	waitLog(t, s, 1, "hook failed", "no answer within 100ms")
}

func TestHookRetryDirective(t *testing.T) {
	t.Parallel()
	for retry, want := range map[string]int{"0": 1, "1": 2} {
		t.Run(retry, func(t *testing.T) {
			t.Parallel()
			b := backEndOf(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/end" {
					w.WriteHeader(http.StatusServiceUnavailable)
				}
				admits(w, r)
			})
			s := weirtest.Up(t, everything("http_hooks { enabled on; retry "+retry+"; on_publish "+b.url+"; on_unpublish "+b.url+"/end; }"))
			publish(t, s, "live/a", mediatest.Stream{}).Stop()
			waitLog(t, s, 1, "hook event lost")
			if got := len(b.of("on_unpublish")); got != want {
				t.Errorf("with retry %s the event was sent %d times, want %d", retry, got, want)
			}
		})
	}
}

func TestHookSecretDirective(t *testing.T) {
	t.Parallel()
	b := backEndOf(t, admits)
	s := weirtest.Up(t, everything("http_hooks { enabled on; secret 'open sesame'; on_publish "+b.url+"; }"))
	publish(t, s, "live/a", mediatest.Stream{})
	c := b.of("on_publish")[0]
	mac := hmac.New(sha256.New, []byte("open sesame"))
	io.WriteString(mac, c.Header.Get("X-Weir-Timestamp")+"."+c.body)
	if got, want := c.Header.Get("X-Weir-Signature"), "sha256="+hex.EncodeToString(mac.Sum(nil)); got != want {
		t.Errorf("signature %q, want %q", got, want)
	}
}

func TestHookNotifyDirective(t *testing.T) {
	t.Parallel()
	b := backEndOf(t, admits)
	s := weirtest.Up(t, everything("http_hooks { enabled on; on_hls_notify "+b.url+"/notify/[app]/[stream]/[ts_url][param]; }"))
	write := byHand(t, s, "live/a?key=1")
	headers, frames := video(mediatest.Stream{GOP: 25}, 2100*time.Millisecond)
	write(headers...)
	write(frames...)
	eventually(t, "the segment is announced", func() bool { return len(b.of("/notify/live/a/live/a-0.ts")) == 1 })
	if c := b.of("/notify/")[0]; c.Method != http.MethodGet || c.URL.RawQuery != "key=1" {
		t.Errorf("announced by %s %s", c.Method, c.RequestURI)
	}
}
