package hub

import (
	"errors"
	"io"
	"time"

	"weir/media"
)

// result acts on what came of a player's turn.
func (s *shard) result(p *player, err error) {
	switch {
	case err == nil && p.blocked:
		s.blocked[p] = struct{}{}
	case err == nil:
	case err == media.ErrUnpublished, err == media.ErrSilent:
		s.end(p, err, true)
	case err == media.ErrSlow:
		s.hub.Counters.Slow.Add(1)
		s.end(p, err, true)
	default: // the connection is broken
		s.end(p, nil, false)
	}
}

func (s *shard) unblock(p *player) {
	p.blocked = false
	delete(s.blocked, p)
}

// ofPeer returns the reason of a session whose connection ended with err.
func ofPeer(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// end closes p's connection, with a goodbye when it is the server that ends it.
func (s *shard) end(p *player, reason error, server bool) {
	if p.ending {
		return
	}
	p.ending, p.reason = true, reason
	p.audience.remove(p)
	var last []byte
	linger := time.Second // for a reply that may be on its way
	switch {
	case p.owed > 0 && !server:
		last = p.pre
	case server:
		p.sub.end(reason)
		last, linger = p.goodbye(reason)
	}
	s.unblock(p)
	if p.socket.close(last, linger) {
		s.finish(p)
	}
}

// finish follows the end of the connection.
func (s *shard) finish(p *player) {
	delete(s.players, p)
	p.src.dismiss(p)
	if p.returned != nil {
		p.goBack()
		return
	}
	reason := p.sub.finish(p.reason)
	if p.conn.Closed != nil {
		p.conn.Closed(reason)
	}
}

func (s *shard) endAll() {
	for p := range s.players {
		s.end(p, media.ErrShutdown, true)
	}
}
