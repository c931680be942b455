package js_test

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"weir/js"
)

// recorder is a host that remembers what was logged.
type recorder struct {
	mu    sync.Mutex
	lines []string
	more  chan struct{}
}

func newRecorder() *recorder { return &recorder{more: make(chan struct{}, 1)} }

func (r *recorder) Log(o js.Origin, l js.Level, message string) {
	r.mu.Lock()
	r.lines = append(r.lines, fmt.Sprintf("%s %d %s", o.Session, l, message))
	r.mu.Unlock()
	select {
	case r.more <- struct{}{}:
	default:
	}
}

func (r *recorder) logged() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.lines)
}

// wait waits until n lines were logged.
func (r *recorder) wait(n int) []string {
	for {
		if l := r.logged(); len(l) >= n {
			return l
		}
		<-r.more
	}
}

func (r *recorder) Ask(context.Context, js.Origin, string, []js.Value) (js.Value, error) {
	return nil, nil
}
