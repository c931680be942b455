package weir

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"weir/conf"
	"weir/confparse"
	"weir/js"
	"weir/js/builtin"
	"weir/js/sandbox"
)

// Version is the version of this source.
const Version = "0.1.0"

// loaded is a configuration that may be served: it was read, its scripts compile
// and their top level ran.
type loaded struct {
	conf     *conf.Config     // nil if the file could not be read
	file     *confparse.File  // what was read
	settings scriptSettings   // what scripts may do
	program  *sandbox.Program // nil when no script is bound; of a faulty one the files alone count
}

// Check reads a configuration file as the server would and reports everything
// that is wrong with it and its scripts. It opens no port. The file, which is never
// nil, has the lines that the findings point into.
func Check(ctx context.Context, fsys fs.FS, name string) (*confparse.File, confparse.Diagnostics) {
	l, found := load(ctx, fsys, name)
	if l.conf != nil {
		found = append(found, unreadable(l.conf)...).Sort()
	}
	return l.file, found
}

// Read reads a configuration file as the server would, with what the environment
// overrides (SRS_…), but looks at no script. The config is nil if the file cannot
// be read.
func Read(fsys fs.FS, name string) (*conf.Config, confparse.Diagnostics) {
	return conf.LoadEnv(fsys, name, environment())
}

// environment is what the process brings to a configuration.
func environment() conf.Env {
	env := conf.Env{Vars: os.Environ()}
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err == nil {
		env.MaxFiles = files.Cur
	}
	return env
}

func load(ctx context.Context, fsys fs.FS, name string) (loaded, confparse.Diagnostics) {
	env := environment()
	env.Exports = func(fsys fs.FS, files []string) []js.Exported { return sandbox.Exports(ctx, fsys, files) }
	c, found := conf.LoadEnv(fsys, name, env)
	if c == nil {
		return loaded{file: &confparse.File{Name: name}}, found
	}
	l := loaded{conf: c, file: c.File}
	found = append(found, unwritable(c)...)
	l.settings, found = settingsOf(c, found)
	l.file.Directives = nil // the config has what they mean, and of ten thousand vhosts they are 40 MB
	sources := c.Sources()
	if len(sources) == 0 {
		return l, found.Sort()
	}
	dicts := trialZones(c)
	defer dicts.Close() //nolint:errcheck // nothing of it is kept
	program, faults, inspected := sandbox.Compile(ctx, fsys, sources, sandbox.Config{
		Server: facts(c), Memory: c.JSMemory, NoBigInt: c.JSIsolation == "none", Dicts: dicts,
	})
	l.program = program
	found = append(found, scriptWarnings(program.Warnings())...)
	found = append(found, scriptFindings(faults, "E405")...)
	found = append(found, scriptFindings(inspected, "E406")...)
	hintNearby(fsys, found)
	addSources(l.file, fsys, found)
	return l, found.Sort()
}

// addSources gives f the text of the modules that findings point into, to show
// their lines.
func addSources(f *confparse.File, fsys fs.FS, found confparse.Diagnostics) {
	for _, d := range found {
		name := d.Span.Start.File
		if name == "" || f.Source(name) != "" {
			continue
		}
		if text, err := fs.ReadFile(fsys, name); err == nil {
			f.Sources = append(f.Sources, confparse.Source{Name: name, Text: string(text)})
		}
	}
}

// facts are what scripts are told of the server.
func facts(c *conf.Config) builtin.Server {
	prefix, _ := os.Getwd() // "" says as much
	hostname, _ := os.Hostname()
	return builtin.Server{
		Version: Version, Prefix: prefix, ConfFile: c.File.Name, ErrorLog: logFile(c, prefix),
		Argv: os.Args, PID: os.Getpid(), PPID: os.Getppid(), Hostname: hostname,
	}
}

// logFile is the path of the log of a server that works in dir; "" if that is standard
// error.
func logFile(c *conf.Config, dir string) string {
	switch {
	case c.LogTank != "file":
		return ""
	case filepath.IsAbs(c.LogFile):
		return c.LogFile
	}
	return filepath.Join(dir, c.LogFile)
}

// scriptFindings makes diagnostics of what the engine found; link is the code of
// a fault in what a directive names.
func scriptFindings(err error, link string) confparse.Diagnostics {
	if err == nil {
		return nil
	}
	var faults js.Errors
	if !errors.As(err, &faults) {
		return confparse.Diagnostics{{Severity: confparse.Error, Code: "E501", Message: err.Error()}}
	}
	var found confparse.Diagnostics
	for _, f := range faults {
		if f.Module != "" && f.Export == "" {
			continue // an unknown module, which conf has found
		}
		d := confparse.Diagnostic{Severity: confparse.Error, Code: "E501", Message: f.Message, Hint: f.Hint}
		switch {
		case f.Trap != "":
			d.Code = trapCodes[f.Trap]
		case f.Export != "":
			d.Code = link
		case f.Early:
			d.Code = "E502"
		}
		d.Span = faultSpan(f)
		found = append(found, d)
	}
	return found
}

// faultSpan is where the engine found something; zero if it does not know.
func faultSpan(f *js.Error) confparse.Span {
	if f.Line == 0 {
		return confparse.Span{}
	}
	at := confparse.Pos{File: f.File, Line: f.Line, Col: f.Col}
	return confparse.Span{Start: at, End: at}
}

var trapCodes = map[js.Trap]string{js.TrapLocale: "W503", js.TrapAsync: "E504", js.TrapEval: "W505"}

func scriptWarnings(l js.Errors) confparse.Diagnostics {
	var found confparse.Diagnostics
	for _, w := range l {
		found = append(found, confparse.Diagnostic{
			Severity: confparse.Warning, Code: trapCodes[w.Trap], Span: faultSpan(w), Message: w.Message, Hint: w.Hint,
		})
	}
	return found
}
