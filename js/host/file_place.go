package host

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"weir/js"
)

// access is what an operation does to a file.
type access int

const (
	read   access = 1 << iota
	write         // its parent directory, if that changes
	look          // at its attributes: whoever may read or write may do that
	itself        // of a link at the end, not of what it leads to
)

func (a access) String() string {
	if a&write != 0 {
		return "write"
	}
	return "read"
}

// place is a path inside of a permitted directory.
type place struct {
	over string // a permitted directory around dir in which script may exchange it; or ""
	dir  string // the directory, absolute
	name string // relative to it, as os.Root wants it
	path string // both
}

// place finds the permitted directory that a path is in by its text. Whether links
// lead out of it shows only when something is done there, by in.
func (p *Permit) place(path string, a access) (place, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return place{}, err //nolint:wrapcheck // fileThrow looks at it
	}
	dir, ok := p.dirOf(abs, a&^itself)
	if !ok {
		return place{}, unpermitted(abs, a)
	}
	name := under(dir, abs)
	if strings.HasSuffix(path, "/") {
		name += "/" // which says that it is a directory
	}
	over, _ := p.dirOf(filepath.Dir(dir), write)
	return place{over, dir, name, abs}, nil
}

// dirOf is the permitted directory that an absolute path is in.
func (p *Permit) dirOf(abs string, a access) (string, bool) {
	var l []string
	switch {
	case p.All:
		l = []string{"/"}
	case a&look != 0:
		l = slices.Concat(p.Read, p.Write)
	case a == read|write:
		r, readable := p.dirOf(abs, read)
		w, writable := p.dirOf(abs, write)
		if len(r) < len(w) {
			r = w
		}
		return r, readable && writable
	case a == write:
		l = p.Write
	default:
		l = p.Read
	}
	return widest(l, abs)
}

// widest is the shortest of dirs that abs is in, where links lead farthest.
func widest(dirs []string, abs string) (best string, ok bool) {
	for _, d := range dirs {
		d, err := filepath.Abs(d)
		if err == nil && under(d, abs) != "" && (!ok || len(d) < len(best)) {
			best, ok = d, true
		}
	}
	return best, ok
}

// under is the path of abs relative to dir, both clean; "" if it is not inside.
func under(dir, abs string) string {
	rest, ok := strings.CutPrefix(abs, dir)
	switch {
	case !ok:
		return ""
	case rest == "":
		return "."
	case dir == "/":
		return rest
	case rest[0] == '/':
		return rest[1:]
	}
	return ""
}

// unpermitted names the line that would permit the access.
func unpermitted(abs string, a access) error {
	dir := filepath.Dir(abs)
	if dir == "/" {
		dir = abs
	}
	if strings.ContainsAny(dir, " \t\n;{}\"'#\\$") {
		dir = fmt.Sprintf("%q", dir)
	}
	return denied(fmt.Sprintf("%s of %s is not permitted: add \"js_permit fs %s %s;\"", a, abs, a, dir))
}

func denied(message string) error {
	return &js.Throw{Class: "Error", Code: "EACCES", Message: message}
}

// in does something at a place, of which nothing outside of the permitted
// directories is touched, whoever exchanges what meanwhile. An absolute link, and
// one from a permitted directory to another, fails at first: then do is tried where
// the links lead, if that is permitted too.
func (p *Permit) in(path string, a access, do func(r *os.Root, name string) error) error {
	at, err := p.place(path, a)
	if err != nil {
		return err
	}
	err = at.do(do)
	if !escapes(err) {
		return err
	}
	if to, ok := p.followed(at, a); ok {
		err = to.do(do)
	}
	if escapes(err) {
		return denied(fmt.Sprintf("%s of %s is not permitted: it leads out of %s", a, at.path, at.dir))
	}
	return err
}

func (at place) do(f func(r *os.Root, name string) error) error {
	r, err := at.open()
	if err != nil {
		return err //nolint:wrapcheck // fileThrow looks at it
	}
	defer r.Close() //nolint:errcheck // read only
	return f(r, at.name)
}

// open opens the directory, which may be a link if the operator made it so.
func (at place) open() (*os.Root, error) {
	if at.over == "" {
		return os.OpenRoot(at.dir) //nolint:wrapcheck // fileThrow looks at it
	}
	over, err := os.OpenRoot(at.over)
	if err != nil {
		return nil, err //nolint:wrapcheck // fileThrow looks at it
	}
	defer over.Close()                           //nolint:errcheck // read only
	return over.OpenRoot(under(at.over, at.dir)) //nolint:wrapcheck // fileThrow looks at it
}

// followed is where the links of a path lead, if that is in a permitted directory.
func (p *Permit) followed(at place, a access) (place, bool) {
	to, err := filepath.EvalSymlinks(at.path)
	switch {
	case a&itself != 0:
		to, err = filepath.EvalSymlinks(filepath.Dir(at.path))
		to = filepath.Join(to, filepath.Base(at.path))
	case errors.Is(err, syscall.ENOENT): // which is to be made, perhaps
		to, err = missing(at.path)
	}
	if err != nil {
		return place{}, false
	}
	return p.real(to, a)
}

// missing is where a path leads at which there is nothing yet.
func missing(path string) (string, error) {
	for range maxLinks {
		dir, err := filepath.EvalSymlinks(filepath.Dir(path))
		if errors.Is(err, syscall.ENOENT) {
			return path, nil
		}
		if err != nil {
			return "", err //nolint:wrapcheck // it is looked at only
		}
		path = filepath.Join(dir, filepath.Base(path))
		link, err := os.Readlink(path)
		if err != nil { // what is missing is no link
			return path, nil
		}
		if !filepath.IsAbs(link) {
			link = filepath.Join(dir, link)
		}
		path = link
	}
	return "", syscall.ELOOP
}

const maxLinks = 40 // in a row, as Linux has it

// real is place, for a path without links, where the permitted directories may be
// links themselves.
func (p *Permit) real(path string, a access) (place, bool) {
	q := Permit{All: p.All, Read: p.resolved(p.Read), Write: p.resolved(p.Write)}
	at, err := q.place(path, a)
	return at, err == nil
}

// resolved are the directories of which there are any, without links. One that
// script may exchange stays what it is.
func (p *Permit) resolved(dirs []string) []string {
	var l []string
	for _, d := range dirs {
		d, err := filepath.Abs(d)
		if err != nil {
			continue
		}
		if _, exchangeable := p.dirOf(filepath.Dir(d), write); !exchangeable {
			d, err = filepath.EvalSymlinks(d)
		}
		if err == nil {
			l = append(l, d)
		}
	}
	return l
}

// escapes reports whether os.Root found that a link leads out; it has no name for
// that error.
func escapes(err error) bool {
	for err != nil {
		if err.Error() == "path escapes from parent" {
			return true
		}
		err = errors.Unwrap(err)
	}
	return false
}
