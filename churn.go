package weir

import (
	"context"
	"runtime/debug"
	"sync/atomic"
	"time"
)

const (
	churnLook = time.Second // between two looks
	churnMany = 250         // comings and goings worth a return of memory
	churnFew  = 10          // of them between two looks, that are quiet
)

// churn gives memory back to the system when many connections have come or gone and
// few still do. What set-ups leave behind stays resident otherwise; while they last it
// would only be fetched again.
type churn struct {
	turns atomic.Int64 // comings and goings
	seen  int64        // of them, at the last look
	freed int64        // of them, at the last return
}

func (c *churn) run(ctx context.Context) {
	look := time.NewTicker(churnLook)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
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
