package weir

import (
	"cmp"
	"context"
	"maps"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// How the files are watched: events are hints, content decides.
const (
	confirm  = 100 * time.Millisecond // the content must be the same twice, so far apart: a writer may pause for less
	pollTime = 2 * time.Second        // for what no event tells
)

// watch reloads when a file of the configuration changes, on SIGHUP, or when the
// control socket asks, until ctx ends, which stop brings about. Where nothing tells
// of changes, polling alone remains.
func (s *Server) watch(ctx context.Context, stop func()) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)

	sight := s.look()
	defer sight.close()
	events, faults := sight.events()
	poll := time.NewTicker(cmp.Or(s.pollEvery, pollTime))
	defer poll.Stop()
	quiet := newQuiet()
	for {
		select {
		case <-ctx.Done():
			return
		case <-hup:
			s.reload(ctx)
			quiet.disturb() // there may be other files to watch
		case a := <-s.control.asks:
			a.answer <- s.answer(ctx, a.verb, stop)
			quiet.disturb()
		case <-events:
			quiet.disturb()
		case <-faults: // events were lost
			quiet.disturb()
		case <-poll.C:
			quiet.disturb()
		case <-quiet.C:
			quiet.rest()
			sight.follow(s.seen) // ahead of the look at the content: what changes after it is told
			if s.changed(ctx) {
				s.reload(ctx)
				quiet.disturb()
			}
		}
	}
}

// changed says whether the content differs from what was loaded and has come to
// rest. While it has not, more events follow, or the next poll.
func (s *Server) changed(ctx context.Context) bool {
	now := s.onDisk(s.seen)
	if maps.Equal(now, s.seen) {
		return false
	}
	select {
	case <-time.After(confirm):
	case <-ctx.Done():
		return false
	}
	return maps.Equal(now, s.onDisk(s.seen))
}
