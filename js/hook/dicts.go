package hook

import (
	"fmt"
	"time"

	"weir/js"
)

// Zone declares a dictionary: js_shared_dict_zone.
type Zone struct {
	Name    string
	Size    int64         // bytes
	Timeout time.Duration // of an entry; zero keeps entries until they are deleted
	Type    string        // "string" or "number"; "" is "string"
	Evict   bool          // makes room by dropping the oldest entries
}

// Dicts are the dictionaries that scripts share as ngx.shared.NAME. They live
// in the server, and outlive VMs, reloads and crashes of scripts. Any goroutine
// may use them.
type Dicts struct {
	zones  []Zone
	byName map[string]*dict
}

// NewDicts makes the dictionaries, empty. Their names must differ.
func NewDicts(zones []Zone) *Dicts {
	d := &Dicts{byName: make(map[string]*dict, len(zones))}
	for _, z := range zones {
		if z.Type == "" {
			z.Type = "string"
		}
		d.zones = append(d.zones, z)
		d.byName[z.Name] = newDict(z)
	}
	return d
}

// Do executes an operation, named as njs's method of ngx.shared.NAME, with the
// method's arguments; see https://nginx.org/en/docs/njs/reference.html#dict.
// A js.Throw is what the script is to see. The operation "zones", of the zone
// "", lists the zones as {name, type, capacity}.
func (d *Dicts) Do(zone, op string, args []js.Value) (js.Value, error) {
	if zone == "" && op == "zones" {
		return d.list(), nil
	}
	z := d.byName[zone]
	if z == nil {
		return nil, fmt.Errorf("dictionary %q: no such zone", zone)
	}
	do := operations[op]
	if do == nil {
		return nil, fmt.Errorf("dictionary %q: no such operation: %q", zone, op)
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	return do(z, args)
}

func (d *Dicts) list() js.Value {
	l := make([]any, len(d.zones))
	for i, z := range d.zones {
		l[i] = map[string]any{"name": z.Name, "type": z.Type, "capacity": z.Size}
	}
	return l
}
