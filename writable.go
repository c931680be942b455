package weir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"weir/conf"
	"weir/confparse"
)

// unwritable finds the files of the server itself that it could not write: what
// pid and srs_log_file name.
func unwritable(c *conf.Config) confparse.Diagnostics {
	files := []struct{ directive, path string }{{"pid", c.PID}}
	if c.LogTank == "file" {
		files = append(files, struct{ directive, path string }{"srs_log_file", c.LogFile})
	}
	var found confparse.Diagnostics
	for _, f := range files {
		path := f.path
		if !filepath.IsAbs(path) {
			path = filepath.Join(c.WorkDir, path)
		}
		if err := canMake(filepath.Dir(path)); err != nil {
			found = append(found, confparse.Diagnostic{
				Severity: confparse.Warning, Code: "W308", Span: spanOf(c.File, f.directive),
				Message: fmt.Sprintf("%s: the server cannot write there: %v", f.directive, err),
				Hint:    fmt.Sprintf("name a file in a directory of the server's user: %s /run/weir/%s;", f.directive, filepath.Base(path)),
			})
		}
	}
	return found
}

// canMake says why files cannot be made in a directory, which may be made itself.
func canMake(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist) && dir != filepath.Dir(dir):
		return canMake(filepath.Dir(dir))
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a directory", dir)
	}
	const write = 2 // W_OK of access(2)
	if err := syscall.Access(dir, write); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	return nil
}

// spanOf is where a directive of the top level stands; nowhere if it does not.
func spanOf(f *confparse.File, name string) confparse.Span {
	for _, d := range f.Directives {
		if d.Name.Value == name && len(d.Args) > 0 {
			return d.Args[0].Span
		}
	}
	return confparse.Span{Start: confparse.Pos{File: f.Name}}
}
