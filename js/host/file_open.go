package host

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"weir/js"
)

// Flags in Linux's numbers.
const (
	linuxWrite     = 0o1
	linuxCreate    = 0o100
	linuxExclusive = 0o200
)

// flags are what a script may open files with.
var flags = []struct {
	linux int64
	flag  int
}{
	{linuxWrite, os.O_WRONLY},
	{0o2, os.O_RDWR},
	{linuxCreate, os.O_CREATE},
	{linuxExclusive, os.O_EXCL},
	{0o1000, os.O_TRUNC},
	{0o2000, os.O_APPEND},
	{0o4010000, os.O_SYNC},
}

// systemFlags are flags as this system has them, and what they do to the file.
// O_NONBLOCK keeps the opening of a pipe, exchanged for a file, from waiting.
func systemFlags(linux int64) (int, access) {
	flag := syscall.O_NONBLOCK | syscall.O_NOCTTY
	for _, f := range flags {
		if linux&f.linux == f.linux {
			flag |= f.flag
		}
	}
	switch {
	case flag&os.O_RDWR != 0:
		return flag, read | write
	case flag&os.O_WRONLY != 0, flag&(os.O_CREATE|os.O_TRUNC) != 0:
		return flag, write
	}
	return flag, read
}

// openFile opens a regular file, or a directory to read.
func (c *fileCall) openFile(path string, linux, mode int64) (file *os.File, err error) {
	flag, a := systemFlags(linux)
	err = c.permit.in(path, a, func(r *os.Root, name string) error {
		info, err := r.Stat(name)
		if err == nil {
			err = openable(info)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		file, err = r.OpenFile(name, flag, fs.FileMode(mode)&fs.ModePerm)
		return err //nolint:wrapcheck // fileThrow looks at it
	})
	if err != nil {
		return nil, err
	}
	info, err := file.Stat() // it may be another one now
	if err == nil {
		err = openable(info)
	}
	if err != nil {
		file.Close() //nolint:errcheck // nothing was written
		return nil, err
	}
	return file, nil
}

// openable refuses what is no file: opening a pipe would wait, and a device might
// do anything.
func openable(info fs.FileInfo) error {
	if info.Mode().IsRegular() || info.IsDir() {
		return nil
	}
	return &js.Throw{Class: "Error", Code: "ENOTSUP", Message: "ENOTSUP: neither a regular file nor a directory"}
}

func (c *fileCall) open() (js.Value, error) {
	path, err := c.path(0)
	if err != nil {
		return nil, err
	}
	file, err := c.openFile(path, c.integer(1, 0), c.integer(2, 0o666))
	if err != nil {
		return nil, err
	}
	n, err := c.files.add(file)
	if err != nil {
		file.Close() //nolint:errcheck // nothing was written
		return nil, err
	}
	return n, nil
}

// add gives an open file its descriptor.
func (f *Files) add(file *os.File) (int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.open) >= MaxOpen {
		return 0, syscall.EMFILE
	}
	if f.open == nil {
		f.open = map[int64]*os.File{}
	}
	f.last = max(f.last, 2) + 1 // 0 to 2 mean something else to whoever reads them
	f.open[f.last] = file
	return f.last, nil
}

// file is the open file whose descriptor is the i-th argument.
func (c *fileCall) file(i int) (*os.File, error) {
	c.files.mu.Lock()
	defer c.files.mu.Unlock()
	file, ok := c.files.open[c.integer(i, -1)]
	if !ok {
		return nil, syscall.EBADF
	}
	return file, nil
}

func (c *fileCall) close() (js.Value, error) {
	n := c.integer(0, -1)
	c.files.mu.Lock()
	file, ok := c.files.open[n]
	delete(c.files.open, n)
	c.files.mu.Unlock()
	if !ok {
		return nil, syscall.EBADF
	}
	return nil, file.Close() //nolint:wrapcheck // fileThrow looks at it
}

func (c *fileCall) read() (js.Value, error) {
	file, err := c.file(0)
	if err != nil {
		return nil, err
	}
	n := c.integer(1, 0)
	if n < 0 || n > MaxFile {
		return nil, tooLarge(n)
	}
	b := make([]byte, n)
	var got int
	if at := c.integer(2, -1); at >= 0 {
		got, err = file.ReadAt(b, at)
	} else {
		got, err = file.Read(b)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err //nolint:wrapcheck // fileThrow looks at it
	}
	return b[:got], nil
}

func (c *fileCall) write() (js.Value, error) {
	file, err := c.file(0)
	if err != nil {
		return nil, err
	}
	var n int
	if at := c.integer(2, -1); at >= 0 {
		n, err = writeAt(file, c.data(1), at)
	} else {
		n, err = file.Write(c.data(1))
	}
	if err != nil {
		return nil, err //nolint:wrapcheck // fileThrow looks at it
	}
	return int64(n), nil
}

// writeAt is pwrite(2): os.File's WriteAt refuses files to append to. Meanwhile the
// file is not closed, whose number might be another's then.
func writeAt(file *os.File, b []byte, at int64) (n int, err error) {
	raw, err := file.SyscallConn()
	if err != nil {
		return 0, err //nolint:wrapcheck // fileThrow looks at it
	}
	failed := raw.Control(func(fd uintptr) { n, err = syscall.Pwrite(int(fd), b, at) })
	if failed != nil {
		return 0, failed //nolint:wrapcheck // fileThrow looks at it
	}
	return n, err //nolint:wrapcheck // fileThrow looks at it
}

func (c *fileCall) truncate() (js.Value, error) {
	file, err := c.file(0)
	if err != nil {
		return nil, err
	}
	return nil, file.Truncate(c.integer(1, 0)) //nolint:wrapcheck // fileThrow looks at it
}
