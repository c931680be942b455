package host

import (
	"context"
	"fmt"

	"weir/js"
)

// Fetcher executes the fetches of one vhost's scripts, and keeps their
// connections.
type Fetcher struct{}

// Close ends the connections that wait for another fetch.
func (f *Fetcher) Close() {}

type load struct{}

type fetches struct{}

func (h *Host) fetch(context.Context, *scope, *Settings, []js.Value) (js.Value, error) {
	return nil, fmt.Errorf("fetch: no such operation")
}
