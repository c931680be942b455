//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"weir/media"
)

// soakPlayer plays one stream after the other and sees that no frame is missing.
type soakPlayer struct {
	*soak
	flv bool

	visit  int // that counts; what an earlier one left behind does not
	stream *soakStream
	hang   func()
	begun  time.Duration // of the visit, by now
	seq    uint64        // of the newest frame; 0 before the first
	seen   time.Duration // of the newest frame
	banned bool
}

const (
	soakSilence = 20 * time.Second // without a frame of a stream that is live
	soakBan     = "banned=1"
)

// play begins a visit.
func (p *soakPlayer) play() {
	if p.stopping {
		return
	}
	p.visit++
	visit := p.visit
	p.stream = p.streams[p.random.IntN(len(p.streams))]
	p.begun, p.seq, p.seen, p.banned = now(), 0, 0, p.chance(20)
	ended := func(err error) {
		if p.visit == visit {
			p.ended(err)
		}
	}
	frame := func(kind media.Kind, _ int, head []byte) {
		if s, _, ok := findStamp(head); ok && kind == media.Video && p.visit == visit {
			p.frame(s.seq)
		}
	}
	if err := p.dial(frame, ended); err != nil {
		p.add(err)
		p.again()
		return
	}
	p.Plays++
	p.after(p.between(time.Second, 30*time.Second), func() {
		if p.visit == visit && !p.stopping {
			p.leave()
		}
	})
}

// dial connects by the player's protocol.
func (p *soakPlayer) dial(frame func(media.Kind, int, []byte), ended func(error)) error {
	if !p.flv {
		c := &client{address: p.stream.rtmp, role: playing, chunkSize: 4096, ready: func() {}, line: line{ended: ended}}
		c.media = func(m skimmed) { frame(media.Kind(m.kind), m.size, m.head) }
		if p.banned {
			c.name += "?" + soakBan
		}
		p.hang = c.hangUp
		return c.dial(p.r)
	}
	f := &flvPlayer{address: p.stream.flv, line: line{ended: ended}, read: func(int) {}}
	if p.banned {
		f.path += "?" + soakBan
	}
	p.hang = f.hangUp
	return f.dial(p.r, frame)
}

// frame checks that nothing is missing ahead of a frame.
func (p *soakPlayer) frame(seq uint64) {
	p.Frames++
	p.seen = now()
	before := p.seq
	if before>>epochBits != seq>>epochBits {
		p.tail()
	}
	p.seq = seq
	n, epoch := seq&(1<<epochBits-1), seq>>epochBits
	switch {
	case p.banned:
		p.add(errors.New("a player that is banned plays"))
	case before == 0:
		if (n-1)%p.gop != 0 {
			p.lost(1, "begins at frame %d, no keyframe", n)
		}
	case before>>epochBits == epoch:
		if seq != before+1 {
			p.lost(int64(seq-before)-1, "sees frame %d behind %d of publisher %d", n, before&(1<<epochBits-1), epoch) //nolint:gosec // a difference
		}
	default:
		p.Epochs++
		if n != 1 {
			p.lost(int64(n)-1, "begins at frame %d of publisher %d", n, epoch) //nolint:gosec // below 2³²
		}
	}
}

// tail checks that a player had the last frame of a publisher that left in good order.
func (p *soakPlayer) tail() {
	st := p.stream
	if st != nil && st.whole && p.seq>>epochBits == st.sent>>epochBits && p.seq != st.sent {
		p.lost(int64(st.sent-p.seq), "lacks the last %d frames of publisher %d", st.sent-p.seq, p.seq>>epochBits) //nolint:gosec // a difference
	}
}

func (p *soakPlayer) lost(frames int64, what string, args ...any) {
	p.Lost += frames
	protocol := "RTMP"
	if p.flv {
		protocol = "HTTP-FLV"
	}
	p.add(fmt.Errorf("a player of %s by %s "+what, append([]any{p.stream.rtmp.name, protocol}, args...)...))
}

// ended judges the end of a visit that the server brought about: of those it should
// refuse, and in HTTP-FLV of streams whose publisher has left.
func (p *soakPlayer) ended(err error) {
	live := p.stream.pub != nil && p.stream.begun < p.begun
	switch {
	case p.banned, p.seq == 0 && p.flv && !live && errors.Is(err, errAnswer):
		p.Refused++
	case p.flv && errors.Is(err, io.EOF) && now()-p.stream.left < soakSilence && (p.stream.pub == nil || p.stream.epoch != p.seq>>epochBits):
		p.tail()
	default:
		p.add(fmt.Errorf("a player of %s ends: %w", p.stream.rtmp.name, err))
	}
	p.again()
}

// leave ends a visit. A stream that is live had frames for it.
func (p *soakPlayer) leave() {
	at := max(p.begun, p.stream.begun, p.seen)
	if p.stream.pub != nil && now()-at > soakSilence {
		p.add(fmt.Errorf("a player of %s has had no frame for %v", p.stream.rtmp.name, now()-at))
	}
	if p.banned {
		p.add(errors.New("a player that is banned was not refused"))
	}
	p.hang()
	p.again()
}

func (p *soakPlayer) again() {
	p.visit++
	p.seq = 0
	p.after(p.between(0, time.Second), p.play)
}
