package sandbox

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"weir/js"
)

// call is a js.Call on its way.
type call struct {
	kind   kind   // of its frame
	body   []byte // js.AppendCall
	unit   *unit
	origin js.Origin
	id     uint32 // on its worker

	settled atomic.Bool   // answered, or nobody waits any more
	done    chan struct{} // gets one when it is answered
	answer  []byte        // js.AppendResult
	err     error
	timer   *time.Timer
}

// calls are used again, unless somebody may still look at them.
var calls = sync.Pool{New: func() any {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return &call{done: make(chan struct{}, 1), timer: t}
}}

func newCall(c js.Call, u *unit) (*call, error) {
	k := calls.Get().(*call)
	k.settled.Store(false)
	k.kind, k.unit, k.origin, k.err = frameCall, u, c.Origin, nil
	var err error
	k.body, err = js.AppendCall(k.body[:0], c)
	return k, err
}

// free makes c available. Nobody but its caller knows it any more.
func (c *call) free() {
	c.timer.Stop()
	if cap(c.body) > keepSize || cap(c.answer) > keepSize {
		c.body, c.answer = nil, nil
	}
	calls.Put(c)
}

// settle answers c, unless somebody has.
func (c *call) settle(answer []byte, err error) {
	if c.settled.Swap(true) {
		return
	}
	c.answer, c.err = append(c.answer[:0], answer...), err
	c.done <- struct{}{}
}

// fate is who said what a call came to.
type fate int

const (
	left fate = iota // nobody: its caller waits no more
	lost             // the server, in the worker's place
	told             // the worker
)

// wait returns what c came to; or, when it is given up, why: ctx, or after so long
// js.ErrTimeout. While isStarting says so, it waits for startTime more.
func (c *call) wait(ctx context.Context, limit time.Duration, isStarting func() bool) (r js.Result, by fate, err error) {
	select {
	case <-c.done:
		return c.outcome()
	default:
	}
	c.timer.Reset(limit)
	var gone error
	for more := startTime; gone == nil; {
		select {
		case <-c.done:
			return c.outcome()
		case <-ctx.Done():
			gone = context.Cause(ctx)
		case <-c.timer.C:
			if more <= 0 || !isStarting() {
				gone = js.ErrTimeout
				break
			}
			more -= startTick
			c.timer.Reset(startTick)
		}
	}
	if c.settled.Swap(true) { // meanwhile
		<-c.done
		return c.outcome()
	}
	return r, left, gone
}

// outcome reads the answer, and frees c.
func (c *call) outcome() (r js.Result, by fate, err error) {
	defer c.free()
	if c.err != nil {
		return r, lost, c.err
	}
	r, err = decodeOutcome(c.answer)
	return r, told, err
}
