package hub

import (
	"time"

	"weir/media"
)

// askEvery is how often a shard looks for players that are silent. One that has
// neither sent nor taken anything for two rounds is asked whether it lives; by the
// next round it must have answered. So a player whose stream has halted, and that is
// gone without a word, is found within two minutes.
const askEvery = 30 * time.Second

// ask is a round.
func (s *shard) ask() {
	for p := range s.players {
		s.yield()
		s.result(p, p.ask(s.asked))
	}
	s.asked = s.now
}

// ask is p's part in a round; since is when the one before was. Players whose
// connection takes nothing have a deadline for that.
func (p *player) ask(since time.Time) error {
	pinger, ok := p.log.framer.(media.Pinger)
	heard := p.heard.Swap(false)
	switch {
	case !ok || p.ending || p.blocked:
		return nil
	case heard || p.moved.After(since):
		p.silent = 0
		return nil
	}
	p.silent++
	switch p.silent {
	case 1:
		return nil
	case 2:
		return p.answer(pinger.Ping(nil, p.shard.now))
	}
	return media.ErrSilent
}
