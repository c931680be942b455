package vhost

import (
	"context"
	"time"

	"weir/js"
	"weir/js/hook"
	"weir/media"
)

// File is a file of a stream that is complete.
type File struct {
	Path     string // on disk; "" in memory
	URL      string // below the server's root
	Seq      uint64
	Duration time.Duration
	Size     int64 // bytes
}

// maxFiles is how many files of a vhost may wait for their handler; those beyond
// it are not told.
const maxFiles = 1000

// Segment runs js_on_hls for a segment of a stream, in the name of the session
// that published it. It does not wait.
func (s *Server) Segment(key media.Key, f File) {
	s.complete(key, hook.HLS, f)
}

func (s *Server) complete(key media.Key, p hook.Point, f File) {
	s.mu.Lock()
	v, se := s.gen.vhosts[key.VHost], s.source(key)
	s.mu.Unlock()
	if v == nil || se == nil || !handler(v, p).IsSet() {
		return
	}
	if !s.enqueueFile(v.Name, func() { se.file(p, f) }) {
		s.counts.handlers.of(v.Name, handler(v, p)).count(CallOverload)
		s.log().Error("script is not told of a file: too many wait", "vhost", v.Name, "directive", p.Directive, "url", f.URL)
	}
}

// source is the session that publishes a stream, or that did when its outputs took
// what they have. The server's lock is held.
func (s *Server) source(key media.Key) *session {
	if se := s.publishers[key]; se != nil {
		return se
	}
	for _, o := range s.outputs[key] {
		return o.source
	}
	return nil
}

// file runs the handler of a file under the present generation: the session may
// be over.
func (se *session) file(p hook.Point, f File) {
	s := se.server
	gen := s.current(se.Key().VHost)
	if gen == nil {
		return
	}
	defer gen.release(se.Key().VHost)
	v := gen.vhosts[se.Key().VHost]
	if v == nil || !handler(v, p).IsSet() {
		return
	}
	if _, err := se.call(context.Background(), gen, v, p, EventTimeout, f.value()); err != nil {
		s.failed(v.Name, handler(v, p), se.id, err)
	}
}

func (f File) value() js.Value {
	return map[string]any{
		"path": f.Path, "url": f.URL, "seq": int64(f.Seq), "duration": f.Duration.Seconds(), "size": f.Size,
	}
}
