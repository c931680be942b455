package conf

import (
	"reflect"

	"weir/confparse"
)

// syntax is a directive with a syntax of its own. A pointer to its type sets
// itself; String gives it back as it would be written.
type syntax interface {
	// Set decodes the arguments. Its error is a *fault.
	Set(d *confparse.Directive) error
	// Usage is what follows the directive's name, up to the ';' or the block.
	Usage() string
	String() string
}

var syntaxType = reflect.TypeFor[syntax]()

func hasSyntax(t reflect.Type) bool { return reflect.PointerTo(t).Implements(syntaxType) }

// isIdentifier reports whether s can be a name in JavaScript, in ASCII.
func isIdentifier(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '$'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}
