package conf

import (
	"slices"
	"strings"

	"weir/confparse"
	"weir/js/hook"
)

// Logs are the files that say who came.
type Logs struct {
	// AccessLog writes a line for each publish and play that has ended, or that RTMP asked for and did not get, as well as for each connection that js_on_connect refused ($status is then what HTTP would have said), and at the top level for each HTTP request, too: of the format that is named, or else of combined for requests and session for sessions. A file is relative to work_dir.
	AccessLog AccessLog `conf:"access_log,example=objs/access.log,inherit,reload=live"`
}

// The formats that need no log_format.
const (
	CombinedFormat = "combined"
	SessionFormat  = "session"
)

// AccessLog is an access_log directive: "access_log FILE [FORMAT];".
type AccessLog struct {
	File   string // relative to work_dir; "" for none
	Format string // "": as is usual for what is logged
	Off    bool   // of "off"
	Span   confparse.Span
}

// IsSet says whether lines are written.
func (a AccessLog) IsSet() bool { return a.File != "" }

// String is the directive's value as it would be written.
func (a AccessLog) String() string {
	if a.Off {
		return "off"
	}
	return strings.TrimSpace(a.File + " " + a.Format)
}

// Usage is the syntax of access_log.
func (*AccessLog) Usage() string { return "FILE [FORMAT] | off" }

// Set decodes an access_log directive.
func (a *AccessLog) Set(d *confparse.Directive) error {
	switch {
	case len(d.Args) == 1 && d.Args[0].Value == "off":
		a.Off = true
		return nil
	case len(d.Args) == 1 || len(d.Args) == 2:
	default:
		return (&fault{message: "takes a file, and maybe a format"}).hinting("usage: access_log %s", a.Usage())
	}
	if d.Args[0].Value == "" {
		return faultAt(d.Args[0], "takes a file")
	}
	a.File, a.Span = d.Args[0].Value, d.Args[len(d.Args)-1].Span
	if len(d.Args) == 2 {
		a.Format = d.Args[1].Value
	}
	return nil
}

// LogFormat is the format of a name; nil if there is none.
func (c *Config) LogFormat(name string) *LogFormat {
	for _, list := range [][]LogFormat{c.LogFormats, formats} {
		if i := slices.IndexFunc(list, func(f LogFormat) bool { return f.Name == name }); i >= 0 {
			return &list[i]
		}
	}
	return nil
}

// checkLogs finds formats and variables that there are not.
func (d *decoder) checkLogs(c *Config) {
	declared := map[string]bool{}
	declare := func(s *Scripts, h *Hooks) {
		for _, v := range s.JSVars {
			declared[v.Name] = true
		}
		for _, v := range h.Sets {
			declared[v.Name] = true
		}
	}
	declare(&c.Scripts, &c.Hooks)
	for _, v := range c.VHosts {
		declare(&v.Scripts, &v.Hooks)
	}
	first := map[string]LogFormat{}
	for _, f := range c.LogFormats {
		if other, ok := first[f.Name]; ok {
			d.errorf("E203", f.Span, "log_format %s is defined twice", f.Name).Notes = noteAt(other.Span, "first defined here")
		}
		first[f.Name] = f
		for _, p := range f.Parts() {
			if p.Variable != "" && !declared[p.Variable] && !hook.IsVariable(p.Variable) {
				d.errorf("E205", f.Span, "log_format %s: there is no variable $%s", f.Name, p.Variable).Hint = hintNear(p.Variable)
			}
		}
	}
	check := func(a AccessLog) {
		if a.Format != "" && c.LogFormat(a.Format) == nil {
			d.errorf("E205", a.Span, "access_log: there is no log_format %s", a.Format)
		}
	}
	check(c.AccessLog)
	for _, v := range c.VHosts {
		if v.AccessLog != c.AccessLog {
			check(v.AccessLog)
		}
	}
}

// hintNear proposes a variable of a like name.
func hintNear(name string) string {
	if near := confparse.Suggest(name, hook.VariableNames()); near != "" {
		return "did you mean $" + near + "?"
	}
	return ""
}
