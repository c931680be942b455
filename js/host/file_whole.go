package host

import (
	"io"
	"os"
	"syscall"

	"weir/js"
)

// whole gives do the file that the first argument names: a path, or a descriptor,
// whose file stays open.
func (c *fileCall) whole(flags, mode int64, do func(*os.File) error) error {
	if _, ok := c.arg(0).(int64); ok {
		file, err := c.file(0)
		if err != nil {
			return err
		}
		return do(file)
	}
	path, err := c.path(0)
	if err != nil {
		return err
	}
	file, err := c.openFile(path, flags, mode)
	if err != nil {
		return err
	}
	err = do(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

func (c *fileCall) readFile() (js.Value, error) {
	var b []byte
	err := c.whole(c.integer(1, 0), 0o666, func(file *os.File) error {
		info, err := file.Stat()
		if err != nil {
			return err //nolint:wrapcheck // fileThrow looks at it
		}
		if info.Mode().IsRegular() && info.Size() > MaxFile {
			return tooLarge(info.Size())
		}
		b, err = io.ReadAll(io.LimitReader(file, MaxFile+1)) // what it says of itself may be wrong, as in /proc
		if len(b) > MaxFile {
			return tooLarge(int64(len(b)))
		}
		return err //nolint:wrapcheck // fileThrow looks at it
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

func (c *fileCall) writeFile() (js.Value, error) {
	return nil, c.whole(c.integer(2, 0), c.integer(3, 0o666), func(file *os.File) error {
		_, err := file.Write(c.data(1))
		return err //nolint:wrapcheck // fileThrow looks at it
	})
}

// copyFile copies a file and its permissions.
func (c *fileCall) copyFile() (js.Value, error) {
	from, err := c.path(0)
	if err != nil {
		return nil, err
	}
	to, err := c.path(1)
	if err != nil {
		return nil, err
	}
	in, err := c.openFile(from, 0, 0)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // read only
	info, err := in.Stat()
	switch {
	case err != nil:
		return nil, err //nolint:wrapcheck // fileThrow looks at it
	case info.IsDir():
		return nil, syscall.EISDIR
	case info.Size() > MaxFile:
		return nil, tooLarge(info.Size())
	}
	flags := int64(linuxWrite | linuxCreate)
	if c.is(2) {
		flags |= linuxExclusive
	}
	out, err := c.openFile(to, flags, int64(info.Mode().Perm()))
	if err != nil {
		return nil, err
	}
	err = copyInto(out, in, info)
	if closing := out.Close(); err == nil {
		err = closing
	}
	return nil, err
}

// copyInto replaces what out has. It is emptied only when it is known not to be the
// same file.
func copyInto(out, in *os.File, info os.FileInfo) error {
	there, err := out.Stat()
	if err != nil || os.SameFile(info, there) {
		return err //nolint:wrapcheck // fileThrow looks at it
	}
	if err := out.Truncate(0); err != nil {
		return err //nolint:wrapcheck // fileThrow looks at it
	}
	_, err = io.Copy(out, io.LimitReader(in, MaxFile))
	return err //nolint:wrapcheck // fileThrow looks at it
}
