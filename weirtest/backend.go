package weirtest

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// backEnd serves a directory as a back end that scripts fetch from.
//
//	back-end HOST:PORT DIR
//
// Its own address takes the place of HOST:PORT in the files of the script's working
// directory, so that these may name a host that there is not.
func backEnd(ts *testscript.TestScript, _ bool, args []string) {
	arity(ts, args, 2, 2, "back-end HOST:PORT DIR")
	w := of(ts)
	if w.backEnd != nil {
		ts.Fatalf("there is a back end already")
	}
	w.backEnd = httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[1]))))
	ts.Check(replaceIn(ts.MkAbs("."), args[0], w.backEnd.Listener.Addr().String()))
}

// backEndDown ends the back end.
func backEndDown(ts *testscript.TestScript, _ bool, args []string) {
	arity(ts, args, 0, 0, "back-end-down")
	of(ts).endBackEnd()
}

func (w *world) endBackEnd() {
	if w.backEnd != nil {
		w.backEnd.Close()
		w.backEnd = nil
	}
}

// replaceIn replaces a text in all files of a directory, and of those in it.
func replaceIn(dir, was, is string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(text, []byte(was)) {
			return err
		}
		if err := os.WriteFile(name, bytes.ReplaceAll(text, []byte(was), []byte(is)), 0o600); err != nil {
			return fmt.Errorf("replace %s: %w", was, err)
		}
		return nil
	})
}
