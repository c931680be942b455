package conf

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// locateModules gives every import the directories where it is looked for, and
// its path if fsys, which may be nil, has it.
func (d *decoder) locateModules(c *Config, fsys fs.FS) {
	base := path.Dir(c.File.Name)
	outer := append(directories(base, c.JSPath), base)
	d.locate(&c.Scripts, outer, fsys)
	for _, v := range c.VHosts {
		d.locate(&v.Scripts, append(directories(base, v.JSPath), outer...), fsys)
	}
}

func directories(base string, paths []string) []string {
	dirs := make([]string, 0, len(paths)+1)
	for _, p := range paths {
		if !path.IsAbs(p) {
			p = path.Join(base, p)
		}
		dirs = append(dirs, p)
	}
	return dirs
}

func (d *decoder) locate(s *Scripts, dirs []string, fsys fs.FS) {
	for n := range s.JSImport {
		d.locateOne(&s.JSImport[n], "module", dirs, fsys)
	}
	for n := range s.JSPreload {
		d.locateOne(&s.JSPreload[n].Import, "object", dirs, fsys)
	}
}

func (d *decoder) locateOne(i *Import, what string, dirs []string, fsys fs.FS) {
	i.Dirs = dirs
	if fsys == nil {
		return
	}
	var err error
	if i.Path, err = i.find(fsys); err != nil {
		d.errorf("E402", i.Span, "%s %q: %v", what, i.File, err).Hint = "looked for " + oneOf(i.candidates())
	}
}

func (i *Import) find(fsys fs.FS) (string, error) {
	for _, p := range i.candidates() {
		info, err := fs.Stat(fsys, p)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return "", err
		case info.IsDir():
			return "", fmt.Errorf("%s is a directory", p)
		default:
			return p, nil
		}
	}
	return "", errors.New("there is no such file")
}
