package ts

import (
	"errors"
	"fmt"
)

// What a packet can be refused for.
var (
	// ErrUnsupported says that the transport stream cannot carry the packet's codec or form.
	ErrUnsupported = errors.New("not supported in MPEG-TS")
	// ErrMalformed says that the packet is not what its codec's specification wants.
	ErrMalformed = errors.New("malformed")
)

func malformed(what string) error { return fmt.Errorf("%w: %s", ErrMalformed, what) }
