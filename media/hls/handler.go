package hls

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"path"
	"time"

	"weir/media"
	"weir/media/web"
)

// Resolver says how the streams of a vhost are served.
type Resolver interface {
	// HLS returns the stream that is served to those who ask for what s does. With
	// sessions, each viewer has one that the Router admits, and the Router's key
	// counts; without, the error alone says who is kept out.
	HLS(s *media.Session) (key media.Key, sessions bool, err error)
}

// Filter edits the playlists of viewers who have sessions.
type Filter interface {
	// Playlist returns what the viewer who has the subscription is to get instead of a
	// media playlist. An error is its answer.
	Playlist(ctx context.Context, sub media.Subscription, text []byte) ([]byte, error)
}

// Handler serves the streams of a Store at /app/stream.m3u8 and /app/stream-N.ts.
//
// Where there are sessions, a request for the playlist without one asks the
// Router, and is answered by a multivariant playlist whose only variant carries
// the session's id in its URL (hls_ctx), as do the segments' URLs in turn. Names
// in URLs are those that the viewer asked for.
type Handler struct {
	Store    *Store
	Router   media.Router
	Resolver Resolver
	Filter   Filter // nil: playlists stay as they are
	// Elsewhere is asked for what ends as segments do and is none, or is of a vhost
	// without HLS. Nil answers with 404.
	Elsewhere http.Handler

	// Wait is how long a playlist's request waits for the stream's first segment;
	// zero means 10 s.
	Wait time.Duration
	// MaxSessions bounds the viewers who have a session; zero means 100,000.
	MaxSessions int

	viewers viewers
}

var _ http.Handler = (*Handler)(nil)

// Run frees what nobody asks for any more: it ends the sessions of viewers who
// were silent for two windows and drops the streams that ended a window ago. When
// ctx ends, so do all sessions.
func (h *Handler) Run(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			h.viewers.sweep(now)
			h.Store.sweep(now)
		case <-ctx.Done():
			h.viewers.end(media.ErrShutdown)
			return
		}
	}
}

// Sessions returns how many viewers have a session.
func (h *Handler) Sessions() int { return h.viewers.len() }

// ServeHTTP answers GET and HEAD.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		if err := h.serve(w, r); err != nil {
			refuse(w, err)
		}
	default:
		web.NotAllowed(w)
	}
}

// serve answers the request, unless it returns an error.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request) error {
	q, err := parse(r)
	if err != nil {
		return h.elsewhere(w, r, err)
	}
	if v := h.viewers.enter(q.args.Get(ctxArg), q.session.Asked); v != nil {
		defer h.viewers.leave(v)
		return h.serveViewer(w, r, q, v)
	}
	key, sessions, err := h.Resolver.HLS(q.session)
	switch {
	case err != nil:
		return h.elsewhere(w, r, err)
	case sessions && q.seq >= 0:
		return errNoSession
	case sessions:
		return h.admit(w, r, q)
	case q.seq >= 0:
		return h.segment(w, r, key, q.seq, "public")
	}
	return h.playlist(w, r, q, key, nil)
}

// elsewhere lets another handler answer a request that is not for HLS, as err says.
func (h *Handler) elsewhere(w http.ResponseWriter, r *http.Request, err error) error {
	if h.Elsewhere == nil || path.Ext(r.URL.Path) != ".ts" || !errors.Is(err, media.ErrNotFound) {
		return err
	}
	h.Elsewhere.ServeHTTP(w, r)
	return nil
}

// serveViewer answers a viewer who has a session. It holds whatever becomes of its
// vhost, until the server ends it.
func (h *Handler) serveViewer(w http.ResponseWriter, r *http.Request, q request, v *viewer) error {
	if err := v.refusal(); err != nil {
		return err
	}
	c := counter{w, v.session}
	if q.seq >= 0 {
		return h.segment(c, r, v.sub.Key(), q.seq, "private")
	}
	return h.playlist(c, r, q, v.sub.Key(), v.sub)
}

// admit begins a session and answers with the way to it.
func (h *Handler) admit(w http.ResponseWriter, r *http.Request, q request) error {
	if err := h.viewers.reserve(cmp.Or(h.MaxSessions, 100_000)); err != nil {
		return err
	}
	v, win, err := h.play(r.Context(), q.session)
	if !h.viewers.join(v) {
		if v != nil {
			v.sub.Close(media.ErrShutdown)
		}
		return cmp.Or(err, media.ErrShutdown)
	}
	writePlaylist(counter{w, v.session}, win.current().master(q.variant()), "no-store")
	return nil
}

// play asks the Router and waits for the stream to have a playlist.
func (h *Handler) play(ctx context.Context, s *media.Session) (*viewer, *window, error) {
	sub, err := h.Router.Play(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	v := &viewer{session: s, sub: sub}
	win, err := h.await(ctx, sub.Key(), sub.Done())
	if err = cmp.Or(v.refusal(), err); err != nil {
		sub.Close(err)
		return nil, nil, err
	}
	v.silence, v.seen = win.silence(), time.Now()
	return v, win, nil
}

// playlist answers with the playlist: of a viewer's session, or the one for all who
// have none.
func (h *Handler) playlist(w http.ResponseWriter, r *http.Request, q request, key media.Key, sub media.Subscription) error {
	var done <-chan struct{}
	caching := "public, max-age=1"
	if sub != nil {
		done, caching = sub.Done(), "no-store"
	}
	win, err := h.await(r.Context(), key, done)
	if err != nil {
		return err
	}
	text := win.current().text(q.name(), q.query())
	if sub != nil && h.Filter != nil {
		if text, err = h.Filter.Playlist(r.Context(), sub, text); err != nil {
			return err
		}
	}
	writePlaylist(w, text, caching)
	return nil
}

func (h *Handler) await(ctx context.Context, key media.Key, done <-chan struct{}) (*window, error) {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(h.Wait, 10*time.Second))
	defer cancel()
	return h.Store.await(ctx, key, done)
}

func (h *Handler) segment(w http.ResponseWriter, r *http.Request, key media.Key, seq int, caching string) error {
	win := h.Store.window(key)
	if win == nil {
		return media.ErrNotFound
	}
	s := win.segment(seq)
	if s == nil {
		return media.ErrNotFound
	}
	writeSegment(w, r, win, s, caching)
	return nil
}

// refuse answers with err.
func refuse(w http.ResponseWriter, err error) {
	if errors.Is(err, errNoSegment) {
		w.Header().Set("Retry-After", "1")
	}
	web.Refuse(w, err)
}
