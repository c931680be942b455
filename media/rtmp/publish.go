package rtmp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"weir/media"
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
	answer, err := c.dialogs.publish(s.Asked.Stream)
	if err != nil {
		return err
	}
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
