package host

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func TestGauge(t *testing.T) {
	all := &gauge{limit: 5}
	a, b := &gauge{limit: 3, all: all}, &gauge{limit: 3, all: all}
	got := []bool{a.take(3), a.take(1), b.take(3), b.take(2)}
	a.give(3)
	got = append(got, a.take(3), b.take(1), a.take(1))
	if diff := cmp.Diff([]bool{true, false, false, true, true, false, false}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if a.n.Load() != 3 || b.n.Load() != 2 || all.n.Load() != 5 {
		t.Errorf("left: %d and %d, together %d; want 3, 2, 5", a.n.Load(), b.n.Load(), all.n.Load())
	}
}

// What a vhost may have under way is bounded, in number and in bytes, and given
// back.
func TestTooMuchUnderWay(t *testing.T) {
	arrived, released := make(chan struct{}), make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			arrived <- struct{}{}
			<-released
		}
		fmt.Fprint(w, strings.Repeat("x", 10_000))
	}))
	defer s.Close()
	f := newFetcher(&Settings{Permit: Permit{All: true}}, &Host{})
	defer f.Close()
	l := &load{gauge{limit: 1}, gauge{limit: 20_000}}
	fetch := func(path string, body int) error {
		_, err := f.Fetch(t.Context(), []js.Value{map[string]any{"url": s.URL + path, "method": "GET", "body": make([]byte, body)}}, l)
		return err
	}
	slow := make(chan error)
	go func() { slow <- fetch("/slow", 0) }()
	<-arrived
	if err := fetch("/", 0); err != errOverload {
		t.Errorf("a second fetch: %v, want %v", err, errOverload)
	}
	close(released)
	if err := <-slow; err != nil {
		t.Error(err)
	}
	for body, want := range map[int]error{0: nil, 5_000: errOverload, 30_000: errOverload} {
		if err := fetch("/", body); err != want {
			t.Errorf("a body of %d bytes: %v, want %v", body, err, want)
		}
	}
	if l.fetches.n.Load() != 0 || l.bytes.n.Load() != 0 {
		t.Errorf("%d fetches and %d bytes are left", l.fetches.n.Load(), l.bytes.n.Load())
	}
}
