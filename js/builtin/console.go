package builtin

import (
	_ "embed"
	"strings"
	"time"

	"weir/js"
)

// maxMessage bounds one message of a script to the log, in bytes.
const maxMessage = 64 << 10

var (
	//go:embed console.js
	consoleSource string
	//go:embed table.js
	tableSource string
	//go:embed console.d.ts
	consoleTypes string
)

var levels = map[string]js.Level{
	"error": js.LevelError,
	"warn":  js.LevelWarn,
	"info":  js.LevelInfo,
	"debug": js.LevelDebug,
}

// Terminal is a host that prints what console is told as it is, of any length,
// instead of logging it.
type Terminal interface {
	js.Host
	Print(level js.Level, message string)
}

// consoleModule is the global console.
func consoleModule() js.Module {
	start := time.Now()
	return js.Module{
		Globals: []string{"console"},
		Source:  consoleSource,
		Natives: []js.Native{
			native("write", func(e js.Env, args []js.Value) (js.Value, error) {
				level, ok := levels[text(args, 0)]
				if !ok {
					level = js.LevelInfo
				}
				if t, ok := e.Host.(Terminal); ok {
					t.Print(level, text(args, 1))
				} else {
					e.Host.Log(e.Origin, level, clip(text(args, 1)))
				}
				return nil, nil
			}),
			// now counts milliseconds by a clock that is never set.
			native("now", func(js.Env, []js.Value) (js.Value, error) {
				return float64(time.Since(start)) / float64(time.Millisecond), nil
			}),
		},
	}
}

// tableModule is the part of console that makes tables.
func tableModule() js.Module { return js.Module{Name: "weir:table", Source: tableSource} }

func clip(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	return strings.ToValidUTF8(message[:maxMessage], "") + "..."
}
