package js

import "fmt"

// Error is a fault of a script, with its place in the file that the operator
// wrote: the module (through its source map) or the configuration file.
type Error struct {
	File      string // "" when unknown
	Line, Col int    // from 1; Col in runes
	Message   string // "TypeError: x is not a function"
	Stack     string // one "at name (file:line:col)" a line; may be empty
	Early     bool   // of an inline script: it parses, and the compiler refuses it
	Module    string // of link errors: the import's Name
	Export    string // of link errors: the export that is missing or no function
	Hint      string // what to do instead; may be empty
	Trap      Trap   // "" for other faults
}

func (e *Error) Error() string {
	if e.File == "" {
		return e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Message)
}

// Errors are all that Compile or Inspect found, in source order.
type Errors []*Error

func (l Errors) Error() string {
	switch len(l) {
	case 0:
		return "no errors"
	case 1:
		return l[0].Error()
	}
	return fmt.Sprintf("%v (and %d more)", l[0], len(l)-1)
}
