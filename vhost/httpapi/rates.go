package httpapi

import (
	"context"
	"math"
	"sync"
	"time"

	"weir/media"
	"weir/vhost"
)

// kbpsShape is a traffic in kbit/s, over the newest 15 to 30 s, or since its
// session began if that is shorter.
type kbpsShape struct {
	Recv float64 `json:"recv_30s"`
	Send float64 `json:"send_30s"`
}

func (k kbpsShape) plus(o kbpsShape) kbpsShape { return kbpsShape{k.Recv + o.Recv, k.Send + o.Send} }

// sampleEvery is how old the newer sample becomes: rates are since the older one.
const sampleEvery = 15 * time.Second

// rates are what sessions had sent and got at two moments of the past.
type rates struct {
	mu         sync.Mutex
	old, newer sample
}

type sample struct {
	at       time.Time
	sessions map[string]volume // by ID
}

// volume is in bytes.
type volume struct{ in, out uint64 }

// run samples until ctx ends.
func (r *rates) run(ctx context.Context, clients func() []vhost.Client) {
	tick := time.NewTicker(sampleEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			r.take(now, clients())
		}
	}
}

func (r *rates) take(now time.Time, clients []vhost.Client) {
	next := sample{now, make(map[string]volume, len(clients))}
	for _, c := range clients {
		next.sessions[c.ID] = volume{c.Session.BytesIn.Load(), c.Session.BytesOut.Load()}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.old, r.newer = r.newer, next
}

// of is a session's rate: since the older sample that knows it, since it began if
// none does.
func (r *rates) of(s *media.Session, now time.Time) kbpsShape {
	r.mu.Lock()
	since := r.old.at
	before, known := r.old.sessions[s.ID]
	r.mu.Unlock()
	if !known {
		since = s.StartedAt
	}
	took := now.Sub(since).Seconds()
	if since.IsZero() || took <= 0 {
		return kbpsShape{}
	}
	kbps := func(now, before uint64) float64 { return math.Round(8 * float64(now-before) / took / 1000) }
	return kbpsShape{kbps(s.BytesIn.Load(), before.in), kbps(s.BytesOut.Load(), before.out)}
}
