package hls

import (
	"slices"
	"sync"
	"time"
)

// minListed is how many segments a playlist lists at least: players begin three
// from its end (RFC 8216, 6.3.3).
const minListed = 3

// window holds the newest segments of a stream: those that the playlist lists,
// and before them those that were listed and may still be asked for.
type window struct {
	id       uint64 // random, so that a name's next window has other ETags
	maxBytes int64  // of the segments

	mu       sync.RWMutex
	settings Settings
	segments []*segment // oldest first
	listed   int        // index of the first that the playlist lists
	next     int        // sequence number of the next
	breaks   int        // discontinuities that have left the playlist
	target   int        // EXT-X-TARGETDURATION, in seconds
	playlist *playlist  // nil before the first segment

	outputs int       // that write it
	ended   time.Time // when the last of them left
}

// add lists a segment at the end. It reports whether it is the first.
func (w *window) add(s *segment) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	s.seq = w.next
	s.discontinuity = s.discontinuity && s.seq > 0
	w.next++
	w.segments = append(w.segments, s)
	// No segment is longer when it is rounded (RFC 8216, 4.3.3.1), and the number
	// does not change while segments keep to the fragment.
	w.target = max(w.target, int(s.duration.Round(time.Second)/time.Second), int((w.settings.Fragment+time.Second-1)/time.Second))
	w.unlist()
	w.forget()
	first := w.playlist == nil
	w.playlist = w.list(false)
	return first
}

// unlist takes off the playlist what is older than the window.
func (w *window) unlist() {
	total, bytes := span(w.segments[w.listed:]), weight(w.segments[w.listed:])
	for len(w.segments)-w.listed > minListed {
		s := w.segments[w.listed]
		if total-s.duration < w.settings.Window && len(w.segments)-w.listed <= w.maxListed() && bytes <= w.maxBytes {
			return
		}
		if s.discontinuity {
			w.breaks++
		}
		w.listed++
		total -= s.duration
		bytes -= int64(len(s.data))
	}
}

// forget drops what was taken off the playlist a window ago.
func (w *window) forget() {
	total, bytes, n := span(w.segments[:w.listed]), weight(w.segments), 0
	for n < w.listed {
		s := w.segments[n]
		if total-s.duration < w.settings.Window && w.listed-n <= w.maxListed() && bytes <= w.maxBytes {
			break
		}
		total -= s.duration
		bytes -= int64(len(s.data))
		n++
	}
	w.segments = slices.Delete(w.segments, 0, n)
	w.listed -= n
}

// maxListed bounds the segments of a stream whose publisher makes them short by
// changing its codecs or times.
func (w *window) maxListed() int { return int(w.settings.Window/w.settings.Fragment) + 64 }

// segment returns the one of the number, nil if it is gone or not yet there.
func (w *window) segment(seq int) *segment {
	w.mu.RLock()
	defer w.mu.RUnlock()
	i := seq - (w.next - len(w.segments))
	if i < 0 || i >= len(w.segments) {
		return nil
	}
	return w.segments[i]
}

// current returns the playlist as it is now, nil before the first segment.
func (w *window) current() *playlist {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.playlist
}

// silence is how long a viewer may be silent before its session ends: two windows.
func (w *window) silence() time.Duration {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return 2 * max(w.settings.Window, time.Duration(minListed*w.target)*time.Second)
}

// open counts one more output.
func (w *window) open(set Settings) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.settings = set
	w.outputs++
}

// close counts one output less. When none is left the playlist ends at now.
func (w *window) close(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.outputs--; w.outputs > 0 {
		return
	}
	w.ended = now
	if w.playlist != nil {
		w.playlist = w.list(true)
	}
}

// over says whether the playlist ended a window ago.
func (w *window) over(now time.Time) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.outputs == 0 && (w.playlist == nil || now.Sub(w.ended) >= w.settings.Window)
}

func weight(segments []*segment) int64 {
	var n int64
	for _, s := range segments {
		n += int64(len(s.data))
	}
	return n
}

func span(segments []*segment) time.Duration {
	var d time.Duration
	for _, s := range segments {
		d += s.duration
	}
	return d
}
