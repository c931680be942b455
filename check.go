package weir

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"weir/conf"
	"weir/confparse"
	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
)

// Version is the version of this source.
const Version = "0.1.0"

// loaded is a configuration that may be served: it was read, its scripts compile
// and their top level ran.
type loaded struct {
	conf    *conf.Config
	program *js.Program // nil when no script is bound; of a faulty one the files alone count
}

// Check reads a configuration file as the server would and reports everything
// that is wrong with it and its scripts. It opens no port. The config is for
// showing the findings' sources; it is nil if the file could not be read at all.
func Check(ctx context.Context, fsys fs.FS, name string) (*conf.Config, confparse.Diagnostics) {
	l, found := load(ctx, fsys, name)
	return l.conf, found
}

func load(ctx context.Context, fsys fs.FS, name string) (loaded, confparse.Diagnostics) {
	c, found := conf.Load(fsys, name)
	if c == nil {
		return loaded{}, found
	}
	l := loaded{conf: c}
	sources := c.Sources()
	if len(sources) == 0 {
		return l, found
	}
	program, err := js.Compile(fsys, sources)
	l.program = program
	found = append(found, scriptFindings(err, "E405")...)
	if err == nil {
		found = append(found, scriptFindings(js.Inspect(ctx, program, scriptOptions(c)), "E406")...)
	}
	return l, found.Sort()
}

// scriptOptions are what every engine has: the classes and modules of scripts.
func scriptOptions(c *conf.Config) js.Options {
	prefix, _ := os.Getwd() // "" says as much
	server := builtin.Server{Version: Version, Prefix: prefix, ConfFile: c.File.Name}
	return js.Options{Classes: hook.Classes(), Modules: builtin.Modules(server)}
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
		d := confparse.Diagnostic{Severity: confparse.Error, Code: "E501", Message: f.Message}
		if f.Export != "" {
			d.Code = link
		}
		if f.Line > 0 {
			at := confparse.Pos{File: f.File, Line: f.Line, Col: f.Col}
			d.Span = confparse.Span{Start: at, End: at}
		}
		found = append(found, d)
	}
	return found
}
