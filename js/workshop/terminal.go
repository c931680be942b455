package workshop

import (
	"context"
	_ "embed"
	"fmt"
	"io"

	"weir/js"
	"weir/js/builtin"
	"weir/js/host"
)

// terminal is the host of scripts that are run from a command line. There is no
// server: nothing is live, and there are no dictionaries.
type terminal struct {
	out, err io.Writer
	host     *host.Host
	exit     func(code int)
}

var _ builtin.Terminal = (*terminal)(nil)

// Print implements builtin.Terminal.
func (t *terminal) Print(level js.Level, message string) {
	w := t.out
	if level <= js.LevelWarn {
		w = t.err
	}
	fmt.Fprintln(w, message)
}

// Log implements js.Host.
func (t *terminal) Log(_ js.Origin, level js.Level, message string) { t.Print(level, message) }

// Ask implements js.Host. "exit" is whether the script may end the process; with a
// code, it does.
func (t *terminal) Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	switch op {
	case "exit":
		if len(args) > 0 {
			t.exit(int(number(args[0])))
		}
		return true, nil
	case "live", "clients":
		return []js.Value{}, nil
	case "kick":
		return false, nil
	case "dict":
		return []js.Value{}, nil // there are no zones
	}
	return t.host.Ask(ctx, o, op, args)
}

// Close ends what the host has open.
func (t *terminal) Close() { t.host.Close() }

func number(v js.Value) int64 {
	switch n := v.(type) {
	case int64:
		return n
	case float64:
		return int64(n)
	}
	return 0
}

var (
	//go:embed shell.js
	shellSource string
	//go:embed globals.js
	globalsSource string
)

// shellModules are what scripts find that are run as programs.
func shellModules() []js.Module {
	return []js.Module{{Source: globalsSource}, {Name: "weir:shell", Source: shellSource}}
}
