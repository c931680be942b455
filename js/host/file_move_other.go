//go:build !linux

package host

import (
	"os"
	"syscall"
)

// move renames an entry of a directory to one of another: not here.
func move(*os.File, string, *os.File, string) error { return syscall.ENOTSUP }
