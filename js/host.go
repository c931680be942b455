package js

import "context"

// Native is a Go function that scripts can call. It runs on the VM's goroutine
// and must neither wait nor take long, unless it is Async.
type Native struct {
	Member
	Call   func(e Env, args []Value) (Value, error) // an error throws: a *Throw as it says, else Error
	Loose  bool                                     // arguments that do not encode, as an Error, arrive as their text
	Spells bool                                     // an argument that is undefined arrives as that word
	// Async gives script a promise: Call runs on a goroutine of its own, and may wait
	// until its context ends, which is when the call's time is up.
	Async bool
	// Borrow passes bytes without copies: those of the arguments are the script's own
	// memory, which Call may change and must not keep; those it returns are the
	// script's from then on. Not with Async.
	Borrow bool
}

// Throw is an exception. Class is one of the language's errors, or a name that an
// Error gets; Code, if it is not empty, is its property of that name ("ENOENT").
type Throw struct{ Class, Message, Code string }

func (t *Throw) Error() string { return t.Class + ": " + t.Message }

// Env is what a native may use.
type Env struct {
	Context context.Context // of the call on whose behalf it runs
	Origin  Origin
	Host    Host

	vm *vm
}

// Unref has nobody wait for a timer, by what setTimeout returned: a program ends
// without it.
func (e Env) Unref(id int64) {
	if e.vm != nil {
		e.vm.unref(id)
	}
}

// Host is what scripts ask of the server. The server executes it, so that a
// worker process needs no network and no files. Any goroutine may call it.
type Host interface {
	Log(o Origin, level Level, message string)
	// Ask executes an operation on behalf of a call: "dict", "fetch", "fs.readFile"
	// and so on; the package that offers it documents its arguments and its answer.
	// One that waits ends with ctx, and is asked by Async natives only. A *Throw is
	// what the script is to see.
	Ask(ctx context.Context, o Origin, op string, args []Value) (Value, error)
}

// Level is a log level: njs's ngx.INFO, WARN, ERR.
type Level int

// Log levels in njs's numbers (syslog's).
const (
	LevelError Level = 4
	LevelWarn  Level = 5
	LevelInfo  Level = 7
	LevelDebug Level = 8
)
