package builtin

import (
	_ "embed"

	"weir/js"
)

var (
	//go:embed querystring.js
	querystringSource string
	//go:embed querystring.d.ts
	querystringTypes string
)

// querystringModule is Node's querystring.
func querystringModule() js.Module {
	return js.Module{
		Name:   "querystring",
		Source: querystringSource,
		Natives: []js.Native{
			native("decode", func(_ js.Env, args []js.Value) (js.Value, error) { return percentDecode(text(args, 0)), nil }),
		},
	}
}
