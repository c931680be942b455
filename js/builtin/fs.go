package builtin

import (
	_ "embed"

	"weir/js"
)

var (
	//go:embed fs.js
	fsSource string
	//go:embed fs_arguments.js
	fsArgumentsSource string
	//go:embed fs_objects.js
	fsObjectsSource string
	//go:embed fs.d.ts
	fsTypes string
)

// fsModule is Node's module of the name. The host executes its operations, "fs.*".
func fsModule() js.Module {
	later := native("askLater", askFiles)
	later.Async = true
	return js.Module{
		Name:   "fs",
		Source: fsSource,
		Natives: []js.Native{
			native("ask", askFiles),
			later,
			native("warn", func(e js.Env, args []js.Value) (js.Value, error) {
				e.Host.Log(e.Origin, js.LevelWarn, text(args, 0))
				return nil, nil
			}),
		},
	}
}

// fsObjectsModule has the objects of fs.
func fsObjectsModule() js.Module {
	return js.Module{Name: "weir:fs/objects", Source: fsObjectsSource}
}

// fsArgumentsModule checks what fs is called with.
func fsArgumentsModule() js.Module {
	return js.Module{Name: "weir:fs/arguments", Source: fsArgumentsSource}
}

// askFiles is native.ask(op, args), and native.askLater, which gives a promise.
func askFiles(e js.Env, args []js.Value) (js.Value, error) {
	var l []js.Value
	if len(args) > 1 {
		l, _ = args[1].([]any)
	}
	return e.Host.Ask(e.Context, e.Origin, "fs."+text(args, 0), l) //nolint:wrapcheck // it says all
}
