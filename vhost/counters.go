package vhost

import (
	"sync"

	"weir/media"
)

// counters are what the server counts, for the metrics.
type counters struct {
	mu    sync.Mutex
	kinds map[[2]string]uint64 // kind and result

	handlers tallies
	faults   faults
	vms      vmCounts
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
