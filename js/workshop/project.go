package workshop

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"weir/js/hook"
)

//go:embed project
var project embed.FS

// typesName is the file of a project with the types of what scripts see.
const typesName = "weir.d.ts"

// Init makes a project in a directory: a configuration, hooks with their tests, and
// what an editor needs. It returns the names of the files. Where one is there already
// nothing is written.
func Init(dir string) ([]string, error) {
	files, err := projectFiles()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range files {
		name := filepath.Join(dir, f.name)
		if _, err := os.Lstat(name); err == nil {
			return nil, fmt.Errorf("%s is there already", name)
		}
		names = append(names, name)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for i, f := range files {
		if err := create(names[i], f.text); err != nil {
			return nil, err
		}
	}
	return names, nil
}

type projectFile struct {
	name string
	text []byte
}

func projectFiles() ([]projectFile, error) {
	var types bytes.Buffer
	if err := hook.WriteTypes(&types, Types()); err != nil {
		return nil, err
	}
	files := []projectFile{{typesName, types.Bytes()}}
	err := fs.WalkDir(project, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := project.ReadFile(name)
		files = append(files, projectFile{d.Name(), text})
		return err
	})
	return files, err
}

// create writes a file that is not there yet.
func create(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		_ = f.Close() // the first error counts
		return err
	}
	return f.Close()
}
