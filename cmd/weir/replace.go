package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// replace gives a file another text, all at once: whoever reads it has the old one
// or the new one. Its mode, its owner and the links to it stay.
func replace(name, text string) error {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("replace %s: %w", name, err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it is there only if something failed
	_, err = f.WriteString(text)
	if err := errors.Join(err, likeFile(f, name), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("replace %s: %w", name, err)
	}
	return os.Rename(f.Name(), name)
}

// likeFile gives f the mode and the owner of the file called name.
func likeFile(f *os.File, name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	return errors.Join(chown(f, info), f.Chmod(info.Mode().Perm()))
}
