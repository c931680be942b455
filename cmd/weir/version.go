package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"weir"
)

// commit may be set by the linker; else the build's own record of it is used.
var commit string

// version is what the binary knows of itself.
type version struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Go      string `json:"go"`
}

func buildVersion() version {
	v := version{Version: weir.Version, Commit: commit, Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok && v.Commit == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Commit = s.Value
			}
		}
	}
	if v.Commit == "" {
		v.Commit = "unknown"
	}
	return v
}

func (v version) String() string {
	return fmt.Sprintf("weir %s (commit %.12s, %s)", v.Version, v.Commit, v.Go)
}

type versionCmd struct {
	JSON    bool `help:"Print it as JSON." xor:"form"`
	Modules bool `help:"Print the modules that it is built of, too." xor:"form"`
}

func (v *versionCmd) Run(c console) error {
	if v.JSON {
		return json.NewEncoder(c.out).Encode(buildVersion())
	}
	fmt.Fprintln(c.out, buildVersion())
	if info, ok := debug.ReadBuildInfo(); ok && v.Modules {
		for _, m := range info.Deps {
			fmt.Fprintf(c.out, "  %s %s\n", m.Path, m.Version)
		}
	}
	return nil
}
