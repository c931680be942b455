package vhost

import (
	"context"

	"weir/js/hook"
	"weir/media"
)

// Connect implements media.Router.
func (s *Server) Connect(ctx context.Context, c *media.Connection) error {
	if err := s.connect(ctx, c); err != nil {
		s.counts.refused(media.KindConnect)
		return err
	}
	s.counts.admitted(media.KindConnect)
	return nil
}

func (s *Server) connect(ctx context.Context, c *media.Connection) error {
	k := &connection{Connection: c}
	name, _, err := s.pick(ctx, c, nil, askedVHost(c.Query, c.Host))
	if err != nil {
		return err
	}
	se, err := s.enter(k, media.KindConnect, c.ID, name, nil)
	if err != nil {
		return err
	}
	verdict, err := se.gate(ctx, hook.Connect)
	if err != nil {
		return err
	}
	k.gate = se
	s.mu.Lock()
	err = s.room(verdict, media.KindConnect, se.Key(), se)
	se.counted = err == nil
	s.mu.Unlock()
	if err == nil {
		err = se.admitted(se.Key(), func(reason error) { s.cut(k, reason) })
	}
	if err != nil {
		se.finish(err)
		return err
	}
	_, v := se.now()
	c.InAck, c.OutAck = uint32(v.InAckSize), uint32(v.OutAckSize) //nolint:gosec // checked by conf
	s.mu.Lock()
	s.connections[c] = k
	s.mu.Unlock()
	return nil
}

// Disconnect implements media.Router. The connection's close event follows the
// last event of its sessions.
func (s *Server) Disconnect(c *media.Connection, reason error) {
	s.mu.Lock()
	k := s.connections[c]
	delete(s.connections, c)
	s.mu.Unlock()
	if k != nil {
		k.whenSettled(func() { k.gate.finish(reason) })
	}
}
