package rtmp

import (
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp/chunk"
)

// publisher is a session that carries media.
type publisher struct {
	*conn
	command  command // publish
	session  *media.Session
	pub      media.Publication
	timeouts func() (first, normal time.Duration)
	gatherer gatherer  // nil when nothing is to gather
	next     time.Time // when the next packet is due
	clock    clock
	stopped  chan struct{}
	watched  chan struct{} // closed when watch has returned
}

// gatherer is a Publication that says until when what it is sent may gather, and wakes
// whoever waits for that.
type gatherer interface {
	Gather() time.Time
	Wake(at time.Time, f func())
}

// begin takes the session's part from the connection's goroutine on.
func (p *publisher) begin() {
	p.alive()
	p.stopped, p.watched = make(chan struct{}), make(chan struct{})
	go p.watch()
}

// watch interrupts the connection when the server ends the publication.
func (p *publisher) watch() {
	defer close(p.watched)
	select {
	case <-p.pub.Done():
		p.in.interrupt(errNudged)
	case <-p.stopped:
	}
}

// alive has the publisher's time begin anew.
func (p *publisher) alive() {
	wait, normal := p.timeouts()
	if p.clock.begun { // with its first packet
		wait = normal
	}
	p.next = time.Now().Add(wait)
}

func (p *publisher) kind() string     { return media.KindPublish }
func (p *publisher) asked() command   { return p.command }
func (p *publisher) until() time.Time { return p.next }

func (p *publisher) over(now time.Time) error {
	select {
	case <-p.pub.Done():
		return endOf(p.pub)
	default:
	}
	if now.Before(p.next) {
		return nil
	}
	return errTimeout
}

func endOf(pub media.Publication) error {
	if err := pub.Err(); err != nil {
		return err //nolint:wrapcheck // the reason as it is
	}
	return errEnded
}

func (p *publisher) stop(why error) []chunk.Message {
	close(p.stopped)
	<-p.watched
	p.pub.Close(why)
	if why == nil {
		return nil
	}
	return []chunk.Message{p.command.onStatus(ending(codePublishDenied, why))}
}

// take carries one message of media. Its error is the session's end.
func (p *publisher) take(m *chunk.Message) error {
	switch m.Type {
	case chunk.Audio, chunk.Video:
		return p.packet(media.Kind(m.Type), m.Timestamp, m.Body)
	case chunk.DataAMF0, chunk.DataAMF3:
		if body := dataBody(m); body != nil {
			return p.packet(media.Data, m.Timestamp, body)
		}
	case chunk.Aggregate:
		for part := range parts(m) {
			if err := p.take(&part); err != nil {
				return err
			}
		}
	}
	return nil
}

// packet hands a packet on. A body that is no packet is dropped: senders of empty
// audio messages are otherwise well.
func (p *publisher) packet(kind media.Kind, ts uint32, body []byte) error {
	pkt, err := flv.Packet(kind, p.clock.at(ts), body)
	if err != nil {
		return nil //nolint:nilerr // dropped
	}
	p.session.BytesIn.Add(uint64(len(body)))
	p.alive()
	if len(p.sessions) == 1 {
		p.in.waitUntil(p.next)
	} else {
		p.rearm()
	}
	return p.pub.WritePacket(pkt) //nolint:wrapcheck // by publish
}
