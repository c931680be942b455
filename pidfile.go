package weir

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// pidFile holds the process id of the one server that has it. The lock on it ends
// with the server, a crash included.
type pidFile struct{ *os.File }

// openPID makes the file this server's, who answers for path with an error if
// another server has it.
func openPID(path string) (*pidFile, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, fmt.Errorf("pid file: %w", err)
		}
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case errors.Is(err, syscall.EWOULDBLOCK):
			return nil, errors.Join(fmt.Errorf("another server is running: it has %s", path), f.Close())
		case err != nil: // a file system without locks
		case !isAt(f, path): // who had it has ended and removed it meanwhile
			f.Close() //nolint:errcheck // nothing was written
			continue
		}
		p := &pidFile{f}
		if err := p.write(); err != nil {
			return nil, errors.Join(fmt.Errorf("pid file: %w", err), p.remove())
		}
		return p, nil
	}
}

// isAt says whether path still leads to f.
func isAt(f *os.File, path string) bool {
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(mine, there)
}

func (p *pidFile) write() error {
	if err := p.Truncate(0); err != nil {
		return err
	}
	_, err := fmt.Fprintln(p, os.Getpid())
	return err
}

// remove gives the file up.
func (p *pidFile) remove() error { return errors.Join(os.Remove(p.Name()), p.Close()) }
