package js

import "context"

// Class describes objects that the server passes to handlers. Its members are
// accessors and methods of a prototype of its own in each VM.
type Class struct {
	Name   string
	Fields []Member // read-only properties, positions as in Object.Fields
	Data   []Member // properties the script may replace; their final values return in Result.Data
	// Effects are methods that record themselves in Result.Effects and return
	// undefined. Their arguments must encode: else they throw a TypeError.
	Effects []Member
	// Methods are natives; their first argument is the Object's Fields.
	Methods []Native
}

// Member is a documented name of a class.
type Member struct {
	Name string
	Type string // TypeScript: "string", "(code?: number, reason?: string) => void"
	Doc  string
}

// Native is a Go function that scripts can call. It runs on the VM's goroutine
// and must neither wait nor take long.
type Native struct {
	Member
	Call  func(e Env, args []Value) (Value, error) // an error throws: a *Throw as its class says, else Error
	Loose bool                                     // arguments that do not encode, as an Error, arrive as their text
}

// Throw is an exception of a certain class.
type Throw struct{ Class, Message string } // Class: "TypeError", "RangeError", "Error"

func (t *Throw) Error() string { return t.Class + ": " + t.Message }

// Env is what a native may use.
type Env struct {
	Context context.Context // of the call on whose behalf it runs
	Origin  Origin
	Host    Host
}

// Module is a built-in module or a piece of the global object, written in
// JavaScript over natives.
type Module struct {
	// Name is the specifier, also served as "node:" + Name. A module without one is
	// run when a VM starts, as a script, ahead of all imports.
	Name string
	// Source is CommonJS: it sees exports, module, require (of built-in modules),
	// and native, an object that holds Natives. File names it in stacks.
	Source  string
	Natives []Native
}

// Builtins are the names that scripts may import without a file.
var Builtins = []string{"crypto"}

// Host is what scripts ask of the server. The server executes it, so that a
// worker process needs no network and no files. Methods are called on a VM's
// goroutine: they must not wait.
type Host interface {
	Log(o Origin, level Level, message string)
	// Kick ends a session of the origin's vhost; false if there is none.
	Kick(o Origin, session, reason string) bool
	// Live describes the streams of the origin's vhost: all of them, or the one
	// named "app/stream".
	Live(o Origin, name string) []*Object
	// Dict executes an operation of a shared dictionary: see js/hook.
	Dict(o Origin, zone, op string, args []Value) (Value, error)
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
