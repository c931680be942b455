package js

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// mayImport says whether modules of a build may come from a file: one in the trees of
// roots, or in a node_modules beside the importing file or above. Without roots all
// may.
func mayImport(name, importer string, roots []string) bool {
	if len(roots) == 0 || slices.ContainsFunc(roots, func(dir string) bool { return isIn(name, dir) }) {
		return true
	}
	beside, inside, ok := strings.Cut("/"+name, "/node_modules/")
	if !ok || inside == "" {
		return false
	}
	beside = path.Clean(strings.TrimPrefix(beside, "/"))
	if path.IsAbs(name) {
		beside = path.Join("/", beside)
	}
	return slices.Contains(ancestors(path.Dir(importer)), beside)
}

// isIn reports whether a path is in the tree of a directory, as they are written.
func isIn(name, dir string) bool {
	rest, err := filepath.Rel(dir, name)
	return err == nil && rest != ".." && !strings.HasPrefix(rest, "../")
}

// rootsOf are the trees from which modules of imports may come: of the directories
// where they are looked for, and of those where they are.
func rootsOf(imports []Import, links []*link) []string {
	var l []string
	for i, imp := range imports {
		l = append(append(l, imp.Dirs...), path.Dir(links[i].file))
	}
	return l
}

// outside is the fault of an import of a file that modules may not come from.
func outside(spec, name string) api.Message {
	return api.Message{
		ID:    unresolved,
		Text:  "module " + quote(spec) + " is in no folder of js_path, of the configuration file or of a js_import",
		Notes: []api.Note{{Text: "\"js_path " + path.Dir(name) + ";\" lets scripts import from there"}},
	}
}
