package hub

import "weir/media"

// mixAlone is how many packets of one kind wait for the other kind; SRS's number.
const mixAlone = 10

// mix puts a publisher's audio and video in the order of their times: a packet goes
// on when there is one of the other kind that is not ahead of it.
type mix struct {
	audio, video []mixing
	turn         uint64 // of the next packet
}

// mixing is a packet that waits. Of two with one time the one that came first is
// ahead.
type mixing struct {
	kept
	turn uint64
}

func (m mixing) ahead(of mixing) bool {
	return m.DTS < of.DTS || m.DTS == of.DTS && m.turn < of.turn
}

// mixed passes on what k's coming releases. Data does not wait.
func (s *source) mixed(k kept) {
	s.mix.turn++
	switch k.Kind {
	case media.Audio:
		s.mix.audio = append(s.mix.audio, mixing{k, s.mix.turn})
	case media.Video:
		s.mix.video = append(s.mix.video, mixing{k, s.mix.turn})
	default:
		s.pass(k.Packet, k.shown)
		return
	}
	for s.mix.ready() {
		k := s.mix.next()
		s.pass(k.Packet, k.shown)
	}
}

// unmix passes on all that waits.
func (s *source) unmix() {
	for len(s.mix.audio)+len(s.mix.video) > 0 {
		k := s.mix.next()
		s.pass(k.Packet, k.shown)
	}
}

func (m *mix) ready() bool {
	a, v := len(m.audio), len(m.video)
	return a > 0 && v > 0 || a >= mixAlone || v >= mixAlone
}

// next takes out the packet with the earliest time.
func (m *mix) next() kept {
	q := &m.video
	if len(m.video) == 0 || len(m.audio) > 0 && m.audio[0].ahead(m.video[0]) {
		q = &m.audio
	}
	k := (*q)[0]
	rest := copy(*q, (*q)[1:]) // there are few, and the room is kept
	(*q)[rest] = mixing{}
	*q = (*q)[:rest]
	return k.kept
}
