package http

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"

	"weir/js/hook"
	"weir/media/mediatest"
)

// log is an Access that counts who holds it, and sends the paths that are logged.
type log struct {
	held  atomic.Int32
	paths chan string
}

func (l *log) Hold() (release func(), ok bool) {
	l.held.Add(1)
	return func() { l.held.Add(-1) }, true
}

func (*log) Request() hook.Request { return hook.Request{} }

func (l *log) Log(_ context.Context, r *hook.Request) { l.paths <- r.URI }

// A version of the configuration that a request holds could never end.
func TestAccessIsLetGo(t *testing.T) {
	r := mediatest.NewRouter(t)
	publish(t, r, mediatest.GOP(25))
	a := &log{paths: make(chan string, 10)}
	site := &Site{}
	site.Set(Settings{Access: a})
	s := run(t, &Server{Site: site}, r)
	if _, err := mediatest.Watch(t.Context(), "http://"+s.addr+"/live/a.flv", func(c *mediatest.Count) bool { return c.Video == 25 }); err != nil {
		t.Fatal(err)
	}
	res, err := http.Get("http://" + s.addr + "/none")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if path := <-a.paths; path != "/none" {
		t.Errorf("%s is logged, want /none: a player has a session, which is", path)
	}
	eventually(t, "nobody holds the scripts", func() bool { return a.held.Load() == 0 })
}
