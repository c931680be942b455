package weir

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"weir/confparse"
)

// unfound is what the compiler says of an import of a path that leads to no file.
var unfound = regexp.MustCompile(`^module "(\.\.?/[^"]+)" not found$`)

// hintNearby proposes files of like names for relative imports that are not found. The
// compiler cannot: it reads files by their names alone.
func hintNearby(fsys fs.FS, found confparse.Diagnostics) {
	for i := range found {
		d := &found[i]
		m := unfound.FindStringSubmatch(d.Message)
		if m == nil || d.Hint != "" {
			continue
		}
		dir, base := path.Split(m[1])
		if near := confparse.Suggest(base, modulesIn(fsys, path.Join(path.Dir(d.Span.Start.File), dir), path.Ext(base) != "")); near != "" {
			d.Hint = `did you mean "` + dir + near + `"?`
		}
	}
}

// modulesIn are the names of the modules in a directory, with their extensions or
// without.
func modulesIn(fsys fs.FS, dir string, extensions bool) []string {
	list, _ := fs.ReadDir(fsys, dir) // there may be none
	var names []string
	for _, e := range list {
		name := e.Name()
		switch path.Ext(name) {
		case ".js", ".mjs", ".cjs", ".ts", ".mts", ".json":
		default:
			continue
		}
		if !extensions {
			name = strings.TrimSuffix(name, path.Ext(name))
		}
		names = append(names, name)
	}
	return names
}
