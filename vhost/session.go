package vhost

import (
	"sync"
	"sync/atomic"
	"time"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
)

// session is a connect, a publish or a play, from its gate to its last event.
type session struct {
	server *Server
	conn   *connection
	media  *media.Session // nil for a connection's own session
	id     string
	kind   string
	begun  time.Time

	// By the server's lock: a reload moves living sessions on.
	gen   *Generation
	vhost *conf.VHost

	rules atomic.Pointer[conf.VHost] // vhost, for who takes no lock

	mu      sync.Mutex
	key     media.Key // as asked, then as renamed; App alone for a connection
	owed    bool      // its ending event must run
	told    bool      // its gate's back ends admitted it: they hear of its end
	over    bool
	counted bool // by the server's lock; a connection's: with those of maxSessions
	reason  error
	cut     func(reason error) // ends what the protocol holds; nil before the admission
	early   error              // an end that came before cut was known

	recheck time.Duration     // how often js_on_update runs, if a script has said
	timer   *time.Timer       // of js_on_update; nil when it is not due, or runs
	idle    *idle             // of kickoff_for_idle; nil while it is off, and of players
	said    *formats          // of a publisher's newest metadata; nil when it has sent none
	values  map[string]string // of js_var and js_set, as scripts have left them
	besides                   // calls beside its gate and its ending event

	ended   chan struct{} // closed when early is set; nil once it cannot be
	settled chan struct{} // a publisher's; closed when the ending event is over
}

// enter makes the session of one request under the present generation: its vhost
// is found, its names are checked, and security and refer let it in.
func (s *Server) enter(c *connection, kind, id, vhost string, m *media.Session) (*session, error) {
	se, err := s.open(c, kind, id, vhost, m)
	if err != nil || m == nil {
		return se, err
	}
	if err := guard(se.rules.Load(), kind, c.Connection); err != nil {
		se.finish(err)
		return nil, err
	}
	return se, nil
}

// open makes a session of what may be named as it is.
func (s *Server) open(c *connection, kind, id, vhost string, m *media.Session) (*session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, media.ErrShutdown
	}
	v, err := s.gen.resolve(vhost)
	if err != nil {
		return nil, err
	}
	if err := c.carries(v); err != nil {
		return nil, err
	}
	key, err := named(v, c, m)
	if err != nil {
		return nil, err
	}
	se := &session{
		server: s, conn: c, media: m, id: id, kind: kind, begun: time.Now(),
		gen: s.gen, vhost: v, key: key, ended: make(chan struct{}),
	}
	if kind == media.KindPublish {
		se.settled = make(chan struct{})
	}
	se.rules.Store(v)
	s.gen.hold(v.Name)
	s.sessions[id] = se
	s.living[kind].Add(1)
	if kind != media.KindConnect {
		c.enter()
	}
	return se, nil
}

// named is the name that a session begins with. An RTMP connection may name no
// app: what it publishes and plays does then.
func named(v *conf.VHost, c *connection, m *media.Session) (media.Key, error) {
	if m != nil && m.Kind == media.KindPlay {
		app, err := served(v, m)
		if err != nil {
			return media.Key{}, err
		}
		return media.Key{VHost: v.Name, App: app, Stream: m.Asked.Stream}, media.CheckName(app, m.Asked.Stream)
	}
	if m != nil {
		return media.Key{VHost: v.Name, App: m.Asked.App, Stream: m.Asked.Stream}, media.CheckName(m.Asked.App, m.Asked.Stream)
	}
	if c.App == "" {
		return media.Key{VHost: v.Name}, nil
	}
	return media.Key{VHost: v.Name, App: c.App}, media.CheckApp(c.App)
}

// now returns what the session lives under at present.
func (se *session) now() (*Generation, *conf.VHost) {
	se.server.mu.Lock()
	defer se.server.mu.Unlock()
	return se.gen, se.vhost
}

// hold is now, and keeps the generation's scripts until its release: a reload may
// take the session to another generation meanwhile.
func (se *session) hold() (*Generation, *conf.VHost) {
	se.server.mu.Lock()
	defer se.server.mu.Unlock()
	se.gen.hold(se.vhost.Name) // it has not ended, since the session holds it too
	return se.gen, se.vhost
}

// Key is the session's name at present.
func (se *session) Key() media.Key {
	se.mu.Lock()
	defer se.mu.Unlock()
	return se.key
}

// admitted gives the session its means of ending; from now on its ending event
// is owed. It reports an end that came before.
func (se *session) admitted(key media.Key, cut func(error)) error {
	_, v := se.now()
	se.mu.Lock()
	defer se.mu.Unlock()
	if se.early != nil {
		return se.early
	}
	se.key, se.cut, se.owed, se.ended = key, cut, true, nil
	se.schedule(v)
	return nil
}

// refusal is the end that came before the admission, nil if none did.
func (se *session) refusal() error {
	se.mu.Lock()
	defer se.mu.Unlock()
	return se.early
}

// isAdmitted says whether the session has what it asked for, or had.
func (se *session) isAdmitted() bool {
	se.mu.Lock()
	defer se.mu.Unlock()
	return se.cut != nil
}

// end asks for the session's end from outside: a kick, a take-over, a shutdown.
func (se *session) end(reason error) {
	se.mu.Lock()
	cut := se.cut
	if cut == nil && se.early == nil {
		se.early = reason
		close(se.ended)
	}
	se.mu.Unlock()
	if cut != nil {
		cut(reason)
	}
}

// finish ends the session, once: it leaves the tables, and its event is queued
// if it is owed. A nil reason means that the peer left.
func (se *session) finish(reason error) {
	se.mu.Lock()
	if se.over {
		se.mu.Unlock()
		return
	}
	se.over, se.reason = true, reason
	if se.timer != nil {
		se.timer.Stop()
	}
	if se.idle != nil {
		se.idle.Stop()
	}
	se.cutShort()
	owed, told, key := se.owed, se.told, se.key
	se.mu.Unlock()

	s := se.server
	s.mu.Lock()
	delete(s.sessions, se.id)
	s.vacate(key, se)
	v := se.vhost
	s.mu.Unlock()
	p := ending[se.kind]
	if told {
		s.Hooks.Tell(v, p, se.view(v, p))
	}
	heard, logged := owed && handler(v, p).IsSet(), v.AccessLog.IsSet() && se.isLogged()
	if !heard && !logged {
		se.settle()
		return
	}
	s.enqueue(v.Name, func() {
		se.besides.Wait()
		if heard {
			se.event(p)
		}
		if logged {
			se.log(se.now())
		}
		se.settle()
	})
}

// ending is the event that ends each kind of session.
var ending = map[string]hook.Point{
	media.KindConnect: hook.Close, media.KindPublish: hook.Unpublish, media.KindPlay: hook.Stop,
}

// settle says that nothing more happens in the session's name.
func (se *session) settle() {
	se.besides.Wait()
	gen, v := se.now()
	gen.release(v.Name)
	if se.settled != nil {
		close(se.settled)
	}
	if se.kind != media.KindConnect {
		se.conn.leave()
	}
	se.server.living[se.kind].Done()
}

// why is the reason of the end, as scripts read it: empty if the peer left.
func (se *session) why() string {
	se.mu.Lock()
	defer se.mu.Unlock()
	if se.reason == nil {
		return ""
	}
	return se.reason.Error()
}
