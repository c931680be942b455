package builtin

import (
	_ "embed"

	"weir/js"
)

//go:embed clone.js
var cloneSource string

// cloneModule is the global structuredClone.
func cloneModule() js.Module {
	return js.Module{Globals: []string{"structuredClone"}, Source: cloneSource}
}
