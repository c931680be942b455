package main

import (
	"io/fs"
	"os"
	"syscall"
)

// chown gives f the owner of the file that info is of.
func chown(f *os.File, info fs.FileInfo) error {
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return f.Chown(int(owner.Uid), int(owner.Gid))
}
