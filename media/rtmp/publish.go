package rtmp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// A publisher's timeouts unless the Publication has others: SRS's defaults.
const (
	firstTimeout  = 20 * time.Second
	normalTimeout = 5 * time.Second
)

var (
	errUnpublish = errors.New("publisher has stopped") // and the connection may go on
	errEnded     = errors.New("ended by the server")
)

// publish runs a publisher's session from its command to its end (7.2.2.6).
func (c *conn) publish(ctx context.Context, cmd command) error {
	s := c.session(media.KindPublish, cmd)
	if !c.streams[cmd.stream] {
		return c.refuse(errNoStream, cmd.onStatus(refusal(codePublishBadName, errNoStream)))
	}
	var pub media.Publication
	err := c.gate(ctx, func(ctx context.Context) (err error) {
		pub, err = c.router.Publish(ctx, s)
		return err
	})
	if err != nil {
		return c.refuse(fmt.Errorf("publish: %w", err), cmd.onStatus(refusal(codePublishBadName, err)))
	}
	err = c.carry(cmd, s, pub)
	switch {
	case errors.Is(err, errUnpublish):
		pub.Close(nil)
		c.messages = 0
		c.in.SetLimits(talkLimits)
		c.in.wait(c.settings.CommandTimeout)
		return nil
	case left(err):
		pub.Close(nil)
		return err
	}
	pub.Close(err)
	return c.refuse(fmt.Errorf("publish: %w", err), cmd.onStatus(ending(codePublishDenied, err)))
}

// session is what the router is asked about.
func (c *conn) session(kind string, cmd command) *media.Session {
	asked, query, url := c.address.stream(cmd.text(1))
	return &media.Session{
		ID: media.NewID(), Kind: kind, Connection: c.info,
		Asked: asked, Query: query, URL: url, StartedAt: time.Now(),
	}
}

// carry tells the peer to begin and hands on what it sends until it ends.
func (c *conn) carry(cmd command, s *media.Session, pub media.Publication) error {
	if err := c.resume(); err != nil {
		return err
	}
	_, answer, err := c.dialog.publish(cmd.stream, s.Asked.Stream)
	if err != nil {
		return err
	}
	c.rest()
	if err := c.send(cmd.message(answer...)); err != nil {
		return err
	}
	p := &publisher{conn: c, session: s, pub: pub}
	p.first, p.normal = firstTimeout, normalTimeout
	if t, ok := pub.(interface {
		Timeouts() (first, normal time.Duration)
	}); ok {
		p.first, p.normal = t.Timeouts()
	}
	return p.run()
}

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

// dataBody is the message that players get of a data message: without
// @setDataFrame, which is meant for the server. It is nil if there is none.
func dataBody(m *chunk.Message) []byte {
	body := m.Body
	if m.Type == chunk.DataAMF3 && len(body) > 0 && body[0] == 0 {
		body = body[1:]
	}
	if len(body) > maxCommand {
		return nil
	}
	name, rest, err := amf0.Next(body)
	if _, ok := name.(string); !ok || err != nil || name == "@clearDataFrame" {
		return nil
	}
	if name != "@setDataFrame" {
		return body
	}
	if name, _, err = amf0.Next(rest); name != "onMetaData" || err != nil {
		return nil
	}
	return rest
}
