package workshop

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"weir/conf"
	"weir/confparse"
	"weir/js/shared"
)

// furnish takes dictionaries and search paths from the srs.conf in a directory, if
// there is one.
func (s *stage) furnish(fsys fs.FS, dir string) (paths []string, err error) {
	name := path.Join(dir, "srs.conf")
	if _, err := fs.Stat(fsys, name); err != nil {
		return nil, nil //nolint:nilerr // none is needed
	}
	c, found := conf.Load(fsys, name)
	if c == nil {
		return nil, fmt.Errorf("%s: %s", name, messages(found))
	}
	for _, z := range c.JSZones {
		if err := s.declare(shared.Zone{Name: z.Name, Size: z.Size, Timeout: time.Duration(z.Timeout) * time.Millisecond, Type: z.Type, Evict: z.Evict}); err != nil {
			return nil, err
		}
	}
	for _, p := range append(c.JSPath, "") {
		if !path.IsAbs(p) {
			p = path.Join(dir, p)
		}
		paths = append(paths, p)
	}
	return paths, nil
}

func messages(found confparse.Diagnostics) string {
	var l []string
	for _, d := range found {
		l = append(l, d.Message)
	}
	return strings.Join(l, "; ")
}
