package builtin

import (
	_ "embed"
	"os"

	"weir/js"
)

var (
	//go:embed process.js
	processSource string
	//go:embed process.d.ts
	processTypes string
)

// processGlobal is the global process: Node's module of the name.
func processGlobal() js.Module {
	return js.Module{Globals: []string{"process"}, Source: "exports.process = require('process');"}
}

// processModule is Node's process, in part. The environment is asked of the server,
// which answers with what is permitted; so is the end of the process, which a
// server refuses.
func processModule(s Server) js.Module {
	return js.Module{
		Name:   "process",
		Source: processSource,
		Natives: []js.Native{
			native("facts", func(js.Env, []js.Value) (js.Value, error) { return s.process(), nil }),
			native("env", func(e js.Env, _ []js.Value) (js.Value, error) {
				env, err := e.Host.Ask(e.Context, e.Origin, "env", nil)
				if err != nil {
					return map[string]any{}, nil //nolint:nilerr // a host that has none
				}
				return env, nil
			}),
			native("mayExit", func(e js.Env, _ []js.Value) (js.Value, error) {
				may, err := e.Host.Ask(e.Context, e.Origin, "exit", nil)
				return err == nil && may == true, nil //nolint:nilerr // a server
			}),
			native("exit", func(e js.Env, args []js.Value) (js.Value, error) {
				return e.Host.Ask(e.Context, e.Origin, "exit", args)
			}),
		},
	}
}

func (s Server) process() map[string]any {
	argv := []any{}
	for _, a := range s.Argv {
		argv = append(argv, a)
	}
	if len(argv) == 0 {
		argv = append(argv, "weir")
	}
	pid, ppid := s.ids()
	return map[string]any{"argv": argv, "pid": int64(pid), "ppid": int64(ppid)}
}

func (s Server) ids() (pid, ppid int) {
	if s.PID == 0 {
		return os.Getpid(), os.Getppid()
	}
	return s.PID, s.PPID
}
