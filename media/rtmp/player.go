package rtmp

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"weir/media"
	"weir/media/rtmp/chunk"
)

// player is a session that its connection's goroutines serve instead of a sender
// shard: it shares the connection with others, or has wishes of its own.
type player struct {
	*conn
	command command // play
	session *media.Session
	sub     media.Subscription
	length  time.Duration // of what it wants; zero for all
	feed    feed

	cancel context.CancelFunc // of run; nil before start
	done   atomic.Bool        // why is known
	why    error              // it ended
	ended  chan struct{}      // closed when run has returned
}

func (c *conn) player(cmd command, s *media.Session, sub media.Subscription) *player {
	return &player{conn: c, command: cmd, session: s, sub: sub}
}

// accompany begins a player that the connection's goroutines serve.
func (c *conn) accompany(ctx context.Context, p *player, hello []byte, size int) error {
	c.mu.Lock()
	err := c.write(hello)
	c.size = size
	c.mu.Unlock()
	if err != nil {
		return err
	}
	c.join(p)
	p.start(ctx)
	c.rearm()
	return nil
}

func (p *player) start(ctx context.Context) {
	ctx, p.cancel = context.WithCancel(ctx)
	p.ended = make(chan struct{})
	go p.run(ctx)
}

func (p *player) run(ctx context.Context) {
	defer close(p.ended)
	p.why = p.carry(ctx)
	p.done.Store(true)
	p.in.interrupt(errNudged)
}

// carry sends the stream until it, the connection or ctx ends.
func (p *player) carry(ctx context.Context) error {
	into := make([]*media.Packet, 64)
	for {
		n, err := p.sub.Next(ctx, into)
		switch {
		case errors.Is(err, media.ErrUnpublished): // another publisher may come
			continue
		case err != nil:
			return err //nolint:wrapcheck // the reason as it is
		}
		if err := p.deliver(into[:n]); err != nil {
			return err
		}
	}
}

func (p *player) deliver(packets []*media.Packet) error {
	var ms []chunk.Message
	var over error
	for _, q := range packets {
		if p.feed.begun && p.length > 0 && q.DTS-p.feed.base >= p.length {
			over = errPlayed
			break
		}
		for _, q := range p.feed.take(q) {
			ms = append(ms, p.message(q))
		}
	}
	for _, m := range ms {
		p.session.BytesOut.Add(uint64(len(m.Body)))
	}
	if err := p.send(ms...); err != nil {
		return err
	}
	return over
}

// message has a full header: the chunk streams are everybody's.
func (p *player) message(q *media.Packet) chunk.Message {
	m := chunk.Message{
		Type: chunk.Type(q.Kind), Stream: p.command.stream, ChunkStream: dataChunks,
		Timestamp: millis(max(0, q.DTS-p.feed.base)), Body: q.Body,
	}
	switch q.Kind {
	case media.Audio:
		m.ChunkStream = audioChunks
	case media.Video:
		m.ChunkStream = videoChunks
	}
	return m
}

func (p *player) kind() string     { return media.KindPlay }
func (p *player) asked() command   { return p.command }
func (p *player) until() time.Time { return time.Time{} }

func (p *player) over(time.Time) error {
	if p.done.Load() {
		return p.why
	}
	return nil
}

func (p *player) stop(why error) []chunk.Message {
	if p.cancel != nil {
		p.cancel()
		<-p.ended
	}
	p.sub.Close(why)
	switch why {
	case nil:
		return nil
	case errPlayed:
		return p.played()
	}
	return []chunk.Message{p.command.onStatus(ending(codePlayFailed, why))}
}
