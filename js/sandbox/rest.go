package sandbox

import (
	"runtime/debug"
	"sync/atomic"
	"time"
)

const (
	restLook = time.Second // between two looks
	restMany = 100         // calls worth a return of memory
	restFew  = 10          // calls between two looks that are quiet
)

// rest gives a worker's memory back to the system when many calls have been made and
// few still are: their garbage stays resident otherwise. It looks only after calls.
type rest struct {
	calls   atomic.Int64
	looking atomic.Bool
	seen    int64 // calls, at the last look; of the one that looks
	freed   int64 // calls, at the last return
}

// called notes a call.
func (r *rest) called() {
	r.calls.Add(1)
	if !r.looking.Load() && !r.looking.Swap(true) {
		time.AfterFunc(restLook, r.look)
	}
}

func (r *rest) look() {
	n := r.calls.Load()
	if n-r.seen >= restFew {
		r.seen = n
		time.AfterFunc(restLook, r.look)
		return
	}
	r.seen = n
	if n-r.freed >= restMany {
		r.freed = n
		debug.FreeOSMemory()
	}
	r.looking.Store(false)
}
