package rtmp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// session is a publish or play of a connection that its goroutine serves; a player
// that is alone on its connection is a sender shard's.
type session interface {
	// kind is media.KindPublish or media.KindPlay; asked is the command that began it.
	kind() string
	asked() command
	// over says why the session is to end, nil while it goes on.
	over(now time.Time) error
	// until is when the peer must have said more; zero for never.
	until() time.Time
	// stop ends it: nil when the peer wants that. It returns what the peer is told.
	stop(why error) []chunk.Message
}

// sessionOn returns the session of a message stream, or nil.
func (c *conn) sessionOn(stream uint32) session {
	for _, s := range c.sessions {
		if s.asked().stream == stream {
			return s
		}
	}
	return nil
}

func (c *conn) join(s session) {
	c.sessions = append(c.sessions, s)
	c.messages = 0
	c.fit()
}

func (c *conn) drop(s session) {
	c.sessions = slices.DeleteFunc(c.sessions, func(o session) bool { return o == s })
	c.fit()
	if len(c.sessions) == 0 {
		c.in.wait(c.settings.CommandTimeout)
	}
}

// fit makes room for media while somebody publishes, and lets it gather while nobody
// else uses the connection.
func (c *conn) fit() {
	limits, size := talkLimits, readBuffer
	if slices.ContainsFunc(c.sessions, func(s session) bool { return s.kind() == media.KindPublish }) {
		limits, size = chunk.Limits{}, publishBuffer
	}
	c.in.SetLimits(limits)
	c.in.Resize(size)
	c.in.gather = nil
	if p := c.only(); p != nil && p.gatherer != nil {
		c.in.gather, c.in.wake = p.gatherer.Gather, p.gatherer.Wake
	} else {
		c.in.listen()
	}
}

// only is the publisher whose connection it is alone.
func (c *conn) only() *publisher {
	if len(c.sessions) != 1 {
		return nil
	}
	p, _ := c.sessions[0].(*publisher)
	return p
}

// publisher is that of a message stream, else the only one: some encoders number
// their media by a stream of their own.
func (c *conn) publisher(stream uint32) *publisher {
	var only *publisher
	n := 0
	for _, s := range c.sessions {
		p, ok := s.(*publisher)
		switch {
		case !ok:
		case p.command.stream == stream:
			return p
		default:
			only = p
			n++
		}
	}
	if n > 1 {
		return nil
	}
	return only
}

// rearm sets when the first of the sessions will have waited too long. Players need
// not say anything; a connection of players alone is asked whether it lives.
func (c *conn) rearm() {
	var first time.Time
	for _, s := range c.sessions {
		if t := s.until(); first.IsZero() || !t.IsZero() && t.Before(first) {
			first = t
		}
	}
	if first.IsZero() {
		first = time.Now().Add(pingEvery)
	}
	c.in.waitUntil(first)
}

// leave ends a session that its peer wants to end; the connection goes on.
func (c *conn) leave(s session) {
	c.drop(s)
	s.stop(nil)
}

// lose ends a session for the server, and with the last one the connection, unless
// that was a play which is over.
func (c *conn) lose(s session, why error) error {
	c.drop(s)
	told := s.stop(why)
	if len(c.sessions) == 0 && why != errPlayed {
		return c.refuse(fmt.Errorf("%s: %w", s.kind(), why), told...)
	}
	return c.send(told...)
}

// reap ends the sessions that are over, and says how many those were.
func (c *conn) reap() (n int, err error) {
	now := time.Now()
	for _, s := range slices.Clone(c.sessions) {
		why := s.over(now)
		if why == nil {
			continue
		}
		n++
		if err := c.lose(s, why); err != nil {
			return n, err
		}
	}
	if len(c.sessions) > 0 {
		c.rearm()
	}
	return n, nil
}

// part ends what is left when the connection does, and returns why. The peer is
// told unless it has left.
func (c *conn) part(why error) error {
	if len(c.sessions) == 0 {
		return why
	}
	last := why
	if left(why) {
		last = nil
		_ = c.net.Close() // so that no player's write waits
	}
	_ = c.net.SetWriteDeadline(time.Now().Add(lingerTime))
	kind, told := c.sessions[0].kind(), []chunk.Message(nil)
	for _, s := range c.sessions {
		told = append(told, s.stop(last)...)
	}
	c.sessions = nil
	if last == nil {
		return why
	}
	return c.refuse(fmt.Errorf("%s: %w", kind, why), told...)
}

// reject refuses a command: the connection ends unless other sessions live on it.
func (c *conn) reject(verb string, why error, m chunk.Message) error {
	if len(c.sessions) > 0 {
		return c.send(m)
	}
	return c.refuse(fmt.Errorf("%s: %w", verb, why), m)
}

// converse hears the peer until it leaves or is sent away.
func (c *conn) converse(ctx context.Context) (handed bool, err error) {
	for {
		if handed, err := c.grant(ctx); handed || err != nil {
			return handed, err
		}
		m, err := c.in.Next()
		switch {
		case errors.Is(err, errNudged):
			c.in.clear(errNudged)
			if _, err := c.reap(); err != nil {
				return false, err
			}
			continue
		case errors.Is(err, errTimeout) && len(c.sessions) > 0:
			if err := c.late(); err != nil {
				return false, err
			}
			continue
		case err != nil:
			return false, err //nolint:wrapcheck // says enough
		}
		c.pinged = false
		if handed, err := c.handle(ctx, m); handed || err != nil {
			return handed, err
		}
		if err := c.acknowledge(); err != nil {
			return false, err
		}
	}
}

// pingEvery is how long a connection of players alone may be silent before it is
// asked whether it lives, and pingTimeout how long it may take to answer.
const (
	pingEvery   = time.Minute
	pingTimeout = 30 * time.Second
)

// grant obeys a wish.
func (c *conn) grant(ctx context.Context) (handed bool, err error) {
	if c.wish == nil {
		return false, nil
	}
	cmd := *c.wish
	c.wish = nil
	return c.command(ctx, cmd)
}

// late follows a silence: the publishers that caused it end, or players are pinged
// (7.1.7).
func (c *conn) late() error {
	if n, err := c.reap(); n > 0 || err != nil {
		return err
	}
	if c.pinged {
		return errTimeout
	}
	c.pinged = true
	c.in.wait(pingTimeout)
	return c.send(ping(time.Now()))
}
