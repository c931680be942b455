package conf

import (
	"fmt"
	"strings"

	"weir/confparse"
)

// minZone is the least size of a zone: nginx's eight pages.
const minZone = 32 << 10

// Zone is a js_shared_dict_zone directive:
// "js_shared_dict_zone zone=NAME:SIZE [timeout=T] [type=string|number] [evict]
// [state=FILE] [vhosts=NAME,NAME];".
type Zone struct {
	Name    string
	Size    int64  // bytes
	Timeout int64  // of an entry, in milliseconds; 0: none
	Type    string // "string" or "number"
	Evict   bool
	State   string         // the file that keeps the entries, relative to work_dir; "": none
	VHosts  []string       // whose scripts have the zone; nil: all
	Span    confparse.Span // of the argument zone=
}

// String is the zone as it would be written.
func (z Zone) String() string {
	s := fmt.Sprintf("zone=%s:%d type=%s", z.Name, z.Size, z.Type)
	if z.Timeout > 0 {
		s += fmt.Sprintf(" timeout=%dms", z.Timeout)
	}
	if z.Evict {
		s += " evict"
	}
	if z.State != "" {
		s += " state=" + z.State
	}
	if len(z.VHosts) > 0 {
		s += " vhosts=" + strings.Join(z.VHosts, ",")
	}
	return s
}

// Usage is the syntax of js_shared_dict_zone.
func (*Zone) Usage() string {
	return "zone=NAME:SIZE [timeout=T] [type=string|number] [evict] [state=FILE] [vhosts=NAME,...]"
}

// Set decodes a js_shared_dict_zone directive.
func (z *Zone) Set(d *confparse.Directive) error {
	z.Type = "string"
	for _, w := range d.Args {
		if f := z.option(w); f != nil {
			return f.hinting("usage: %s %s", d.Name.Value, z.Usage())
		}
	}
	if z.Name == "" {
		return (&fault{message: "needs zone=NAME:SIZE"}).hinting("usage: %s %s", d.Name.Value, z.Usage())
	}
	return nil
}

func (z *Zone) option(w confparse.Word) *fault {
	key, value, _ := strings.Cut(w.Value, "=")
	switch key {
	case "zone":
		return z.setZone(w, value)
	case "timeout":
		t, err := parseDuration(value, "s")
		if err != nil {
			return faultAt(w, "timeout= takes a time: %v", err)
		}
		if z.Timeout = t.Milliseconds(); z.Timeout == 0 {
			return faultAt(w, "timeout= must be at least 1ms")
		}
	case "type":
		if value != "string" && value != "number" {
			return faultAt(w, "type= must be string or number")
		}
		z.Type = value
	case "state":
		if value == "" {
			return faultAt(w, "state= takes a file")
		}
		z.State = value
	case "vhosts":
		if value == "" {
			return faultAt(w, "vhosts= takes the names of vhosts")
		}
		z.VHosts = strings.Split(value, ",")
	case "evict":
		z.Evict = true
	default:
		return faultAt(w, "does not know %q", w.Value)
	}
	return nil
}

func (z *Zone) setZone(w confparse.Word, value string) *fault {
	name, size, ok := strings.Cut(value, ":")
	if !ok || !isIdentifier(name) {
		return faultAt(w, "takes zone=NAME:SIZE, with a name that JavaScript can write")
	}
	n, err := parseSize(size)
	if err != nil {
		return faultAt(w, "takes a size: %v", err)
	}
	if n < minZone {
		return faultAt(w, "must be at least 32k large")
	}
	z.Name, z.Size, z.Span = name, n, w.Span
	return nil
}
