package js

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// manifest is what of a package.json says where its modules are.
type manifest struct {
	dir string
	jsonObject
}

// upwards is how far above the working directory packages of relative files are
// looked for.
const upwards = 4

// findPackage finds what a bare specifier means to a file in dir, as Node does: in
// the node_modules of dir and of the directories around it. kind is "import" or
// "require".
func (m *moduleFiles) findPackage(spec, dir, kind string) (string, error) {
	name, sub := splitPackage(spec)
	if name == "" {
		return "", errNoModule
	}
	for _, at := range ancestors(dir) {
		if path.Base(at) == "node_modules" {
			continue
		}
		p, err := m.manifest(path.Join(at, "node_modules", name))
		if err != nil {
			return "", err
		}
		if p.jsonObject != nil {
			return m.inPackage(p, sub, kind)
		}
		if file, err := m.findFile(path.Join(p.dir, sub)); err != errNoModule {
			return file, err
		}
	}
	return "", errNoModule
}

// splitPackage splits "@scope/name/sub" into the package's name and "./sub", or ".".
func splitPackage(spec string) (name, sub string) {
	parts := strings.SplitN(spec, "/", 3)
	n := 1
	if strings.HasPrefix(spec, "@") {
		n = 2
	}
	if len(parts) < n || parts[0] == "" || strings.HasPrefix(parts[0], ".") || strings.ContainsAny(spec, `\%`) {
		return "", ""
	}
	name = strings.Join(parts[:n], "/")
	return name, "." + strings.TrimPrefix(spec, name)
}

// ancestors are dir and the directories around it.
func ancestors(dir string) []string {
	l := []string{dir}
	for dir = path.Clean(dir); dir != "/" && dir != "." && path.Base(dir) != ".."; {
		dir = path.Dir(dir)
		l = append(l, dir)
	}
	if dir == "/" {
		return l
	}
	for range upwards {
		dir = path.Join(dir, "..")
		l = append(l, dir)
	}
	return l
}

// manifest reads the package.json of a directory. It is nil where there is none.
func (m *moduleFiles) manifest(dir string) (manifest, error) {
	p := manifest{dir: dir}
	name := path.Join(dir, "package.json")
	text, err := m.open(name)
	if err != nil {
		if missing(err) {
			err = nil
		}
		return p, err
	}
	v, err := parseJSON(text)
	var e *Error
	if errors.As(err, &e) {
		return p, fmt.Errorf("%s:%d:%d: %s", name, e.Line, e.Col, e.Message)
	}
	p.jsonObject, _ = v.(jsonObject)
	if p.jsonObject == nil {
		p.jsonObject = jsonObject{}
	}
	return p, nil
}

// inPackage finds the file of "./sub", or ".", of a package.
func (m *moduleFiles) inPackage(p manifest, sub, kind string) (string, error) {
	if exports := p.member("exports"); exports != nil {
		target, ok := exported(exports, sub, kind)
		if !ok || !strings.HasPrefix(target, "./") || strings.Contains(target+"/", "/../") {
			return "", fmt.Errorf("the package in %s exports no %q for %s", p.dir, sub, kind)
		}
		return m.findFile(path.Join(p.dir, target))
	}
	if sub != "." {
		return m.findFile(path.Join(p.dir, sub))
	}
	fields := []string{"module", "main"}
	if kind == "require" {
		fields = []string{"main", "module"}
	}
	for _, f := range fields {
		if main := p.text(f); main != "" {
			if file, err := m.findFile(path.Join(p.dir, main)); err != errNoModule {
				return file, err
			}
		}
	}
	return m.findFile(p.dir)
}

// findFile finds a file of a package: as written, with an extension added, or the
// index of a directory.
func (m *moduleFiles) findFile(name string) (string, error) {
	l := []string{name}
	for _, at := range []string{name, path.Join(name, "index")} {
		for _, extension := range []string{".js", ".mjs", ".cjs", ".ts", ".json"} {
			l = append(l, at+extension)
		}
	}
	for _, name := range l {
		_, err := m.open(name)
		if err == nil || !missing(err) {
			return name, err
		}
	}
	return "", errNoModule
}
