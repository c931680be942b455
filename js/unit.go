package js

import (
	"context"
	"sync/atomic"
)

// unit is a Source in a pool: it takes each call to the lane of the VM that the
// source's Model says.
type unit struct {
	pool    *Pool
	name    string
	program *unitProgram
	pending atomic.Int64 // calls
	failed  *launch      // of PerCall: the last start, if that failed; the pool's lock guards it
}

// call makes c where its VM is.
func (u *unit) call(ctx context.Context, c Call) (Result, error) {
	l := u.pool.lane(u, &c)
	if u.program.model != PerCall {
		return l.call(ctx, u.program, c)
	}
	r, err := l.call(ctx, u.program, c)
	u.pool.learn(u, l)
	return r, err
}

// laneKey says which lane a call takes: its unit, "" if that is Shared; which of
// the workers; of PerDirective, the directive with its function; of PerCall, the
// number of the call, from 1.
type laneKey struct {
	unit      string
	shared    bool
	worker    uint64
	directive string
	function  Func
	call      uint64
}

func (u *unitProgram) laneKey(unit string, c *Call) laneKey {
	k := laneKey{unit: unit}
	if u.workers > 1 {
		k.worker = c.Slot % uint64(u.workers)
	}
	switch u.model {
	case Shared:
		k.unit, k.shared = "", true
	case PerDirective:
		k.directive, k.function = c.Origin.Directive, c.Func
	}
	return k
}
