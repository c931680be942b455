package weir

import (
	"context"
	"runtime/debug"
	"sync/atomic"
	"time"
)

const (
	churnLook = time.Second // between two looks
	churnMany = 500         // connections worth a return of memory
	churnFew  = 10          // connections between two looks that are quiet
)

// churn gives memory back to the system when many connections have ended and few
// still do. What set-ups leave behind stays resident otherwise; while they last it
// would only be fetched again.
type churn struct {
	ended atomic.Int64 // connections
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
	n := c.ended.Load()
	quiet := n-c.seen < churnFew
	c.seen = n
	if !quiet || n-c.freed < churnMany {
		return false
	}
	c.freed = n
	return true
}
