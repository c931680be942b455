package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"

	"weir/js"
)

// readFile is what a worker that compiles asks for: a module file's name, for its
// bytes.
const readFile = "sandbox.readFile"

// maxFile is how much of a module file is passed on, in bytes: more than the
// compiler takes.
const maxFile = 9 << 20

// files answer a worker that compiles. It may read what an import can name, and ask
// for nothing else.
type files struct{ fsys fs.FS }

// Log implements js.Host.
func (f files) Log(js.Origin, js.Level, string) {}

// Ask implements js.Host.
func (f files) Ask(_ context.Context, _ js.Origin, op string, args []js.Value) (js.Value, error) {
	name, ok := "", op == readFile && len(args) == 1
	if ok {
		name, ok = args[0].(string)
	}
	if !ok {
		return nil, fmt.Errorf("%s: no such operation", op)
	}
	b, err := f.read(name)
	if err != nil {
		return nil, &js.Throw{Class: "Error", Message: err.Error(), Code: codeOf(err)}
	}
	return b, nil
}

// read reads a file of the operator's; nothing that may never end.
func (f files) read(name string) ([]byte, error) {
	info, err := fs.Stat(f.fsys, name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: name, Err: syscall.EISDIR}
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a regular file")}
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxFile))
}

// fileErrors are the errors that a compiler tells apart, by the code that stands
// for them.
var fileErrors = map[string]error{"ENOENT": fs.ErrNotExist, "EINVAL": fs.ErrInvalid, "EACCES": fs.ErrPermission}

func codeOf(err error) string {
	for code, e := range fileErrors {
		if errors.Is(err, e) {
			return code
		}
	}
	return ""
}

// serverFiles are the files of the server, in a worker.
type serverFiles struct{ host *host }

var _ fs.ReadFileFS = serverFiles{}

// ReadFile implements fs.ReadFileFS.
func (s serverFiles) ReadFile(name string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), compileTime) // which says that it may wait
	defer cancel()
	v, err := s.host.Ask(ctx, js.Origin{}, readFile, []js.Value{name})
	var t *js.Throw
	if errors.As(err, &t) {
		return nil, &fileError{t.Message, fileErrors[t.Code]}
	}
	b, _ := v.([]byte)
	return b, err
}

// Open implements fs.FS, which a compiler does not ask for.
func (s serverFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.ErrUnsupported}
}

// fileError is an error of the server's files.
type fileError struct {
	text  string
	cause error
}

func (e *fileError) Error() string { return e.text }

func (e *fileError) Unwrap() error { return e.cause }
