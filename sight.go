package weir

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"

	"weir/confparse"
)

// sight is what the system tells of changes in directories. Directories are
// watched and not files, since editors replace files.
type sight struct {
	log    *slog.Logger
	notify *fsnotify.Watcher // nil: nothing is told
	blind  map[string]bool   // directories that cannot be watched, as the log says
}

// look gives the server sight of its files' directories, if they are on disk and
// the system has room for one more who watches.
func (s *Server) look() *sight {
	v := &sight{log: s.Log, blind: map[string]bool{}}
	if _, disk := s.FS.(confparse.Disk); !disk {
		return v
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		s.Log.Warn("files are polled, since they cannot be watched", "reason", err)
		return v
	}
	v.notify = w
	return v
}

// events and faults are what the system tells; they are nil if it tells nothing.
func (v *sight) events() (<-chan fsnotify.Event, <-chan error) {
	if v.notify == nil {
		return nil, nil
	}
	return v.notify.Events, v.notify.Errors
}

func (v *sight) close() {
	if v.notify != nil {
		v.notify.Close() //nolint:errcheck // nothing depends on it
	}
}

// follow watches what decides about the files of f, and nothing else any more.
func (v *sight) follow(f fingerprint) {
	if v.notify == nil {
		return
	}
	dirs := directories(f)
	for _, dir := range v.notify.WatchList() {
		if !dirs[dir] {
			v.notify.Remove(dir) //nolint:errcheck // it may be gone
		}
	}
	for dir := range dirs { // those anew that were replaced
		err := v.notify.Add(dir)
		if err != nil && !v.blind[dir] && !errors.Is(err, fs.ErrNotExist) {
			v.log.Warn("files are polled, since their directory cannot be watched", "directory", dir, "reason", err)
		}
		v.blind[dir] = err != nil
	}
}

// directories are those where an entry decides about a file of f.
func directories(f fingerprint) map[string]bool {
	dirs := map[string]bool{}
	for name := range f {
		if abs, err := filepath.Abs(strings.TrimPrefix(name, lookup)); err == nil {
			way(dirs, abs)
		}
	}
	return dirs
}

// maxLinks is how many symbolic links a way may have, as in Linux.
const maxLinks = 40

// way adds the directories that lead to name: the one that has it, those of the
// symbolic links on the way, and, where the way ends early, as at a pattern, the
// last that is there.
func way(dirs map[string]bool, name string) {
	root := filepath.VolumeName(name) + string(filepath.Separator)
	at, rest := root, split(name)
	for links := 0; len(rest) > 0 && links <= maxLinks; rest = rest[1:] {
		next := filepath.Join(at, rest[0]) // at has no links: ".." is what it seems
		info, err := os.Lstat(next)
		switch {
		case err != nil:
			dirs[at] = true
			return
		case info.Mode()&fs.ModeSymlink != 0:
			links++
			dirs[at] = true
			to, _ := os.Readlink(next) // gone just now: the next look sees
			if filepath.IsAbs(to) {
				at = root
			}
			rest = append(rest[:1:1], append(split(to), rest[1:]...)...)
		case info.IsDir():
			at = next
		default:
			dirs[at] = true
			return
		}
	}
	dirs[at] = true
}

func split(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return r == filepath.Separator })
}
