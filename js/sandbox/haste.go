package sandbox

import (
	"runtime"
	"sync/atomic"
	"time"
)

const (
	hasteTime  = 50 * time.Microsecond  // what is looked for that long
	hasteSoon  = 100 * time.Microsecond // what has come within that might have come sooner
	hasteAfter = 4                      // times in a row
	hasteRest  = 12                     // times, after one that was in vain
)

// haste says when it is worth to look again and again for what the other process is
// about to say, instead of sleeping: for two processes that wake each other, waking is
// most of what a call takes. It is while answers, or calls, come one right after
// another, and there is another processor for the other process.
type haste struct{ soon atomic.Int32 }

func (h *haste) isWorth() bool { return h.soon.Load() >= hasteAfter && runtime.NumCPU() > 1 }

// look has try look until it finds something, or for as long as it is worth, and
// reports whether it did.
func (h *haste) look(try func() (found bool)) bool {
	for begun := time.Now(); time.Since(begun) < hasteTime; {
		if try() {
			return true
		}
	}
	h.soon.Store(hasteAfter - hasteRest)
	return false
}

// came says how long a wait has taken.
func (h *haste) came(after time.Duration) {
	switch n := h.soon.Load(); {
	case after > hasteSoon:
		h.soon.Store(min(n, 0))
	case n < hasteAfter:
		h.soon.Store(n + 1)
	}
}
