//go:build linux

package main

import (
	"fmt"
	"syscall"
)

// files is how many connections a load may want.
const files = 100000

// raiseFiles raises the limit of open files, for this process and its children, as far
// as it may. It returns an error if that is less than n connections need.
func raiseFiles(n int) error {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l); err != nil {
		return fmt.Errorf("limit of open files: %w", err)
	}
	if want := (syscall.Rlimit{Cur: files, Max: max(files, l.Max)}); l.Max >= files || syscall.Setrlimit(syscall.RLIMIT_NOFILE, &want) != nil {
		l.Cur = l.Max
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &l); err != nil {
			return fmt.Errorf("limit of open files: %w", err)
		}
		if l.Cur < uint64(n)+32 { //nolint:gosec // a flag's
			return fmt.Errorf("%d connections need more open files than %d: raise the limit (ulimit -n)", n, l.Cur)
		}
	}
	return nil
}
