//go:build linux

package main

import (
	"strings"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// soakStream is a stream whose publishers follow each other. Each has an epoch: the upper
// half of its frames' numbers.
type soakStream struct {
	*soak
	rtmp, flv address

	pub   *publisher // nil between two
	epoch uint64
	begun time.Duration // of the newest publisher, by now
	left  time.Duration // of the newest that left
	sent  uint64        // the newest number of the one that left
	whole bool          // it left in good order: all that it sent has arrived
}

const epochBits = 32

// cast prepares the streams and the players of a server.
func (s *soak) cast(publishers, players int, up server) {
	for i := range publishers {
		rtmp, _ := parseAddress(indexed(up.RTMP, i), reach{}) // our own
		flv, _ := parseAddress(indexed(up.FLV, i), reach{})
		s.streams = append(s.streams, &soakStream{soak: s, rtmp: rtmp, flv: flv})
	}
	for i := range players {
		s.players = append(s.players, &soakPlayer{soak: s, flv: i%2 == 1})
	}
}

// publish begins the next publisher, and its end.
func (st *soakStream) publish() {
	if st.stopping {
		return
	}
	p := &publisher{source: st.source, r: st.r, figures: &pubFigures{}}
	p.client = client{address: st.rtmp, role: publishing, chunkSize: 4096}
	p.ended = func(err error) {
		p.over = true
		st.refused(p, err)
	}
	p.ready = func() {
		st.Publishes++
		st.epoch++
		st.pub, st.begun = p, now()
		p.zero, p.seq = now(), st.epoch<<epochBits
		for i := range p.source.head {
			p.send(&p.source.head[i], 0)
		}
		p.step()
		st.after(st.between(4*time.Second, 40*time.Second), func() { st.end(p) })
	}
	if err := p.dial(st.r); err != nil {
		st.add(err)
		st.after(time.Second, st.publish)
	}
}

// refused goes on after a publisher whose connection the server has ended. One that came
// before its predecessor was seen to leave tries again.
func (st *soakStream) refused(p *publisher, err error) {
	if st.pub == nil && strings.Contains(err.Error(), "Publish.BadName") && now()-st.left < 10*time.Second {
		st.Busy++
	} else {
		st.add(err)
	}
	if st.pub == p {
		st.gone(false)
	}
	st.after(100*time.Millisecond, st.publish)
}

// end ends a publisher, in good order or not, and lets the next one come.
func (st *soakStream) end(p *publisher) {
	if st.pub != p || st.stopping {
		return
	}
	if st.chance(3) {
		p.over = true
		p.hangUp()
		st.gone(false)
	} else {
		st.farewell()
	}
	st.after(st.between(200*time.Millisecond, 4*time.Second), st.publish)
}

// farewell says the words of an encoder that stops, and hangs up when they have arrived.
func (st *soakStream) farewell() {
	p := st.pub
	if p == nil {
		return
	}
	p.over = true
	out := p.append(nil, commandStream, 0, "FCUnpublish", 6, nil, p.name)
	h := chunk.Header{ChunkStream: commandStream, Type: chunk.CommandAMF0}
	p.conn.send(chunk.Append(out, h, amf0.Append(nil, "deleteStream", 7, nil, int(p.stream)), p.chunkSize))
	p.ended = nil // the server may hang up first
	st.gone(true)
	st.after(time.Second, p.hangUp)
}

func (st *soakStream) gone(whole bool) {
	st.sent, st.whole, st.left = st.pub.seq, whole, now()
	st.pub = nil
}
