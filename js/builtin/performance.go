package builtin

import (
	_ "embed"
	"time"

	"weir/js"
)

var (
	//go:embed performance.js
	performanceSource string
	//go:embed performance.d.ts
	performanceTypes string
)

// performanceModule is the global performance. Its origin is when the module was
// made, which is when the generation of the configuration was.
func performanceModule() js.Module {
	origin := time.Now()
	return js.Module{
		Name:    "perf_hooks",
		Globals: []string{"performance"},
		Source:  performanceSource,
		Natives: []js.Native{
			native("timeOrigin", func(js.Env, []js.Value) (js.Value, error) {
				return float64(origin.UnixMicro()) / 1000, nil
			}),
			native("now", func(js.Env, []js.Value) (js.Value, error) { return milliseconds(time.Since(origin)), nil }),
		},
	}
}

// milliseconds is a time as the Web counts it, to the microsecond.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
