package host

import (
	"context"
	"fmt"

	"weir/js"
)

// Files are the open files of a vhost's scripts. Its zero value is ready.
type Files struct{}

// Ask answers the operations "fs.*".
func (f *Files) Ask(_ context.Context, _ *Permit, op string, _ []js.Value) (js.Value, error) {
	return nil, fmt.Errorf("%s: no such operation", op)
}

// Close closes all files.
func (f *Files) Close() {}
