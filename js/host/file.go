package host

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"

	"weir/js"
)

// Bounds of what scripts do with files.
const (
	MaxFile    = 16 << 20 // bytes that one operation reads or copies
	MaxOpen    = 64       // open files of a vhost
	MaxEntries = 65536    // of a directory that is listed

	maxFileOps = 8 // of a vhost, at a time; others wait
)

// Files are the open files of a vhost's scripts. Its zero value is ready.
//
// Paths are relative to the working directory, and lead nowhere but into the
// directories that the permit names: symbolic links and exchanged directories
// included (os.Root). Only regular files are opened.
type Files struct {
	mu   sync.Mutex
	open map[int64]*os.File // by descriptor, which is the script's own number
	last int64              // descriptor given out; none is given twice
}

// Ask answers the operations "fs.*". Paths are strings, or bytes where they are no
// UTF-8, in arguments as in answers; descriptors, modes, flags and positions are
// integers, flags those of Linux. What the system refuses is a *js.Throw whose Code
// is the error's name.
//
//	access(path, mode)                → nil
//	appendFile, writeFile(path or descriptor, data, flags, mode) → nil
//	close(descriptor)                 → nil
//	copyFile(from, to, exclusive)     → nil
//	fstat(descriptor), lstat(path), stat(path) → an object, as in Node; times in ms
//	mkdir(path, recursive, mode)      → nil
//	open(path, flags, mode)           → descriptor
//	read(descriptor, length, position or nil) → bytes
//	readFile(path or descriptor, flags) → bytes
//	readdir(path)                     → list of [name, type bits of the mode]
//	readlink(path), realpath(path)    → path
//	rename(from, to)                  → nil
//	rm(path, recursive, force), rmdir(path, recursive), unlink(path) → nil
//	symlink(target, path)             → nil
//	truncate(descriptor, length)      → nil
//	write(descriptor, data, position or nil) → bytes written
func (f *Files) Ask(ctx context.Context, p *Permit, op string, args []js.Value) (js.Value, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", op, context.Cause(ctx))
	}
	run, ok := fileOps[strings.TrimPrefix(op, "fs.")]
	if !ok {
		return nil, fmt.Errorf("%s: no such operation", op)
	}
	v, err := run(&fileCall{files: f, permit: p, args: args})
	if err != nil {
		return nil, fileThrow(err)
	}
	return v, nil
}

// fileCall is one operation.
type fileCall struct {
	files  *Files
	permit *Permit
	args   []js.Value
}

var fileOps = map[string]func(*fileCall) (js.Value, error){
	"access":    (*fileCall).access,
	"close":     (*fileCall).close,
	"copyFile":  (*fileCall).copyFile,
	"fstat":     (*fileCall).fstat,
	"lstat":     (*fileCall).lstat,
	"mkdir":     (*fileCall).mkdir,
	"open":      (*fileCall).open,
	"read":      (*fileCall).read,
	"readFile":  (*fileCall).readFile,
	"readdir":   (*fileCall).readdir,
	"readlink":  (*fileCall).readlink,
	"realpath":  (*fileCall).realpath,
	"rename":    (*fileCall).rename,
	"rm":        (*fileCall).rm,
	"rmdir":     (*fileCall).rmdir,
	"stat":      (*fileCall).stat,
	"symlink":   (*fileCall).symlink,
	"truncate":  (*fileCall).truncate,
	"unlink":    (*fileCall).unlink,
	"write":     (*fileCall).write,
	"writeFile": (*fileCall).writeFile,
}

// Close closes all files, and returns how many were open: at the end of a VM those
// that its script forgot.
func (f *Files) Close() int {
	f.mu.Lock()
	open := f.open
	f.open = nil
	f.mu.Unlock()
	for _, file := range open {
		file.Close() //nolint:errcheck // nobody is left to be told
	}
	return len(open)
}
