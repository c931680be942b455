package rtmp

import (
	"context"
	"errors"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// timeouts are a publisher's unless the Publication has others: SRS's defaults.
func timeouts() (first, normal time.Duration) { return 20 * time.Second, 5 * time.Second }

var (
	errEnded = errors.New("ended by the server")
	errInUse = errors.New("message stream is in use")
)

// publish begins a publisher's session (7.2.2.6).
func (c *conn) publish(ctx context.Context, cmd command) error {
	if err := c.free(cmd.stream); err != nil {
		return c.reject("publish", err, cmd.onStatus(refusal(codePublishBadName, err)))
	}
	s := c.session(media.KindPublish, cmd)
	var pub media.Publication
	err := c.gate(ctx, func(ctx context.Context) (err error) {
		pub, err = c.router.Publish(ctx, s)
		return err
	})
	if err != nil {
		return c.reject("publish", err, cmd.onStatus(refusal(codePublishBadName, err)))
	}
	answer, err := c.dialogs.publish(s.Asked.Stream)
	if err == nil {
		err = c.send(c.published(cmd, answer)...)
	}
	if err != nil {
		pub.Close(err)
		return err
	}
	p := &publisher{conn: c, command: cmd, session: s, pub: pub, timeouts: timeouts}
	if t, ok := pub.(interface {
		Timeouts() (first, normal time.Duration)
	}); ok {
		p.timeouts = t.Timeouts
	}
	p.gatherer, _ = pub.(gatherer)
	p.begin()
	c.join(p)
	c.rearm()
	return nil
}

// free says whether a session may begin on a message stream.
func (c *conn) free(stream uint32) error {
	switch {
	case !c.streams.has(stream):
		return errNoStream
	case c.sessionOn(stream) != nil:
		return errInUse
	}
	return nil
}

// published is what a publisher is told to begin by: go-rtmp's answer to publish,
// and ahead of it what encoders wait for that have sent FCPublish.
func (c *conn) published(cmd command, answer []any) []chunk.Message {
	start := cmd.message(answer...)
	if !c.encoder {
		return []chunk.Message{start}
	}
	s := status{level: "status", code: codePublishStart, description: "Started publishing stream."}
	return []chunk.Message{cmd.message("onFCPublish", 0, nil, s.object()), start}
}

// unpublish ends a publication by FCUnpublish, which names the stream and is sent
// on any message stream.
func (c *conn) unpublish(cmd command) error {
	s := status{level: "status", code: codeUnpublished, description: "Stream is unpublished."}
	told := []chunk.Message{cmd.message("onFCUnpublish", 0, nil, s.object())}
	if cmd.id != 0 {
		told = append(told, cmd.result(nil, nil))
	}
	if p := c.publisherOf(cmd); p != nil {
		told = append(told, p.command.onStatus(s))
		c.leave(p)
	}
	return c.send(told...)
}

// publisherOf is whom FCUnpublish means: by name, by message stream, or as the only one.
func (c *conn) publisherOf(cmd command) *publisher {
	for _, s := range c.sessions {
		if p, ok := s.(*publisher); ok && p.command.text(1) == cmd.text(1) {
			return p
		}
	}
	return c.publisher(cmd.stream)
}

// session is what the router is asked about.
func (c *conn) session(kind string, cmd command) *media.Session {
	asked, query, url := c.address.stream(cmd.text(1))
	return &media.Session{
		ID: media.NewID(), Kind: kind, Connection: c.info,
		Asked: asked, Query: query, URL: url, StartedAt: time.Now(),
	}
}
