package vhost

import (
	"sync"
	"time"

	"weir/js/hook"
	"weir/media"
)

// counters are what the server counts, for the metrics.
type counters struct {
	mu    sync.Mutex
	kinds map[[2]string]uint64 // kind and result
	calls map[callKey]*CallCount
}

type callKey struct{ vhost, directive string }

// CallCount counts the calls of one directive's handler in one vhost.
type CallCount struct {
	VHost, Directive string
	Calls            uint64
	Failures         uint64 // exceptions, time limits, overload, crashes, verdicts that make no sense
	Time             time.Duration
}

// SessionCount counts sessions by kind and by how their admission ended.
type SessionCount struct {
	Kind, Result string // Result: "admitted" or "refused"
	Count        uint64
}

func (c *counters) session(kind, result string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kinds == nil {
		c.kinds = map[[2]string]uint64{}
	}
	c.kinds[[2]string{kind, result}]++
}

func (c *counters) admitted(kind string) { c.session(kind, "admitted") }

// refused counts a session that was kept out, and says so in the log, without the
// name that it asked for; RTMP says it at the connection's end.
func (s *Server) refused(m *media.Session, reason error) {
	s.counts.refused(m.Kind)
	if c := m.Connection; c.Protocol != "rtmp" {
		s.log().Info("refused", "kind", m.Kind, "protocol", c.Protocol, "id", m.ID, "remote", c.Remote, "reason", reason)
	}
}

// admitted counts a session that has what it asked for, under its final name, and
// says so in the log.
func (s *Server) admitted(m *media.Session, key media.Key) {
	s.counts.admitted(m.Kind)
	s.log().Info(m.Kind, "vhost", key.VHost, "app", key.App, "stream", key.Stream, "id", m.ID,
		"remote", m.Connection.Remote, "protocol", m.Connection.Protocol)
}

func (c *counters) refused(kind string) { c.session(kind, "refused") }

func (c *counters) call(vhost string, p hook.Point) *CallCount {
	if c.calls == nil {
		c.calls = map[callKey]*CallCount{}
	}
	k := callKey{vhost, p.Directive}
	n := c.calls[k]
	if n == nil {
		n = &CallCount{VHost: vhost, Directive: p.Directive}
		c.calls[k] = n
	}
	return n
}

func (c *counters) called(vhost string, p hook.Point, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.call(vhost, p)
	n.Calls++
	n.Time += took
}

func (c *counters) failed(vhost string, p hook.Point) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.call(vhost, p).Failures++
}

// SessionCounts returns how admissions ended so far.
func (s *Server) SessionCounts() []SessionCount {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	var list []SessionCount
	for k, n := range s.counts.kinds {
		list = append(list, SessionCount{k[0], k[1], n})
	}
	return list
}

// CallCounts returns how often handlers ran so far.
func (s *Server) CallCounts() []CallCount {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	var list []CallCount
	for _, n := range s.counts.calls {
		list = append(list, *n)
	}
	return list
}
