package workshop

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Find lists the files of tests in directories, NAME.test.js and its like; what is
// named itself is one.
func Find(fsys fs.FS, names []string) ([]string, error) {
	var files []string
	for _, name := range names {
		err := fs.WalkDir(fsys, name, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && p != name && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".")):
				return fs.SkipDir
			case !d.IsDir() && (p == name || testFile.MatchString(d.Name())):
				files = append(files, p)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

var testFile = regexp.MustCompile(`\.test\.(?:m?js|m?ts)$`)
