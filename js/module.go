package js

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
