package hls

import (
	"sync"
	"time"

	"weir/media"
)

// viewer is a session of one who polls a playlist.
type viewer struct {
	session *media.Session
	sub     media.Subscription
	silence time.Duration // after which it is gone

	seen time.Time // of the newest request's end
	busy int       // requests under way
}

// refusal says why the server has ended the session; nil while it has not.
func (v *viewer) refusal() error {
	select {
	case <-v.sub.Done():
		if err := v.sub.Err(); err != nil {
			return err
		}
		return errNoSession
	default:
		return nil
	}
}

// viewers is the table of sessions. The zero value is empty.
type viewers struct {
	mu      sync.Mutex
	byID    map[string]*viewer
	joining int  // who have a place and are not in the table yet
	ended   bool // nobody is admitted any more
}

// reserve takes a place in the table for one who is being admitted, if there are
// less than limit.
func (t *viewers) reserve(limit int) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.ended:
		return media.ErrShutdown
	case len(t.byID)+t.joining >= limit:
		return media.ErrOverload
	}
	t.joining++
	return nil
}

// join gives the place that was reserved to v, or back if v is nil. It reports
// whether v is in the table.
func (t *viewers) join(v *viewer) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.joining--
	if v == nil || t.ended {
		return false
	}
	if t.byID == nil {
		t.byID = map[string]*viewer{}
	}
	t.byID[v.session.ID] = v
	return true
}

// enter begins a request of the session with the id for the stream asked for; nil
// if there is none. Who enters leaves.
func (t *viewers) enter(id string, asked media.Key) *viewer {
	t.mu.Lock()
	defer t.mu.Unlock()
	v := t.byID[id]
	if v == nil || v.session.Asked != asked {
		return nil
	}
	v.busy++
	return v
}

func (t *viewers) leave(v *viewer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	v.busy--
	v.seen = time.Now()
}

// sweep ends the sessions that were silent for too long, and those that the server
// has ended. The latter stay in the table, to be refused, until they are silent.
func (t *viewers) sweep(now time.Time) {
	for _, v := range t.silent(now) {
		v.sub.Close(v.refusal())
	}
}

func (t *viewers) silent(now time.Time) []*viewer {
	t.mu.Lock()
	defer t.mu.Unlock()
	var over []*viewer
	for id, v := range t.byID {
		silent := v.busy == 0 && now.Sub(v.seen) >= v.silence
		if silent {
			delete(t.byID, id)
		}
		if silent || v.refusal() != nil {
			over = append(over, v)
		}
	}
	return over
}

// end ends all sessions and admits no more.
func (t *viewers) end(reason error) {
	t.mu.Lock()
	all := t.byID
	t.byID, t.ended = nil, true
	t.mu.Unlock()
	for _, v := range all {
		v.sub.Close(reason)
	}
}

func (t *viewers) len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.byID)
}
