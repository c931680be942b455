// Package accesslog writes the files of access_log: a line for each HTTP request,
// and for each publish and play that has ended.
package accesslog

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// maxWaiting is how many lines may wait to be written; more are lost, and counted.
const maxWaiting = 8192

// idle is how long a file stays open that nothing is written to.
const idle = time.Minute

// Files are the files of access logs. Nobody waits for them.
type Files struct {
	logger *slog.Logger
	lines  chan line
	reopen chan chan error
	over   chan struct{}
	lost   atomic.Uint64

	open map[string]*file // Run's own
}

type line struct {
	file string
	text []byte
}

type file struct {
	*os.File
	used   time.Time
	failed bool
}

// New makes files that Run writes; what is wrong with them is told to logger.
func New(logger *slog.Logger) *Files {
	return &Files{
		logger: logger, lines: make(chan line, maxWaiting), reopen: make(chan chan error), over: make(chan struct{}), open: map[string]*file{},
	}
}

// Write has a line written to the file of that name. It does not wait.
func (f *Files) Write(name string, text []byte) {
	select {
	case f.lines <- line{name, text}:
	default:
		f.lost.Add(1)
	}
}

// Lost is how many lines were not written, since too many waited or the file could
// not be written.
func (f *Files) Lost() uint64 { return f.lost.Load() }

// Reopen closes the files, for who rotates them: the next line opens, or makes, the
// one of its name.
func (f *Files) Reopen() error {
	done := make(chan error)
	select {
	case f.reopen <- done:
		return <-done
	case <-f.over:
		return nil
	}
}

// Run writes until ctx ends, and then what waits.
func (f *Files) Run(ctx context.Context) {
	defer close(f.over)
	tick := time.NewTicker(idle)
	defer tick.Stop()
	for {
		select {
		case l := <-f.lines:
			f.write(l)
		case done := <-f.reopen:
			f.writeAll()
			f.close(func(*file) bool { return true })
			done <- nil
		case now := <-tick.C:
			f.close(func(x *file) bool { return now.Sub(x.used) > idle })
		case <-ctx.Done():
			f.writeAll()
			f.close(func(*file) bool { return true })
			return
		}
	}
}

// writeAll writes the lines that wait.
func (f *Files) writeAll() {
	for {
		select {
		case l := <-f.lines:
			f.write(l)
		default:
			return
		}
	}
}

// write writes a line and those that wait behind it for the same file.
func (f *Files) write(l line) {
	for more := true; more; {
		texts := [][]byte{l.text}
		name := l.file
		more = false
		for len(texts) < 256 {
			var next line
			select {
			case next = <-f.lines:
			default:
			}
			if next.text == nil {
				break
			}
			if next.file != name {
				l, more = next, true
				break
			}
			texts = append(texts, next.text)
		}
		if err := f.append(name, bytes.Join(texts, nil)); err != nil {
			f.lost.Add(uint64(len(texts)))
		}
	}
}

// append writes to a file. The first failure in a row is logged.
func (f *Files) append(name string, text []byte) error {
	x := f.open[name]
	if x == nil {
		x = &file{}
		f.open[name] = x
	}
	x.used = time.Now()
	err := x.append(name, text)
	if err != nil && !x.failed {
		f.logger.Error("access log cannot be written", "reason", err)
	}
	x.failed = err != nil
	return err
}

func (x *file) append(name string, text []byte) (err error) {
	if x.File == nil {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("access log: %w", err)
		}
		if x.File, err = os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640); err != nil {
			x.File = nil
			return fmt.Errorf("access log: %w", err)
		}
	}
	if _, err = x.Write(text); err != nil {
		return fmt.Errorf("access log: %w", err)
	}
	return nil
}

// close closes the files that are to be.
func (f *Files) close(which func(*file) bool) {
	for name, x := range f.open {
		if which(x) {
			delete(f.open, name)
			if x.File != nil {
				_ = x.Close() // what was written was written
			}
		}
	}
}
