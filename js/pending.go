package js

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"
)

// call is a Call on its way through a unit.
type call struct {
	Call
	program  *unitProgram
	ctx      context.Context // for natives that do not wait
	deadline time.Time
	done     chan outcome // of a Pool
	settled  atomic.Bool  // answered, or nobody waits any more
	probe    bool         // only whether there is such a function, and it is async

	loop *Loop // of a Loop; and who it is there
	id   uint32
	vm   *vm

	first   *instance // the first argument that is an Object
	effects []Effect
	ran     time.Duration // Result.Ran so far
	blamed  []Func        // whose faults the host was told
	ended   bool          // one of them ends it
	holds   int           // its timers and Async natives under way

	returned bool
	promise  *goja.Promise // what the handler returned, if that is one
	value    goja.Value    // what it returned else
}

type outcome struct {
	result Result
	err    error
}

// answer settles c, and reports false if it was settled before.
func (c *call) answer(r Result, err error) bool {
	if c.settled.Swap(true) {
		return false
	}
	if c.loop != nil {
		delete(c.loop.open, c.id)
		c.loop.hooks.Done(c.id, r, err)
		return true
	}
	c.done <- outcome{r, err}
	return true
}

// hold counts what is under way for c, if that is a call.
func (c *call) hold(n int) {
	if c != nil {
		c.holds += n
	}
}

// isOver reports whether c came to something: see Class.Ends.
func (c *call) isOver() bool {
	switch {
	case !c.returned:
		return false
	case c.ended:
		return true
	case c.promise != nil && c.promise.State() != goja.PromiseStateFulfilled:
		return c.promise.State() == goja.PromiseStateRejected
	}
	return c.holds == 0 || c.first == nil || len(c.first.class.Ends) == 0
}

// returns is what the handler returned: a promise, or the like of one, is waited
// for.
func (c *call) returns(v goja.Value, m *vm) error {
	c.returned = true
	c.value = v
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if o.ExportType() == promiseType {
		c.promise = o.Export().(*goja.Promise)
		return nil
	}
	then := false
	if err := m.try(func() { _, then = goja.AssertFunction(o.Get("then")) }); err != nil || !then {
		return err
	}
	p, resolve, _ := m.rt.NewPromise()
	c.promise = p
	return resolve(v)
}
