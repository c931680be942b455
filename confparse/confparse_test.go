package confparse_test

import (
	"io/fs"
	"testing"

	"weir/confparse"
	"weir/confparse/conftest"
)

func TestFindings(t *testing.T) {
	conftest.Run(t, "testdata", func(fsys fs.FS, name string) confparse.Diagnostics {
		_, found := confparse.Load(fsys, name)
		return found
	})
}
