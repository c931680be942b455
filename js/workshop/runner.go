package workshop

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"time"

	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
	"weir/js/host"
)

// Runner runs scripts as programs.
type Runner struct {
	Files  fs.FS    // scripts are read from
	Paths  []string // imports look in, when they find nothing beside the importing file
	Permit host.Permit
	Server builtin.Server
	Out    io.Writer // what scripts print
	Err    io.Writer // warnings and errors
}

// forever bounds what nothing bounds.
const forever = 1 << 60 * time.Nanosecond

// Run runs the script in a file until nothing is left to do, and returns the exit
// code of the process: that of process.exit or process.exitCode, or 1 if something
// went wrong, which is printed.
func (r *Runner) Run(ctx context.Context, file string) (code int) {
	t := r.terminal()
	defer t.Close()
	o := options(t, append(builtin.Modules(r.Server), shellModules()...))
	script, err := js.CompileScript(r.Files, file, r.Paths, o)
	if err != nil {
		return r.failed(err)
	}
	shell, err := js.NewShell(o)
	if err != nil {
		return r.failed(err)
	}
	defer shell.Close()
	t.exit = shell.Exit
	shell.Load(r.Files, append([]string{path.Dir(file)}, r.Paths...))
	err = shell.Run(ctx, script)
	if err == nil {
		err = shell.Wait(ctx, nil)
	}
	return r.finish(ctx, shell, err)
}

// finish runs what scripts have registered for the end, and settles the exit code.
func (r *Runner) finish(ctx context.Context, shell *js.Shell, err error) int {
	var exit *js.ExitError
	if errors.As(err, &exit) {
		return exit.Code
	}
	code := 0
	if err != nil {
		code = r.failed(err)
	}
	v, err := shell.Call(ctx, "weir:shell", "finish")
	switch {
	case errors.As(err, &exit):
		return exit.Code
	case code != 0:
		return code
	case err != nil:
		return r.failed(err)
	}
	n, _ := v.(int64)
	return int(n)
}

func (r *Runner) failed(err error) int {
	report(r.Err, r.Files, err)
	return 1
}

// options are those of a shell in which scripts are at home.
func options(h js.Host, modules []js.Module) js.Options {
	return js.Options{Classes: hook.Classes(), Modules: modules, Host: h, Budget: js.Budget{Wall: forever, CPU: forever}}
}

func (r *Runner) terminal() *terminal {
	settings := &host.Settings{Permit: r.Permit}
	return &terminal{out: r.Out, err: r.Err, host: &host.Host{Settings: func(string) *host.Settings { return settings }}}
}
