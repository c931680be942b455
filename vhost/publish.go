package vhost

import (
	"context"
	"sync"
	"time"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
	"weir/media/hub"
)

// Publish implements media.Router.
func (s *Server) Publish(ctx context.Context, m *media.Session) (media.Publication, error) {
	se, err := s.enter(s.connection(m.Connection), media.KindPublish, m.ID, m.Asked.VHost, m)
	if err != nil {
		s.counts.refused(media.KindPublish)
		return nil, err
	}
	verdict, err := se.gate(ctx, hook.Publish)
	if err != nil {
		s.counts.refused(media.KindPublish)
		return nil, err
	}
	pub, err := se.reserve(ctx, verdict)
	if err != nil {
		s.counts.refused(media.KindPublish)
		se.finish(err)
		return nil, err
	}
	s.counts.admitted(media.KindPublish)
	s.log().Info("publish", "vhost", pub.key.VHost, "app", pub.key.App, "stream", pub.key.Stream, "id", se.id,
		"remote", m.Connection.Remote, "protocol", m.Connection.Protocol)
	return pub, nil
}

// reserve takes the stream's final name, which alone decides whether it is busy.
func (se *session) reserve(ctx context.Context, verdict hook.Verdict) (*publication, error) {
	key, err := se.rename(verdict)
	if err != nil {
		return nil, err
	}
	s := se.server
	_, v := se.now()
	for {
		hp, err := s.Hub.Stream(key, streamSettings(v)).Publish()
		if err == nil {
			return se.hold(key, v, hp)
		}
		if !verdict.TakeOver {
			return nil, err
		}
		if err := s.takeOver(ctx, key); err != nil {
			return nil, err
		}
	}
}

// hold makes the reservation the session's own and starts the stream's outputs.
func (se *session) hold(key media.Key, v *conf.VHost, hp *hub.Publication) (*publication, error) {
	p := &publication{Publication: hp, session: se, key: key, vhost: v}
	if err := se.admitted(key, hp.End); err != nil {
		hp.Close(err)
		return nil, err
	}
	s := se.server
	s.mu.Lock()
	s.publishers[key] = se
	s.mu.Unlock()
	s.startOutputs(v, key)
	return p, nil
}

// takeOver ends the stream's publisher and waits until its events are over.
func (s *Server) takeOver(ctx context.Context, key media.Key) error {
	s.mu.Lock()
	holder := s.publishers[key]
	s.mu.Unlock()
	if holder == nil { // between its reservation and its entry, or just gone
		select {
		case <-time.After(time.Millisecond):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	holder.end(media.ErrTakenOver)
	select {
	case <-holder.settled:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// publication is a reservation with its session's life.
type publication struct {
	*hub.Publication
	session *session
	key     media.Key
	vhost   *conf.VHost
	once    sync.Once
}

// Key implements media.Publication.
func (p *publication) Key() media.Key { return p.key }

// Timeouts are how long the publisher may be silent before its first packet, and after it.
func (p *publication) Timeouts() (first, normal time.Duration) {
	return p.vhost.Publish.FirstPacketTimeout, p.vhost.Publish.NormalTimeout
}

// Close implements media.Publication.
func (p *publication) Close(reason error) {
	p.once.Do(func() {
		if err := p.Err(); err != nil {
			reason = err // the server's end, not the connection's that followed
		}
		s, se := p.session.server, p.session
		p.Publication.Close(reason)
		s.mu.Lock()
		if s.publishers[p.key] == se {
			delete(s.publishers, p.key)
		}
		s.mu.Unlock()
		s.log().Info("unpublish", "vhost", p.key.VHost, "app", p.key.App, "stream", p.key.Stream, "id", se.id, "reason", text(reason))
		se.finish(reason)
	})
}

// text is a reason for the log.
func text(reason error) string {
	if reason == nil {
		return "closed"
	}
	return reason.Error()
}
