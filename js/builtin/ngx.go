package builtin

import (
	_ "embed"
	"errors"
	"path"
	"strconv"
	"strings"
	"sync/atomic"

	"weir/js"
)

var (
	//go:embed ngx.js
	ngxSource string
	//go:embed ngx.d.ts
	ngxTypes string
)

// ngxModule is the global ngx: https://nginx.org/en/docs/njs/reference.html#ngx.
func ngxModule(s Server) js.Module {
	var vms atomic.Int64 // that have asked for ngx
	return js.Module{
		Globals: []string{"ngx", "SharedMemoryError"},
		Source:  ngxSource,
		Natives: []js.Native{
			native("facts", func(js.Env, []js.Value) (js.Value, error) { return facts(s, vms.Add(1)), nil }),
			native("log", func(e js.Env, args []js.Value) (js.Value, error) {
				e.Host.Log(e.Origin, js.Level(number(args, 0)), clip(text(args, 1)))
				return nil, nil
			}),
			native("zones", func(e js.Env, _ []js.Value) (js.Value, error) {
				return e.Host.Ask(e.Context, e.Origin, "dict", []js.Value{"", "zones"})
			}),
			native("dict", dict),
		},
	}
}

func facts(s Server, engine int64) map[string]any {
	version := s.Version
	if version == "" {
		version = "0.0.0"
	}
	return map[string]any{
		"version":        version,
		"version_number": versionNumber(version),
		"prefix":         directory(s.Prefix),
		"conf_prefix":    directory(path.Dir(s.ConfFile)),
		"conf_file_path": s.ConfFile,
		"error_log_path": s.ErrorLog,
		"build":          "",
		"engine_id":      engine,
		"worker_id":      int64(0),
	}
}

// versionNumber counts as nginx does: "1.2.3" is 1002003.
func versionNumber(version string) int64 {
	version = strings.TrimPrefix(version, "v")
	version, _, _ = strings.Cut(version, "-")
	var n int64
	parts := strings.Split(version, ".")
	for i := range 3 {
		n *= 1000
		if i < len(parts) {
			p, err := strconv.ParseInt(parts[i], 10, 32)
			if err != nil {
				return 0
			}
			n += p
		}
	}
	return n
}

func directory(d string) string {
	if d == "" || strings.HasSuffix(d, "/") {
		return d
	}
	return d + "/"
}

// dict is native.dict(zone, op, ...args). A zone that is full is no exception
// here but a result, {full: message}, of which the script makes one: the class is
// its own.
func dict(e js.Env, args []js.Value) (js.Value, error) {
	v, err := e.Host.Ask(e.Context, e.Origin, "dict", args)
	var t *js.Throw
	if errors.As(err, &t) && t.Class == "SharedMemoryError" {
		return map[string]any{"full": t.Message}, nil
	}
	return v, err
}
