package js

import (
	"context"
	"errors"
	"time"
)

// Value is what crosses the boundary between the server and a script: nil,
// bool, float64, int64, string, []byte (an ArrayBuffer in the script), []any,
// map[string]any, and, in arguments only, *Object. Nothing else encodes.
type Value = any

// Caller runs handlers: a pool of VMs in this process, or a worker process.
type Caller interface {
	// Call runs one handler and waits for its result, which for an async handler
	// is what its promise settles to. It returns when ctx ends or a budget is
	// spent, whatever the script does.
	Call(ctx context.Context, c Call) (Result, error)
	// Close ends the VMs when the calls that are running are done, or ctx is.
	Close(ctx context.Context) error
}

// Call is one call of a handler.
type Call struct {
	Unit   string // which VM: the Source's Unit
	Func   Func
	Args   []Value
	Origin Origin
	Budget Budget
	Slot   uint64 // of a unit with Workers: the same number goes to the same VM
	Last   bool   // of its unit: the VM's timers are cleared ahead of it
}

// Func names a function of a unit: an export of one of its imports, or an
// inline function by its ID.
type Func struct {
	Module, Name string
	Inline       string
}

func (f Func) String() string {
	if f.Inline != "" {
		return f.Inline
	}
	return f.Module + "." + f.Name
}

// Origin says on whose behalf a script runs; it goes along with what the script
// logs and asks for.
type Origin struct {
	VHost     string
	Directive string // "js_on_publish"
	Handler   string // "hooks.publish", or "srs.conf:12" for an inline block
	Session   string // the session's ID, or ""
}

// Budget bounds a call. Zero fields take the pool's defaults.
type Budget struct {
	Wall time.Duration // of the whole call, awaits included (js_timeout)
	CPU  time.Duration // of uninterrupted running (js_cpu_limit)
}

// Object is an argument that a script sees as an instance of a Class.
type Object struct {
	Class  string
	Fields []Value // by the class's Fields; a nested *Object is allowed
	Data   []Value // by the class's Data
}

// Result is what a call came to.
type Result struct {
	Value   Value    // what the handler returned; what does not encode (a function, a symbol) is nil
	Effects []Effect // what it recorded, in order
	Data    []Value  // the Data of the first argument that is an Object, as the handler left it
	// Ran is how long script ran at a stretch, about, if that was more than half of the
	// CPU limit; else zero.
	Ran time.Duration
}

// Effect is one recorded call of a method of the first argument.
type Effect struct {
	Name string
	Args []Value
}

// Why a call has no result. An exception or a rejection is an *Error.
var (
	ErrTimeout  = errors.New("script took longer than its time limit")
	ErrCPU      = errors.New("script ran longer than its CPU limit")
	ErrMemory   = errors.New("script uses more memory than js_memory allows")
	ErrOverload = errors.New("too many script calls are waiting")
	ErrCrash    = errors.New("script engine crashed")
	ErrClosed   = errors.New("script engine is closed")
)

// ErrAbsent is what a Host that is not a server's says of what it cannot do.
var ErrAbsent = errors.New("not available here")
