package js

import (
	"runtime"
	"runtime/metrics"
	"sync/atomic"
)

// memory is what a watchdog knows of the process's memory. While a script that was
// interrupted for it gives its VM up, no other is.
type memory struct {
	limit uint64      // 0: none
	full  atomic.Bool // a script was interrupted, and nothing has been collected since
}

// isFull reports whether a script is to be interrupted.
func (h *memory) isFull() bool {
	if h.limit == 0 || h.full.Load() {
		return false
	}
	return used() > h.limit
}

// isCrowded reports whether what is left after a collection is so much that the
// next script will soon be interrupted, too.
func (h *memory) isCrowded() bool { return used() > h.limit/2 }

// used is what the heap has, garbage included, in bytes.
func used() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// released says that a VM was given up, and reports whether a script had been
// interrupted for what it used: that leaves garbage, which the next one is not to
// pay for.
func (h *memory) released() bool {
	if !h.full.Load() {
		return false
	}
	runtime.GC()
	h.full.Store(false)
	return true
}
