package js

import (
	"context"
	"fmt"
	"time"
)

// Options are what a pool gives its scripts, and what bounds them.
type Options struct {
	Classes []Class  // of the objects in arguments
	Modules []Module // built-in modules and globals
	Host    Host     // nil: a host that does nothing

	Budget Budget // of calls that bring none; zero fields: 3 s and 100 ms
	// MaxPending is how many calls of a unit may wait or run; DefaultPending for
	// units that it does not name. Above it a call fails at once with ErrOverload.
	MaxPending map[string]int
	// Memory is how large the heap may get, in bytes, while a script runs, which is
	// interrupted then; 0 is no limit. What is garbage counts too: let the runtime's
	// own limit (GOMEMLIMIT) be lower. It bounds neither one VM nor one allocation.
	Memory uint64
	// Broke is told of each VM that a call broke and that is replaced therefore: the
	// unit's name, "" for a VM that units share; alone says that the unit has no other.
	// It must not wait. Nil: nobody is told.
	Broke func(unit string, alone bool)
	// Encode sends every call and every result through its encoding, as a worker
	// process does.
	Encode bool
	// NoBigInt refuses numbers of any size in scripts, and takes them away from the
	// language: an operator can make one that takes all memory, uninterrupted.
	NoBigInt bool
}

// What bounds a pool's scripts unless something else is said.
const (
	DefaultWall    = 3 * time.Second
	DefaultCPU     = 100 * time.Millisecond
	DefaultPending = 1024

	startCPU   = time.Second // of the modules' top level
	stuckAfter = time.Second // from an interrupt until a VM counts as lost
	maxTimers  = 10_000      // of a VM
	maxStack   = 1000        // frames of a VM
)

func (o Options) host() Host {
	if o.Host == nil {
		return noHost{}
	}
	return o.Host
}

func (o Options) maxPending(unit string) int64 {
	if n, ok := o.MaxPending[unit]; ok {
		return int64(n)
	}
	return DefaultPending
}

// budget fills what b leaves open.
func (o Options) budget(b Budget) Budget {
	return Budget{
		Wall: firstOf(b.Wall, o.Budget.Wall, DefaultWall),
		CPU:  firstOf(b.CPU, o.Budget.CPU, DefaultCPU),
	}
}

func firstOf(l ...time.Duration) time.Duration {
	for _, d := range l {
		if d > 0 {
			return d
		}
	}
	return 0
}

type noHost struct{}

func (noHost) Log(Origin, Level, string) {}

func (noHost) Ask(_ context.Context, _ Origin, op string, _ []Value) (Value, error) {
	return nil, fmt.Errorf("%s: %w", op, ErrAbsent)
}
