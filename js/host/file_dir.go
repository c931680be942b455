package host

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"

	"weir/js"
)

// at does something at the place that the first argument names.
func (c *fileCall) at(a access, do func(r *os.Root, name string) error) error {
	path, err := c.path(0)
	if err != nil {
		return err
	}
	return c.permit.in(path, a, do)
}

func (c *fileCall) mkdir() (js.Value, error) {
	mode := fs.FileMode(c.integer(2, 0o777)) & fs.ModePerm
	return nil, c.at(write|itself, func(r *os.Root, name string) error {
		switch {
		case !c.is(1) && name == ".":
			return syscall.EEXIST
		case c.is(1):
			return r.MkdirAll(strings.TrimRight(name, "/"), mode) //nolint:wrapcheck // fileThrow looks at it
		}
		return r.Mkdir(name, mode) //nolint:wrapcheck // fileThrow looks at it
	})
}

// readdir lists a directory, sorted.
func (c *fileCall) readdir() (js.Value, error) {
	var entries []fs.DirEntry
	err := c.at(read, func(r *os.Root, name string) error {
		dir, err := r.OpenFile(name, syscall.O_DIRECTORY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return err //nolint:wrapcheck // fileThrow looks at it
		}
		defer dir.Close() //nolint:errcheck // read only
		entries, err = dir.ReadDir(MaxEntries + 1)
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err //nolint:wrapcheck // fileThrow looks at it
	})
	if err != nil {
		return nil, err
	}
	if len(entries) > MaxEntries {
		return nil, &js.Throw{Class: "RangeError", Code: "ERR_OUT_OF_RANGE", Message: "the directory has too many entries"}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	l := make([]any, len(entries))
	for i, e := range entries {
		l[i] = []any{pathValue(e.Name()), typeBits(e.Type())}
	}
	return l, nil
}

// typeBits are the bits of a mode that say what a file is (S_IFMT).
func typeBits(m fs.FileMode) int64 {
	switch {
	case m.IsDir():
		return syscall.S_IFDIR
	case m&fs.ModeSymlink != 0:
		return syscall.S_IFLNK
	case m&fs.ModeNamedPipe != 0:
		return syscall.S_IFIFO
	case m&fs.ModeSocket != 0:
		return syscall.S_IFSOCK
	case m&fs.ModeCharDevice != 0:
		return syscall.S_IFCHR
	case m&fs.ModeDevice != 0:
		return syscall.S_IFBLK
	}
	return syscall.S_IFREG
}

func (c *fileCall) rmdir() (js.Value, error) {
	return nil, c.at(write|itself, func(r *os.Root, name string) error {
		if err := mustBe(r, name, true); err != nil {
			return err
		}
		if c.is(1) {
			return r.RemoveAll(name) //nolint:wrapcheck // fileThrow looks at it
		}
		return r.Remove(name) //nolint:wrapcheck // fileThrow looks at it
	})
}

func (c *fileCall) unlink() (js.Value, error) {
	return nil, c.at(write|itself, func(r *os.Root, name string) error {
		if err := mustBe(r, name, false); err != nil {
			return err
		}
		return r.Remove(name) //nolint:wrapcheck // fileThrow looks at it
	})
}

// mustBe fails on a directory that should be none, and the other way round.
func mustBe(r *os.Root, name string, dir bool) error {
	info, err := r.Lstat(name)
	switch {
	case err != nil:
		return err //nolint:wrapcheck // fileThrow looks at it
	case dir && !info.IsDir():
		return syscall.ENOTDIR
	case !dir && info.IsDir():
		return syscall.EISDIR
	}
	return nil
}

// rm removes a file, or a directory with all that is in it; a permitted directory
// itself stays.
func (c *fileCall) rm() (js.Value, error) {
	recursive, force := c.is(1), c.is(2)
	return nil, c.at(write|itself, func(r *os.Root, name string) error {
		info, err := r.Lstat(name)
		switch {
		case force && errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err //nolint:wrapcheck // fileThrow looks at it
		case info.IsDir() && !recursive:
			return syscall.EISDIR
		case info.IsDir():
			return r.RemoveAll(name) //nolint:wrapcheck // fileThrow looks at it
		}
		return r.Remove(name) //nolint:wrapcheck // fileThrow looks at it
	})
}
