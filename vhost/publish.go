package vhost

import (
	"cmp"
	"context"
	"sync"
	"time"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
	"weir/media/hub"
)

// TakeOverTimeout is how long the one who takes a stream over waits for the
// holder's event to be over.
const TakeOverTimeout = 5 * time.Second

// Publish implements media.Router.
func (s *Server) Publish(ctx context.Context, m *media.Session) (media.Publication, error) {
	pub, err := s.publish(ctx, m)
	if err != nil {
		s.refused(m, err)
		return nil, err
	}
	s.admitted(m, pub.key)
	return pub, nil
}

func (s *Server) publish(ctx context.Context, m *media.Session) (*publication, error) {
	name, _, err := s.pick(ctx, m.Connection, m, m.Asked.VHost)
	if err != nil {
		return nil, err
	}
	se, err := s.enter(s.connection(m.Connection), media.KindPublish, m.ID, name, m)
	if err != nil {
		return nil, err
	}
	verdict, err := se.gate(ctx, hook.Publish)
	if err != nil {
		return nil, err
	}
	pub, err := se.reserve(ctx, verdict)
	if err != nil {
		se.finish(err)
	}
	return pub, err
}

// reserve takes the stream's final name, which alone decides whether it is busy.
func (se *session) reserve(ctx context.Context, verdict hook.Verdict) (*publication, error) {
	s, key := se.server, se.Key()
	holder, err := s.claim(key, se, verdict)
	if err != nil {
		return nil, err
	}
	if holder != nil {
		holder.end(media.ErrTakenOver)
		holder.await(TakeOverTimeout)
	}
	if err := cmp.Or(se.refusal(), ctx.Err()); err != nil {
		return nil, err
	}
	_, v := se.now()
	hp, err := s.Hub.Stream(key, streamSettings(v)).Publish()
	if err != nil {
		return nil, err
	}
	return se.begin(key, v, hp)
}

// claim makes se the holder of a name. If there is one, it is media.ErrBusy, or
// with a take-over the holder whose place se has taken.
//
// Those who take a name over at once stand in a line: each waits for the one
// before, whom it has ended, and only the last of them is admitted.
func (s *Server) claim(key media.Key, se *session, verdict hook.Verdict) (holder *session, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	holder = s.publishers[key]
	if holder != nil && !verdict.TakeOver {
		return nil, media.ErrBusy
	}
	if err := s.room(verdict, media.KindPublish, key, holder); err != nil {
		return nil, err
	}
	s.publishers[key] = se
	return holder, nil
}

// vacate gives up the name that se holds, if it does. The server's lock is held.
func (s *Server) vacate(key media.Key, se *session) {
	if s.publishers[key] == se {
		delete(s.publishers, key)
	}
}

// await waits until the session's event is over, or for so long.
func (se *session) await(most time.Duration) {
	late := time.NewTimer(most)
	defer late.Stop()
	select {
	case <-se.settled:
	case <-late.C:
	}
}

// begin makes the reservation the session's own and starts the stream's outputs.
func (se *session) begin(key media.Key, v *conf.VHost, hp *hub.Publication) (*publication, error) {
	s := se.server
	err := se.admitted(key, func(reason error) {
		s.mu.Lock()
		s.vacate(key, se) // ahead of the end: no output begins after it
		s.mu.Unlock()
		hp.End(reason)
	})
	if err != nil {
		hp.Close(err)
		return nil, err
	}
	s.startOutputs(se.catchUp(key, v), key, se)
	se.desert()
	return &publication{Publication: hp, session: se, key: key}, nil
}

// publication is a reservation with its session's life.
type publication struct {
	*hub.Publication
	session *session
	key     media.Key
	edit    *edit // of metadata; nil when there is none. WritePacket's
	once    sync.Once
}

// Key implements media.Publication.
func (p *publication) Key() media.Key { return p.key }

// Timeouts are how long the publisher may be silent before its first packet, and after
// it, under the present configuration.
func (p *publication) Timeouts() (first, normal time.Duration) {
	t := &p.session.rules.Load().Publish
	return t.FirstPacketTimeout, t.NormalTimeout
}

// What a publisher sends gathers for so long while nobody takes the stream: who
// comes meanwhile begins with the group of pictures in any case.
const unwatched = 100 * time.Millisecond

// Gather is until when what the publisher sends may gather unread: to a multiple of
// its time, the same for all publishers, or to what the hub expects to send on.
func (p *publication) Gather() time.Time {
	v := p.session.rules.Load()
	var wait time.Duration
	if v.Publish.MR && !v.MinLatency {
		wait = v.Publish.MRLatency
	}
	if v.Play.GOPCache && !p.Watched() {
		wait = max(wait, unwatched)
	}
	if wait > 0 {
		return time.Now().Truncate(wait).Add(wait)
	}
	return p.Due()
}

// Close implements media.Publication.
func (p *publication) Close(reason error) {
	p.once.Do(func() {
		if err := p.Err(); err != nil {
			reason = err // the server's end, not the connection's that followed
		}
		p.Publication.Close(reason)
		se := p.session
		se.server.log().Info("unpublish", "vhost", p.key.VHost, "app", p.key.App, "stream", p.key.Stream, "id", se.id, "reason", text(reason))
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
