package hub

import (
	"slices"
	"time"

	"weir/media"
)

// attach makes c a player.
func (s *source) attach(sub *Subscription, c media.Conn, f media.Framer) (*player, error) {
	if c.WriteDeadline <= 0 {
		c.WriteDeadline = 30 * time.Second
	}
	p := &player{
		sub: sub, conn: c, shard: s.hub.shard(), src: s, first: true, pre: slices.Clone(c.Hello),
		count: sub.options.Count, left: sub.left, finite: sub.options.EndWithPublication,
	}
	p.conn.Hello = nil
	sock, err := s.hub.socket(p, s.noDelay.Load())
	if err != nil {
		return nil, err
	}
	p.socket = sock
	s.admit(p, f)
	if !p.shard.post(event{player: p, what: joined}) {
		s.dismiss(p)
		sock.abandon()
		return nil, media.ErrShutdown
	}
	s.hub.Counters.Joins.Add(1)
	return p, nil
}

// admit gives p the log of a framing, which begins with the group of pictures when p
// is the first of it.
func (s *source) admit(p *player, f media.Framer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.audience = s.enter(p.shard)
	if !s.settings.GOPCache {
		p.since = s.ring.head
	}
	i := slices.IndexFunc(s.logs, func(l *log) bool { return l.framer == f })
	if i < 0 {
		i = len(s.logs)
		s.logs = append(s.logs, newLog(f))
		s.logs[i].absolute = s.times == SourceTimes
		if s.gop.valid && s.settings.GOPCache {
			s.seed(s.logs[i])
		}
	}
	p.log = s.logs[i]
	p.log.players++
}

// dismiss undoes admit.
func (s *source) dismiss(p *player) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.log.opening.wait(p, false)
	if p.log.players--; p.log.players == 0 {
		p.log.mirror.close()
		s.logs = slices.DeleteFunc(s.logs, func(l *log) bool { return l == p.log })
	}
	if p.audience.size--; p.audience.size == 0 {
		s.audiences = slices.DeleteFunc(s.audiences, func(a *audience) bool { return a == p.audience })
	}
}
