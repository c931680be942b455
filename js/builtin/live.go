package builtin

import (
	_ "embed"

	"weir/js"
)

var (
	//go:embed live.js
	liveSource string
	//go:embed live.d.ts
	liveTypes string
)

// liveModule is the global live: the streams and the sessions of the script's own
// vhost.
func liveModule() js.Module {
	ask := func(op string) js.Native {
		return native(op, func(e js.Env, args []js.Value) (js.Value, error) {
			return e.Host.Ask(e.Context, e.Origin, op, args)
		})
	}
	return js.Module{
		Globals: []string{"live"},
		Source:  liveSource,
		Natives: []js.Native{ask("live"), ask("clients"), ask("kick")},
	}
}
