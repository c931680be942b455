package js

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// Bounds of module files, in bytes: of one, and of all.
const (
	maxModule  = 8 << 20
	maxModules = 64 << 20
)

// moduleFiles reads module files, each once, so that what is compiled and what
// is hashed are the same bytes. esbuild asks from many goroutines.
type moduleFiles struct {
	fsys fs.FS

	mu   sync.Mutex
	read map[string]moduleFile
	size int // of all
}

type moduleFile struct {
	text string
	err  error
}

func (m *moduleFiles) open(name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f, ok := m.read[name]
	if !ok {
		b, err := fs.ReadFile(m.fsys, name)
		if err == nil && len(b) > maxModule {
			err = fmt.Errorf("%s is larger than %d bytes", name, maxModule)
		}
		if m.size += len(b); err == nil && m.size > maxModules {
			err = fmt.Errorf("modules are larger than %d bytes together", maxModules)
		}
		f = moduleFile{text: string(b), err: err}
		m.read[name] = f
	}
	return f.text, f.err
}

// list returns the files that were looked for, by name.
func (m *moduleFiles) list() []File {
	var l []File
	for _, name := range slices.Sorted(maps.Keys(m.read)) {
		f := File{Name: name}
		if m.read[name].err == nil {
			f.Sum = sha256.Sum256([]byte(m.read[name].text))
		}
		l = append(l, f)
	}
	return l
}

// errNoModule says that no candidate exists.
var errNoModule = errors.New("not found")

// find returns the name of the module file that spec means in the first of dirs
// that has it: as written, or with an extension added.
func (m *moduleFiles) find(spec string, dirs []string) (string, error) {
	if path.IsAbs(spec) || len(dirs) == 0 {
		dirs = []string{""}
	}
	for _, dir := range dirs {
		for _, name := range candidates(path.Join(dir, spec)) {
			_, err := m.open(name)
			if err == nil {
				return name, nil
			}
			if !missing(err) {
				return "", err
			}
		}
	}
	return "", errNoModule
}

// candidates are the files that a path may mean. TypeScript's way of importing
// x.ts as "./x.js" is one of them.
func candidates(name string) []string {
	l := []string{name}
	if !isModule(name) {
		return append(l, name+".js", name+".mjs", name+".ts")
	}
	if base, ok := strings.CutSuffix(name, ".js"); ok {
		l = append(l, base+".ts")
	}
	return l
}

func isModule(name string) bool {
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".ts", ".mts", ".json":
		return true
	}
	return false
}

// missing reports whether err means that there is no such file. A name that is
// no valid path of the file system, or is a directory's, is none either.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) || strings.Contains(err.Error(), "is a directory")
}
