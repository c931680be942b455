package vhost

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
	"weir/media/hub"
)

// Play implements media.Router.
func (s *Server) Play(ctx context.Context, m *media.Session) (media.Subscription, error) {
	sub, err := s.play(ctx, m)
	if err != nil {
		s.refused(m, err)
		return nil, err
	}
	s.admitted(m, sub.key)
	return sub, nil
}

func (s *Server) play(ctx context.Context, m *media.Session) (*subscription, error) {
	asked, picked, err := s.pick(ctx, m.Connection, m, m.Asked.VHost)
	if err != nil {
		return nil, err
	}
	if ext := remuxed(m.Connection.Protocol); ext != "" && !picked {
		asked = s.mounted(m.Asked, ext)
	}
	se, err := s.enter(s.connection(m.Connection), media.KindPlay, m.ID, asked, m)
	if err != nil {
		return nil, err
	}
	verdict, err := se.gate(ctx, hook.Play)
	if err != nil {
		return nil, err
	}
	sub, err := se.subscribe(verdict)
	if err != nil {
		se.finish(err)
	}
	return sub, err
}

// served is the app that a player of a protocol means, if the vhost serves that.
func served(v *conf.VHost, m *media.Session) (app string, err error) {
	ext, ok := remuxed(m.Connection.Protocol), true
	switch {
	case m.Connection.Protocol == "hls":
		app, ok = m.Asked.App, v.HLS.Enabled
	case ext != "":
		app, ok = v.HTTPRemux.Find(ext, m.Asked.App, false)
	default:
		app = m.Asked.App
	}
	if !ok {
		return "", fmt.Errorf("%w: the vhost does not serve this protocol", media.ErrNotFound)
	}
	return app, nil
}

// subscribe gives the session its cursor. Players of RTMP may wait for a
// publisher; one of http_remux is told at once that there is none, and ends with it.
func (se *session) subscribe(verdict hook.Verdict) (*subscription, error) {
	s, key := se.server, se.Key()
	gen, v := se.now()
	ext := remuxed(se.conn.Protocol)
	if ext != "" {
		if err := s.playable(key, ext); err != nil {
			return nil, err
		}
	}
	if err := s.join(key, verdict); err != nil {
		return nil, err
	}
	hs := s.Hub.Stream(key, streamSettings(v)).Subscribe(hub.SubscribeOptions{
		EndWithPublication: ext != "", Count: &se.media.BytesOut,
	})
	sub := &subscription{Subscription: hs, session: se, key: key, chunkSize: gen.Conf.ChunkSizeOf(v), tracks: tracks(&v.HTTPRemux)}
	if err := se.admitted(key, sub.end); err != nil {
		hs.Close(err)
		s.part(key)
		return nil, err
	}
	return sub, nil
}

func (s *Server) isPublished(key media.Key) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.publishers[key] != nil
}

// subscription is a cursor with its session's life.
type subscription struct {
	*hub.Subscription
	session   *session
	key       media.Key
	chunkSize int
	tracks    media.Tracks
	attached  atomic.Bool
	once      sync.Once
}

// end ends the subscription from the server's side. A player's shard says goodbye
// and closes; what has no connection ends here.
func (s *subscription) end(reason error) {
	s.Subscription.End(reason)
	if !s.attached.Load() {
		s.Close(reason)
	}
}

// Key implements media.Subscription.
func (s *subscription) Key() media.Key { return s.key }

// ChunkSize is the size of the RTMP chunks that the vhost sends.
func (s *subscription) ChunkSize() int { return s.chunkSize }

// Tracks are what an HTTP stream announces and has.
func (s *subscription) Tracks() media.Tracks { return s.tracks }

// Attach implements media.Subscription: the session ends with the connection,
// unless that goes back.
func (s *subscription) Attach(c media.Conn, f media.Framer) error {
	closed := c.Closed
	c.Closed = func(reason error) {
		s.Close(reason)
		if closed != nil {
			closed(reason)
		}
	}
	if back := c.Back; back != nil {
		c.Back = func(r media.Returned) {
			s.attached.Store(false)
			back(r)
		}
	}
	s.attached.Store(true)
	err := s.Subscription.Attach(c, f)
	if err != nil {
		s.attached.Store(false)
	}
	return err
}

// Close implements media.Subscription.
func (s *subscription) Close(reason error) {
	s.once.Do(func() {
		if err := s.Err(); err != nil {
			reason = err
		}
		s.Subscription.Close(reason)
		s.session.server.part(s.key)
		l := s.session.server.log().With("vhost", s.key.VHost, "app", s.key.App, "stream", s.key.Stream, "id", s.session.id)
		if n := s.Jumps(); n > 0 {
			l = l.With("skips", n)
		}
		l.Info("stop", "reason", text(reason))
		s.session.finish(reason)
	})
}
