package main

import (
	"io/fs"
	"os"
)

// chown does nothing: a new file belongs to whom the directory says.
func chown(*os.File, fs.FileInfo) error { return nil }
