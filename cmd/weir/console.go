package main

import (
	"io"
	"io/fs"

	"weir/confparse"
)

// stdin is what findings call standard input, which "-" is on the command line.
const stdin = "<stdin>"

// console is what a command reads and where it writes.
type console struct {
	in       fs.File
	out, err io.Writer
}

// open returns the file system in which a configuration file is read, and its
// name there. What a file from standard input names is looked for in the working
// directory.
func (c console) open(file string) (fsys fs.FS, name string) {
	if file == "-" {
		return withStdin{in: c.in}, stdin
	}
	return confparse.Disk{}, file
}

// withStdin is the disk with standard input as one more file.
type withStdin struct {
	confparse.Disk
	in fs.File
}

// Open opens the file called name.
func (d withStdin) Open(name string) (fs.File, error) {
	if name == stdin {
		return d.in, nil
	}
	return d.Disk.Open(name)
}
