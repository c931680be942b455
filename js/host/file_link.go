package host

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"weir/js"
)

func (c *fileCall) readlink() (js.Value, error) {
	var target string
	err := c.at(read|itself, func(r *os.Root, name string) (err error) {
		target, err = r.Readlink(name)
		return err //nolint:wrapcheck // fileThrow looks at it
	})
	if err != nil {
		return nil, err
	}
	return pathValue(target), nil
}

// realpath tells where a path leads inside of the permitted directories, and
// nothing of what is outside.
func (c *fileCall) realpath() (js.Value, error) {
	path, err := c.path(0)
	if err != nil {
		return nil, err
	}
	err = c.permit.in(path, look, func(r *os.Root, name string) error {
		_, err := r.Stat(name)
		return err //nolint:wrapcheck // fileThrow looks at it
	})
	if err != nil {
		return nil, err
	}
	at, err := c.permit.place(path, look)
	if err != nil {
		return nil, err
	}
	to, ok := c.permit.followed(at, look)
	if !ok {
		return nil, syscall.EACCES
	}
	return pathValue(to.path), nil
}

// rename moves a file or a directory, which may be exchanged for an empty one, from
// a permitted directory to another.
func (c *fileCall) rename() (js.Value, error) {
	to, err := c.path(1)
	if err != nil {
		return nil, err
	}
	return nil, c.at(write|itself, func(r *os.Root, name string) error {
		from, old, err := parent(r, name)
		if err != nil {
			return err
		}
		defer from.Close() //nolint:errcheck // read only
		return c.permit.in(to, write|itself, func(r *os.Root, name string) error {
			into, now, err := parent(r, name)
			if err != nil {
				return err
			}
			defer into.Close() //nolint:errcheck // read only
			return move(from, old, into, now)
		})
	})
}

// parent opens the directory that something is in. A permitted directory itself
// stays where it is.
func parent(r *os.Root, name string) (*os.File, string, error) {
	name = strings.TrimRight(name, "/")
	if name == "." {
		return nil, "", syscall.EBUSY
	}
	dir, err := r.OpenFile(filepath.Dir(name), syscall.O_DIRECTORY|syscall.O_NONBLOCK, 0)
	return dir, filepath.Base(name), err //nolint:wrapcheck // fileThrow looks at it
}

// symlink makes a link, which has to lead to a permitted place by its text. What it
// comes to lead to is checked whenever it is followed.
func (c *fileCall) symlink() (js.Value, error) {
	target, err := c.path(0)
	if err != nil {
		return nil, err
	}
	path, err := c.path(1)
	if err != nil {
		return nil, err
	}
	at, err := c.permit.place(path, write|itself)
	if err != nil {
		return nil, err
	}
	to := target
	if !filepath.IsAbs(target) {
		to = filepath.Join(filepath.Dir(at.path), target)
	}
	if _, err := c.permit.place(to, look); err != nil {
		return nil, err
	}
	return nil, c.permit.in(path, write|itself, func(r *os.Root, name string) error {
		return r.Symlink(target, strings.TrimRight(name, "/")) //nolint:wrapcheck // fileThrow looks at it
	})
}
