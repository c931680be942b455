package js

import (
	"regexp"
	"strings"
)

// Module is a built-in module or a piece of the global object, written in
// JavaScript over natives.
type Module struct {
	// Name is the specifier, also served as "node:" + Name. A module without one, and
	// without Globals, is run when a VM starts, ahead of all imports; if it is Wanted,
	// ahead of the first script of a unit's (its modules together, or an inline block)
	// of which the text matches. One in "weir:" is for other built-in modules alone,
	// unless it is Public.
	Name   string
	Public bool
	Wanted *regexp.Regexp
	// Globals are exports that are also properties of the global object, not
	// enumerable. The module is run when script first asks for one of them.
	Globals []string
	// Exit is an export that is called without arguments ahead of the end of a VM in
	// which the module has run, unless that broke. "" is none.
	Exit string
	// Source is CommonJS: it sees exports, module, require (of built-in modules),
	// and native, an object that holds Natives. File names it in stacks.
	Source  string
	Natives []Native
}

// internal reports whether the operator's scripts cannot import the module.
func (m Module) internal() bool { return strings.HasPrefix(m.Name, "weir:") && !m.Public }
