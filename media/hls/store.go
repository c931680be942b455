package hls

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"weir/media"
)

// Store holds the playlists and segments of the streams by their final keys. The
// zero value is an empty store.
type Store struct {
	// MaxBytes bounds the segments of one stream; zero means 1 GiB. The newest
	// three are kept whatever they weigh, which is 80 MiB each at most.
	MaxBytes int64
	// Finished is told of each segment that is complete, on the stream's own
	// goroutine; it must not wait. Nil: nobody is.
	Finished func(key media.Key, s Segment)
	// Log takes what is wrong with a stream's packets; nil discards it.
	Log *slog.Logger

	refused atomic.Uint64

	mu      sync.RWMutex
	windows map[media.Key]*window
	started chan struct{} // closed when a stream gets its first playlist; nil if none waits
}

// Stats is what a Store holds at one time.
type Stats struct {
	Streams  int
	Segments int
	Bytes    int64  // of the segments
	Refused  uint64 // packets that could not be carried, since the start
}

// Stats returns what the store holds.
func (s *Store) Stats() Stats {
	s.mu.RLock()
	defer s.mu.RUnlock()
	st := Stats{Streams: len(s.windows), Refused: s.refused.Load()}
	for _, w := range s.windows {
		w.mu.RLock()
		st.Segments += len(w.segments)
		st.Bytes += weight(w.segments)
		w.mu.RUnlock()
	}
	return st
}

// open returns the stream's window for one more output.
func (s *Store) open(key media.Key, set Settings) *window {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.windows[key]
	if w == nil {
		w = &window{id: rand.Uint64(), maxBytes: cmp.Or(s.MaxBytes, 1<<30)}
		if s.windows == nil {
			s.windows = map[media.Key]*window{}
		}
		s.windows[key] = w
	}
	w.open(set)
	return w
}

// window returns the stream's window, nil if there is none.
func (s *Store) window(key media.Key) *window {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.windows[key]
}

// announce wakes those who wait for a stream to begin.
func (s *Store) announce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started != nil {
		close(s.started)
		s.started = nil
	}
}

// await waits until the stream has a playlist, for as long as ctx lasts and done
// is open. Then the error is media.ErrNotFound if nothing writes the stream, else
// errNoSegment.
func (s *Store) await(ctx context.Context, key media.Key, done <-chan struct{}) (*window, error) {
	for {
		started := s.waiting()
		if w := s.window(key); w != nil && w.current() != nil {
			return w, nil
		}
		select {
		case <-started:
			continue
		case <-done:
		case <-ctx.Done():
		}
		if s.window(key) == nil {
			return nil, media.ErrNotFound
		}
		return nil, errNoSegment
	}
}

func (s *Store) waiting() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started == nil {
		s.started = make(chan struct{})
	}
	return s.started
}

// sweep frees the streams that ended a window before now.
func (s *Store) sweep(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.windows, func(_ media.Key, w *window) bool { return w.over(now) })
}
