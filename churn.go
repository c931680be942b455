package weir

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

const (
	churnLook = time.Second // between two looks
	churnMany = 250         // comings and goings worth a return of memory
	churnFew  = 10          // of them between two looks, that are quiet
	churnFast = 500         // of them between two looks, that are a storm

	smallHeap    = 12 << 20 // bytes in use
	smallPercent = 25       // of them, garbage that a small heap may hold
)

// churn gives memory back to the system when many connections have come or gone and
// few still do. What set-ups leave behind stays resident otherwise; while they last it
// would only be fetched again.
//
// It has the garbage of a small heap collected early, too: there is as much of it as of
// players otherwise.
type churn struct {
	turns atomic.Int64 // comings and goings
	seen  int64        // of them, at the last look
	freed int64        // of them, at the last return
	usual int          // percentage of garbage when it is not that of a small heap
	small bool         // it is
}

func (c *churn) run(ctx context.Context) {
	look := time.NewTicker(churnLook)
	defer look.Stop()
	c.trim(0)
	defer c.loosen()
	debug.FreeOSMemory() // what starting left
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			c.trim(c.turns.Load() - c.seen)
			if c.over() {
				debug.FreeOSMemory()
			}
		}
	}
}

// over looks whether memory is to be given back.
func (c *churn) over() bool {
	n := c.turns.Load()
	quiet := n-c.seen < churnFew
	c.seen = n
	if !quiet || n-c.freed < churnMany {
		return false
	}
	c.freed = n
	return true
}

// trim has garbage collected early while the heap is small and set-ups are no storm:
// then it costs next to nothing. Who sets GOGC knows better.
func (c *churn) trim(turns int64) {
	if os.Getenv("GOGC") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	most := uint64(smallHeap)
	if c.small {
		most *= 2 // or it would change every second
	}
	small := turns < churnFast && live[0].Value.Uint64() < most
	switch {
	case small && !c.small:
		c.usual = debug.SetGCPercent(smallPercent)
		c.small = true
	case !small:
		c.loosen()
	}
}

func (c *churn) loosen() {
	if c.small {
		debug.SetGCPercent(c.usual)
		c.small = false
	}
}
