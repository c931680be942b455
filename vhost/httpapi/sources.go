package httpapi

import (
	"time"

	"weir/js/host"
	"weir/js/sandbox"
	"weir/vhost/latency"
)

// Reloads counts reloads.
type Reloads struct {
	Applied, Refused uint64
	At               time.Time // when the configuration that is served was read
}

// Scripts count what scripts do that the server does not call; a nil one is not
// shown.
type Scripts struct {
	Workers func() sandbox.Counts
	Fetches func() map[string]host.FetchCounts // by vhost
}

// HookCount counts the calls of one hook of http_hooks.
type HookCount struct {
	VHost, Hook         string // Hook: "on_publish"
	OK, Refused, Failed uint64 // calls, by the answer
	Retried, Dropped    uint64
	Took                latency.Distribution
}
