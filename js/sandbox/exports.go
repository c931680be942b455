package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"weir/js"
)

// Exports is js.Exports, in a worker that is made for it: a text that brings down
// its parser, or keeps it busy for ever, makes what all the modules export an error.
func Exports(ctx context.Context, fsys fs.FS, modules []string) []js.Exported {
	if len(modules) == 0 {
		return nil
	}
	if !hasWorkers {
		return js.Exports(fsys, modules)
	}
	w, err := study(ctx, fsys, setup{Modules: modules}, Config{})
	if err == nil && len(w.exports) != len(modules) {
		err = fmt.Errorf("%w: exports of %d modules", errFrame, len(w.exports))
	}
	if err == nil {
		return w.exports
	}
	l := make([]js.Exported, len(modules))
	for i := range l {
		l[i].Err = err
	}
	return l
}

// exports is Exports, in a worker.
func (c *child) exports(modules []string) error {
	go c.answers()
	l := js.Exports(serverFiles{c.host}, modules)
	return errors.Join(c.out.push(frameExports, 0, appendExports(nil, l)), c.out.flush())
}

// exported is a js.Exported on its way.
type exported struct {
	Names []string
	Fault []byte `json:",omitempty"` // js.AppendError; nil: none
}

// appendExports appends the body of a frameExports.
func appendExports(b []byte, l []js.Exported) []byte {
	out := make([]exported, len(l))
	for i, e := range l {
		out[i].Names = e.Names
		if e.Err != nil {
			out[i].Fault = js.AppendError(nil, e.Err)
		}
	}
	text, _ := json.Marshal(out) // names and bytes always encode
	return append(b, text...)
}

func decodeExports(b []byte) ([]js.Exported, error) {
	var in []exported
	if err := json.Unmarshal(b, &in); err != nil {
		return nil, fmt.Errorf("%w: exports: %w", errFrame, err)
	}
	l := make([]js.Exported, len(in))
	for i, e := range in {
		l[i].Names = e.Names
		if e.Fault == nil {
			continue
		}
		fault, err := js.DecodeError(e.Fault)
		if err != nil {
			return nil, fmt.Errorf("%w: exports: %w", errFrame, err)
		}
		l[i].Err = fault
	}
	return l, nil
}
