package host

import (
	"context"
	"maps"
	"sync"

	"weir/js"
)

// Lease answers what the scripts of one process ask, as its Host does. The files
// that they open are theirs alone, and end with them.
type Lease struct {
	host *Host

	mu    sync.Mutex
	files map[string]*Files // by vhost
}

// Lease makes a lease. End is to follow.
func (h *Host) Lease() *Lease { return &Lease{host: h, files: map[string]*Files{}} }

// Ask is Host.Ask.
func (l *Lease) Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	return l.host.ask(ctx, l.of(o.VHost), o, op, args)
}

// of are the files of a vhost.
func (l *Lease) of(vhost string) *Files {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.files[vhost]
	if f == nil {
		f = &Files{}
		l.files[vhost] = f
	}
	return f
}

// CloseFiles closes the files of a vhost's scripts, whose VM has ended, and returns
// how many were open.
func (l *Lease) CloseFiles(vhost string) int { return l.of(vhost).Close() }

// End closes all files, and returns how many were open, by vhost.
func (l *Lease) End() map[string]int {
	l.mu.Lock()
	all := maps.Clone(l.files)
	l.mu.Unlock()
	open := map[string]int{}
	for vhost, f := range all {
		if n := f.Close(); n > 0 {
			open[vhost] = n
		}
	}
	return open
}
