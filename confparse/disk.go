package confparse

import (
	"io/fs"
	"os"
)

// Disk is the file system as an operator types its names: absolute, or relative
// to the working directory, with "..". Places in findings then show what was typed.
type Disk struct{}

// Open opens the file called name.
func (Disk) Open(name string) (fs.File, error) { return os.Open(name) }

// Stat describes the file called name. Unlike Open it does not wait for who
// writes to a named pipe.
func (Disk) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }
