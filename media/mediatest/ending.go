package mediatest

import (
	"sync"

	"weir/media"
)

// ending is the end of a publication or of a subscription.
type ending struct {
	router *Router
	once   sync.Once
	done   chan struct{}
	err    error // valid once done is closed
}

func (r *Router) newEnding() *ending {
	e := &ending{router: r, done: make(chan struct{})}
	r.change(func() { r.open[e] = true })
	return e
}

// Done is closed when the server, or Close, ended it.
func (e *ending) Done() <-chan struct{} { return e.done }

// Err says why Done was closed; nil before, and when the peer left.
func (e *ending) Err() error {
	select {
	case <-e.done:
		return e.err
	default:
		return nil
	}
}

// end closes Done; the publication or subscription stays open until its Close.
func (e *ending) end(reason error) {
	e.once.Do(func() {
		e.err = reason
		close(e.done)
	})
}

// close ends it and lets the router forget it; release runs under the lock.
func (e *ending) close(reason error, release func()) {
	e.end(reason)
	e.router.change(func() {
		if e.router.open[e] {
			delete(e.router.open, e)
			release()
		}
	})
}

// stream is all that was written under a key.
type stream struct {
	publisher *publication
	packets   []*media.Packet // a nil packet stands where a publisher left
}

// headers returns the newest headers ahead of the ith packet.
func (st *stream) headers(i int) media.Headers {
	var h media.Headers
	for _, p := range st.packets[:i] {
		if p == nil {
			h = media.Headers{}
			continue
		}
		h.Take(p)
	}
	return h
}

// newest returns the place at which a player begins: the newest keyframe of the
// publisher that is there, or the end.
func (st *stream) newest() int {
	for i := len(st.packets) - 1; i >= 0 && st.packets[i] != nil; i-- {
		if st.packets[i].Key {
			return i
		}
	}
	return len(st.packets)
}

// clocks returns the times of the packets ahead of the ith.
func (st *stream) clocks(i int) media.Clocks {
	var c media.Clocks
	begun := false
	for _, p := range st.packets[:i] {
		if p == nil {
			begun = false
			continue
		}
		if !begun {
			begun, c = true, media.Clocks{Audio: p.DTS, Video: p.DTS, Data: p.DTS}
		}
		c = after(c, p)
	}
	return c
}

func after(c media.Clocks, p *media.Packet) media.Clocks {
	switch p.Kind {
	case media.Audio:
		c.Audio = p.DTS
	case media.Video:
		c.Video = p.DTS
	case media.Data:
		c.Data = p.DTS
	}
	return c
}
