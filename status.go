package weir

import (
	"os"
	"time"

	"weir/conf"
	"weir/media"
)

// Status is what a server says of itself.
type Status struct {
	PID        int           `json:"pid"`
	Version    string        `json:"version"`
	File       string        `json:"file"`
	Started    time.Time     `json:"started"`
	Generation int           `json:"generation"` // of the configuration; 1 is the first
	Addresses  Addresses     `json:"addresses"`
	Publishers int           `json:"publishers"`
	Players    int           `json:"players"`
	Scripts    *ScriptStatus `json:"scripts"`    // nil when there are none
	LastReload *Reload       `json:"lastReload"` // nil before the first
	Pending    []Change      `json:"pending"`    // what only a restart applies
}

// Reload is how a reload went.
type Reload struct {
	At         time.Time `json:"at"`
	Generation int       `json:"generation"` // that serves now
	Applied    []Change  `json:"applied"`    // what the reload changed
	Pending    []Change  `json:"pending"`    // what only a restart applies
	Error      string    `json:"error"`      // why nothing changed; "" if the reload happened
	Findings   string    `json:"findings"`   // of the file, as weir check prints them
}

// Change is a directive whose value has changed.
type Change struct {
	Path    string `json:"path"`
	From    string `json:"from"`
	To      string `json:"to"`
	Applies string `json:"applies"` // live, stream, listen or restart
}

// changes lists what differs between two configurations: what a reload applies,
// and, against the one that the server was started with, what it cannot.
func changes(started, old, new *conf.Config) (applied, pending []Change) {
	for _, c := range conf.Diff(old, new) {
		if c.Reload < conf.ReloadRestart {
			applied = append(applied, Change{c.Path, c.Old, c.New, c.Reload.String()})
		}
	}
	for _, c := range conf.Diff(started, new) {
		if c.Reload == conf.ReloadRestart {
			pending = append(pending, Change{c.Path, c.Old, c.New, c.Reload.String()})
		}
	}
	return applied, pending
}

// status is the server's state now. The watcher's goroutine calls it.
func (s *Server) status() *Status {
	gen := s.router.Generation()
	st := &Status{
		PID: os.Getpid(), Version: Version, File: s.Conf, Started: s.begun, Generation: gen.Number,
		Addresses: s.listeners.addresses(), LastReload: s.last,
	}
	st.Scripts = s.scriptStatus()
	_, st.Pending = changes(s.started, gen.Conf, gen.Conf)
	for _, c := range s.router.Clients() {
		if c.Kind == media.KindPublish {
			st.Publishers++
		} else {
			st.Players++
		}
	}
	return st
}
