package host

import (
	"context"
	"errors"
	"sync/atomic"

	"weir/js"
)

// FetchCounts are the fetches of a vhost's scripts by what became of them.
type FetchCounts struct {
	OK       int64 // an answer came, of whatever status
	Refused  int64 // not permitted
	Timeout  int64
	Aborted  int64 // by the script, or since its call had ended
	Overload int64 // too many were under way
	Failed   int64 // no answer came, or one that was no good
	Active   int64 // under way now
}

// fetchCounters are FetchCounts, counting.
type fetchCounters struct{ ok, refused, timeout, aborted, overload, failed atomic.Int64 }

// count counts the outcome of a fetch.
func (c *fetchCounters) count(ctx context.Context, err error) {
	var t *js.Throw
	code := ""
	if errors.As(err, &t) {
		code = t.Code
	}
	switch {
	case err == nil:
		c.ok.Add(1)
	case code == "EACCES":
		c.refused.Add(1)
	case err == errOverload:
		c.overload.Add(1)
	case code == "ETIMEDOUT":
		c.timeout.Add(1)
	case ctx.Err() != nil:
		c.aborted.Add(1)
	default:
		c.failed.Add(1)
	}
}

// FetchCounts returns the counts by vhost.
func (h *Host) FetchCounts() map[string]FetchCounts {
	h.mu.Lock()
	defer h.mu.Unlock()
	l := map[string]FetchCounts{}
	for name, s := range h.scopes {
		c := &s.fetches
		l[name] = FetchCounts{
			OK: c.ok.Load(), Refused: c.refused.Load(), Timeout: c.timeout.Load(), Aborted: c.aborted.Load(),
			Overload: c.overload.Load(), Failed: c.failed.Load(), Active: s.load.fetches.n.Load(),
		}
	}
	return l
}
