package hub

// audience are the players of a source that one shard sends to.
type audience struct {
	src     *source
	shard   *shard
	size    int       // of players, and of those about to be; guarded by the source's lock
	queued  bool      // for the shard's next round; guarded by the shard's lock
	players []*player // of the shard's goroutine
}

// enter returns the source's audience in sh, with room for one more player. The
// source's lock is held.
func (s *source) enter(sh *shard) *audience {
	for _, a := range s.audiences {
		if a.shard == sh {
			a.size++
			return a
		}
	}
	a := &audience{src: s, shard: sh, size: 1}
	s.audiences = append(s.audiences, a)
	return a
}

// add and remove belong to the shard's goroutine.
func (a *audience) add(p *player) {
	p.index = len(a.players)
	a.players = append(a.players, p)
}

func (a *audience) remove(p *player) {
	last := len(a.players) - 1
	a.players[p.index] = a.players[last]
	a.players[p.index].index = p.index
	a.players[last] = nil
	a.players = a.players[:last]
}
