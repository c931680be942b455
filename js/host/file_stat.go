package host

import (
	"io/fs"
	"os"
	"slices"
	"syscall"
	"time"

	"weir/js"
)

func (c *fileCall) stat() (js.Value, error)  { return c.attributes(look, (*os.Root).Stat) }
func (c *fileCall) lstat() (js.Value, error) { return c.attributes(look|itself, (*os.Root).Lstat) }

func (c *fileCall) attributes(a access, stat func(*os.Root, string) (fs.FileInfo, error)) (js.Value, error) {
	info, err := c.info(a, stat)
	if err != nil {
		return nil, err
	}
	return attributes(info)
}

func (c *fileCall) info(a access, stat func(*os.Root, string) (fs.FileInfo, error)) (info fs.FileInfo, err error) {
	path, err := c.path(0)
	if err != nil {
		return nil, err
	}
	err = c.permit.in(path, a, func(r *os.Root, name string) error {
		info, err = stat(r, name)
		return err
	})
	return info, err
}

func (c *fileCall) fstat() (js.Value, error) {
	file, err := c.file(0)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, err //nolint:wrapcheck // fileThrow looks at it
	}
	return attributes(info)
}

// attributes are those of Node's Stats that are numbers.
func attributes(info fs.FileInfo) (js.Value, error) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil, syscall.ENOTSUP
	}
	accessed, changed := times(s)
	return map[string]any{
		"dev": int64(s.Dev), "ino": int64(s.Ino), "mode": int64(s.Mode), "nlink": int64(s.Nlink), //nolint:unconvert,gosec // sizes differ by system
		"uid": int64(s.Uid), "gid": int64(s.Gid), "rdev": int64(s.Rdev), "size": s.Size, //nolint:unconvert,gosec // as above
		"blksize": int64(s.Blksize), "blocks": s.Blocks, //nolint:unconvert // as above
		"atimeMs": milliseconds(accessed), "mtimeMs": milliseconds(info.ModTime()),
		"ctimeMs": milliseconds(changed), "birthtimeMs": milliseconds(changed), // not every file system knows it
	}, nil
}

func milliseconds(t time.Time) float64 { return float64(t.UnixMicro()) / 1000 }

// access tests what of F_OK, X_OK (1), W_OK (2) and R_OK (4) the server may do, and
// its scripts.
func (c *fileCall) access() (js.Value, error) {
	mode := c.integer(1, 0)
	a := look
	if mode&6 != 0 {
		a = 0
	}
	if mode&2 != 0 {
		a |= write
	}
	if mode&4 != 0 {
		a |= read
	}
	info, err := c.info(a, (*os.Root).Stat)
	if err != nil {
		return nil, err
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !allows(s, info.IsDir(), mode&7) {
		return nil, syscall.EACCES
	}
	return nil, nil
}

// allows reports whether the mode of a file gives this process the bits of want.
func allows(s *syscall.Stat_t, dir bool, want int64) bool {
	mode := int64(s.Mode)
	switch {
	case os.Geteuid() == 0: // who may do everything, but execute what nobody may
		return want&1 == 0 || dir || mode&0o111 != 0
	case int(s.Uid) == os.Geteuid():
		mode >>= 6
	case int(s.Gid) == os.Getegid() || inGroup(int(s.Gid)):
		mode >>= 3
	}
	return mode&want == want
}

func inGroup(gid int) bool {
	groups, err := os.Getgroups()
	return err == nil && slices.Contains(groups, gid)
}
