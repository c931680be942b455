package shared

import (
	"fmt"
	"slices"
	"time"

	"weir/js"
)

// MinSize and MaxSize bound a zone's size, in bytes. The least is nginx's: eight
// pages.
const (
	MinSize = 32 << 10
	MaxSize = 32 << 30
)

// Zone declares a dictionary: js_shared_dict_zone.
type Zone struct {
	Name    string
	Size    int64         // bytes, of all that the zone needs
	Timeout time.Duration // of an entry; zero keeps entries until they are deleted
	Type    string        // "string" or "number"; "" is "string"
	Evict   bool          // makes room by dropping the oldest entries
	State   string        // the file that keeps the entries across restarts; "": none
	VHosts  []string      // whose scripts may use it; nil: all
}

// open reports whether the scripts of a vhost may use the zone.
func (z Zone) open(vhost string) bool { return z.VHosts == nil || slices.Contains(z.VHosts, vhost) }

// complete fills what z leaves out, and says what is wrong with it.
func (z Zone) complete() (Zone, error) {
	if z.Type == "" {
		z.Type = stringType
	}
	switch {
	case z.Size < MinSize || z.Size > MaxSize:
		return z, fmt.Errorf("dictionary %q: a size of %d bytes is not between %d and %d", z.Name, z.Size, MinSize, int64(MaxSize))
	case z.Type != stringType && z.Type != numberType:
		return z, fmt.Errorf("dictionary %q: no such type: %q", z.Name, z.Type)
	}
	return z, nil
}

// Types of zones.
const (
	stringType = "string"
	numberType = "number"
)

// maxData bounds the bytes of one entry, and those of one answer beside the
// zone's size.
const maxData = js.MaxSize / 2
