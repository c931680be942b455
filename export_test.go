package weir

import "time"

// WithoutPolling leaves events alone to tell of changes.
func (s *Server) WithoutPolling() { s.pollEvery = time.Hour }

// PollingFast leaves no test waiting for the poll.
func (s *Server) PollingFast() { s.pollEvery = 20 * time.Millisecond }
