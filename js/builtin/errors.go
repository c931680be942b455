package builtin

import (
	_ "embed"

	"weir/js"
)

var (
	//go:embed errors.js
	errorsSource string
	//go:embed inspect.js
	inspectSource string
)

// errorsModule has what Node's modules throw, and the checks of their arguments,
// for the other modules.
func errorsModule() js.Module { return js.Module{Name: "weir:errors", Source: errorsSource} }

// inspectModule shows values as text, for the other modules.
func inspectModule() js.Module { return js.Module{Name: "weir:inspect", Source: inspectSource} }
