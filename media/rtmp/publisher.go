package rtmp

import (
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp/chunk"
)

// publisher is the part of a connection that carries media.
type publisher struct {
	*conn
	session       *media.Session
	pub           media.Publication
	first, normal time.Duration // timeouts
	clock         clock
}

// run returns errUnpublish, or why the connection ends as well.
func (p *publisher) run() error {
	over := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-p.pub.Done():
			p.in.interrupt(endOf(p.pub))
		case <-over:
		}
	}()
	defer func() { close(over); <-watched }()

	p.in.SetLimits(chunk.Limits{})
	p.in.Resize(publishBuffer)
	defer p.in.Resize(readBuffer)
	p.in.wait(p.first)
	for {
		m, err := p.in.Next()
		if err != nil {
			return err //nolint:wrapcheck // by publish
		}
		if err := p.take(m); err != nil {
			return err
		}
		if err := p.acknowledge(); err != nil {
			return err
		}
	}
}

func endOf(pub media.Publication) error {
	if err := pub.Err(); err != nil {
		return err //nolint:wrapcheck // the reason as it is
	}
	return errEnded
}

// take carries one message. Of commands it knows those that end the session.
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
	case chunk.CommandAMF0, chunk.CommandAMF3:
		cmd, err := parseCommand(m)
		if err != nil {
			return err
		}
		return p.stop(cmd)
	case chunk.UserControl, chunk.WindowAckSize:
		return p.control(m)
	}
	return nil
}

// stop returns errUnpublish for the commands that say so.
func (p *publisher) stop(cmd command) error {
	switch cmd.name {
	case "deleteStream":
		p.deleteStream(cmd)
		return errUnpublish
	case "closeStream":
		return errUnpublish
	case "FCUnpublish":
		s := status{level: "status", code: codeUnpublished, description: "Stream is unpublished."}
		if err := p.send(cmd.onStatus(s)); err != nil {
			return err
		}
		return errUnpublish
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
	p.in.wait(p.normal)
	return p.pub.WritePacket(pkt) //nolint:wrapcheck // by publish
}
