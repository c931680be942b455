package weir

import (
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"weir/confparse"
)

// How the files are watched: events are hints, content decides.
const (
	settle   = 50 * time.Millisecond  // quiet time after the last event
	confirm  = 100 * time.Millisecond // the content must be the same twice, so far apart: a writer may pause for less
	pollTime = 2 * time.Second        // for what no event tells

	maxFile = 8 << 20 // bytes; a larger file is not loaded, and its content does not matter
)

// fingerprint is the content of every file that a configuration was made from,
// by name; a file that cannot be read has the zero sum. What an include looked for
// is there too, under "?" and its pattern: the names that were found.
type fingerprint map[string][sha256.Size]byte

const lookup = "?"

// read is the fingerprint of the bytes that l was made from.
func (s *Server) read(l loaded) fingerprint {
	f := fingerprint{}
	for _, src := range l.file.Sources {
		f[src.Name] = sha256.Sum256([]byte(src.Text))
	}
	for _, k := range l.file.Lookups {
		f[lookup+k.Pattern] = sumOf(k.Names)
	}
	if l.program != nil {
		for _, file := range l.program.Files() {
			f[file.Name] = file.Sum
		}
	}
	if l.conf == nil {
		f[s.Conf] = [sha256.Size]byte{}
		return f
	}
	maps.Copy(f, l.conf.PairFiles)
	for _, name := range l.conf.Files() { // modules that no script is bound to
		if _, ok := f[name]; !ok {
			f[name] = s.sum(name)
		}
	}
	return f
}

// onDisk is the fingerprint of the same files as they are now.
func (s *Server) onDisk(of fingerprint) fingerprint {
	f := fingerprint{}
	for name, sum := range of {
		f[name] = sum
		if info, err := fs.Stat(s.FS, name); err != nil || info.Mode().IsRegular() { // a pipe is read once
			f[name] = s.sum(name)
		}
	}
	return f
}

func (s *Server) sum(name string) [sha256.Size]byte {
	if pattern, ok := strings.CutPrefix(name, lookup); ok {
		names, _ := confparse.Match(s.FS, pattern) // none, then
		return sumOf(names)
	}
	f, err := s.FS.Open(name)
	if err != nil {
		return [sha256.Size]byte{}
	}
	defer f.Close() //nolint:errcheck // it was read
	h := sha256.New()
	if n, err := io.Copy(h, io.LimitReader(f, maxFile+1)); err != nil || n > maxFile { // a directory's, too
		return [sha256.Size]byte{}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func sumOf(names []string) [sha256.Size]byte {
	return sha256.Sum256([]byte(strings.Join(names, "\x00")))
}

// watch reloads when a file of the configuration changes, on SIGHUP, or when the
// control socket asks, until ctx ends, which stop brings about. Directories are
// watched, since editors replace files; where watching fails, polling alone
// remains.
func (s *Server) watch(ctx context.Context, stop func()) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)

	var events chan fsnotify.Event
	var faults chan error
	w, err := fsnotify.NewWatcher()
	if err != nil {
		s.Log.Warn("files are polled, since they cannot be watched", "reason", err)
	} else {
		defer w.Close() //nolint:errcheck // nothing depends on it
		events, faults = w.Events, w.Errors
	}
	poll := time.NewTicker(pollTime)
	defer poll.Stop()
	quiet := time.NewTimer(0)
	for {
		follow(w, s.seen)
		select {
		case <-ctx.Done():
			return
		case <-hup:
			s.reload(ctx)
		case a := <-s.control.asks:
			a.answer <- s.answer(ctx, a.verb, stop)
		case <-faults: // an overflow: the next poll sees what was missed
		case <-events:
			quiet.Reset(settle)
			continue // there may be thousands
		case <-poll.C:
			s.reloadIfChanged(ctx)
		case <-quiet.C:
			s.reloadIfChanged(ctx)
		}
	}
}

// follow watches the directories of f, those anew that were replaced.
func follow(w *fsnotify.Watcher, f fingerprint) {
	if w == nil {
		return
	}
	for dir := range directories(f) {
		w.Add(dir) //nolint:errcheck // what cannot be watched is polled
	}
}

func (s *Server) reloadIfChanged(ctx context.Context) {
	if s.changed(ctx) {
		s.reload(ctx)
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

// directories are where the files of f lie, and where their symbolic links point.
func directories(f fingerprint) map[string]bool {
	dirs := map[string]bool{}
	for name := range f {
		name = strings.TrimPrefix(name, lookup)
		dirs[path.Dir(name)] = true
		if real, err := filepath.EvalSymlinks(name); err == nil {
			dirs[filepath.Dir(real)] = true
		}
	}
	return dirs
}
