package host

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"

	"weir/js"
)

// Host answers the operations "fetch" (see Fetcher.Fetch), "fs.*" (see Files) and
// "env", for any number of goroutines. Its zero value permits nothing.
type Host struct {
	// Settings are those of a vhost's scripts; nil, of the function or its answer:
	// they may touch nothing. Other settings than before, by the pointer, make new
	// connections.
	Settings func(vhost string) *Settings
	// Resolver finds the addresses of names. Nil is the system's.
	Resolver *net.Resolver

	mu     sync.Mutex
	scopes map[string]*scope // by vhost
	load   *load             // of all; nil: there are none yet
}

// Settings are what the scripts of one vhost may do, and how. They do not change.
type Settings struct {
	Permit Permit
	Fetch  FetchSettings
}

// scope is what the host keeps of a vhost.
type scope struct {
	load    *load
	fetches fetchCounters
	files   Files
	turns   chan struct{} // of operations on files: each may hold MaxFile bytes, and a thread

	mu       sync.Mutex
	settings *Settings
	fetcher  *Fetcher // of these settings; nil: none was needed yet
}

// Ask answers an operation of those that js.Host documents.
func (h *Host) Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	return h.ask(ctx, nil, o, op, args)
}

// ask is Ask for scripts whose open files are these; nil are those of the vhost.
func (h *Host) ask(ctx context.Context, files *Files, o js.Origin, op string, args []js.Value) (js.Value, error) {
	s, settings := h.scope(o.VHost)
	if files == nil {
		files = &s.files
	}
	switch {
	case op == "fetch":
		return h.fetch(ctx, s, settings, args)
	case op == "env":
		return settings.Permit.environ(), nil
	case strings.HasPrefix(op, "fs."):
		select {
		case s.turns <- struct{}{}:
		case <-ctx.Done():
			return nil, fmt.Errorf("%s: %w", op, context.Cause(ctx))
		}
		defer func() { <-s.turns }()
		return files.Ask(ctx, &settings.Permit, op, args)
	}
	return nil, fmt.Errorf("%s: no such operation", op)
}

// scope returns what is kept of a vhost, and its present settings.
func (h *Host) scope(vhost string) (*scope, *Settings) {
	var settings *Settings
	if h.Settings != nil {
		settings = h.Settings(vhost)
	}
	if settings == nil {
		settings = nothing
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s, ok := h.scopes[vhost]
	if !ok {
		if h.scopes == nil {
			h.scopes, h.load = map[string]*scope{}, newLoad()
		}
		s = &scope{load: h.load.part(), turns: make(chan struct{}, maxFileOps)}
		h.scopes[vhost] = s
	}
	return s, settings
}

// nothing is permitted to a vhost that has no settings.
var nothing = &Settings{}

// Close ends all connections that wait for another fetch, and closes all files.
// What runs ends with its context.
func (h *Host) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.scopes {
		s.close()
	}
}

func (s *scope) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fetcher != nil {
		s.fetcher.Close()
	}
	s.files.Close()
}
