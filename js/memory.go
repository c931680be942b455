package js

import (
	"errors"
	"runtime"
	"runtime/metrics"
	"sync/atomic"
)

// memory is what a watchdog knows of the process's memory. While a script that was
// interrupted for it gives its VM up, no other is.
type memory struct {
	limit  uint64 // 0: none
	sample []metrics.Sample
	full   atomic.Bool // a script was interrupted, and nothing has been collected since
}

func newMemory(limit uint64) memory {
	return memory{limit: limit, sample: []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}}
}

// isFull reports whether a script is to be interrupted.
func (h *memory) isFull() bool {
	if h.limit == 0 || h.full.Load() {
		return false
	}
	metrics.Read(h.sample)
	return h.sample[0].Value.Uint64() > h.limit
}

// released says why a VM was given up: one that used too much memory leaves
// garbage, which the next script is not to pay for.
func (h *memory) released(err error) {
	if !h.full.Load() {
		return
	}
	if errors.Is(err, ErrMemory) {
		runtime.GC()
	}
	h.full.Store(false)
}
