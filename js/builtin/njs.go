package builtin

import (
	_ "embed"
	"runtime/metrics"

	"weir/js"
)

var (
	//go:embed njs.js
	njsSource string
	//go:embed njs.d.ts
	njsTypes string
)

// The version of njs whose interface this is, as text and as njs counts it.
const (
	njsVersion       = "1.0.0"
	njsVersionNumber = 0x010000
)

// njsModule is the global njs: https://nginx.org/en/docs/njs/reference.html#njs.
func njsModule() js.Module {
	return js.Module{
		Name:    "weir:njs",
		Globals: []string{"njs"},
		Exit:    "exit",
		Source:  njsSource,
		Natives: []js.Native{
			native("facts", func(js.Env, []js.Value) (js.Value, error) {
				return map[string]any{"version": njsVersion, "version_number": int64(njsVersionNumber), "engine": "goja"}, nil
			}),
			native("memory", func(js.Env, []js.Value) (js.Value, error) {
				s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
				metrics.Read(s)
				return int64(s[0].Value.Uint64()), nil //nolint:gosec // bytes of this machine
			}),
		},
	}
}
