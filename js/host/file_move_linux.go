package host

import (
	"os"
	"syscall"
)

// move renames an entry of a directory to one of another.
func move(from *os.File, old string, to *os.File, name string) error {
	return syscall.Renameat(int(from.Fd()), old, int(to.Fd()), name) //nolint:wrapcheck // fileThrow looks at it
}
