package sandbox

import (
	"fmt"

	"weir/js"
)

// bound says in whose name a worker may speak: it is not trusted with that.
type bound struct {
	workers *Workers // nil: in nobody's
	own     *unit    // whose worker it is alone; nil: of all that have made calls
}

// name is the vhost that a worker which says that it speaks for name speaks for. One
// of a single unit speaks for that, whatever it says; "" is the server's own.
func (b bound) name(name string) (string, error) {
	switch {
	case b.own != nil:
		return b.own.name, nil
	case name == "" || b.workers != nil && b.workers.has(name):
		return name, nil
	}
	return "", fmt.Errorf("%w: it speaks for %.64q, which has no scripts here", errFrame, name)
}

// origin is o, with that vhost.
func (b bound) origin(o js.Origin) (js.Origin, error) {
	var err error
	o.VHost, err = b.name(o.VHost)
	for _, s := range []string{o.Directive, o.Handler, o.Session} {
		if len(s) > maxName {
			return o, fmt.Errorf("%w: a name of %d bytes", errFrame, len(s))
		}
	}
	return o, err
}

// maxName bounds what of an origin is no vhost, in bytes.
const maxName = 4 << 10

// has reports whether a unit has made a call.
func (s *Workers) has(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.units[name] != nil
}
