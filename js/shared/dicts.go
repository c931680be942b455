package shared

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"

	"weir/js"
)

// Dicts are the zones of one process. Any goroutine may use them.
type Dicts struct {
	key    hashKey
	zones  []*dict
	byName map[string]*dict

	mu     sync.Mutex
	worker uint32          // the number of the last one
	ended  map[uint32]bool // those that have ended, until no zone is theirs
}

// New makes the zones, whose names must differ, with what their state files hold.
func New(zones []Zone) (*Dicts, error) {
	d := &Dicts{key: newHashKey(), byName: make(map[string]*dict, len(zones)), worker: server, ended: map[uint32]bool{}}
	for _, z := range zones {
		if err := d.make(z); err != nil {
			return nil, errors.Join(err, d.Close())
		}
	}
	return d, nil
}

func newHashKey() hashKey {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hashKey{binary.NativeEndian.Uint64(b[:8]), binary.NativeEndian.Uint64(b[8:])}
}

// make makes a zone.
func (d *Dicts) make(z Zone) error {
	z, err := z.complete()
	if err != nil {
		return err
	}
	if d.byName[z.Name] != nil {
		return fmt.Errorf("dictionary %q: there are two", z.Name)
	}
	m, err := newMemory(z.Name, fileSize(z.Size))
	if err != nil {
		return fmt.Errorf("dictionary %q: %w", z.Name, err)
	}
	n := &dict{Zone: z, layout: layoutOf(z.Size), memory: m, key: d.key, self: server, ended: d.hasEnded}
	d.add(n)
	return n.restore()
}

// fileSize is the size of a zone's file: whole pages.
func fileSize(size int64) int64 {
	page := int64(os.Getpagesize())
	return (size + page - 1) / page * page
}

func (d *Dicts) add(n *dict) {
	d.zones = append(d.zones, n)
	d.byName[n.Name] = n
}

// Close gives the memory back. Operations fail from then on.
func (d *Dicts) Close() error {
	var errs []error
	for _, z := range d.zones {
		z.mu.Lock()
		if z.words != nil {
			errs = append(errs, z.unmap())
		}
		if z.file != nil {
			errs = append(errs, z.file.Close())
			z.file = nil
		}
		z.mu.Unlock()
	}
	return errors.Join(errs...)
}

// Answer answers what a script of a vhost asks as "dict": a zone, an operation,
// and its arguments, as for Do.
func (d *Dicts) Answer(vhost string, args []js.Value) (js.Value, error) {
	if len(args) < 2 {
		return nil, errors.New("dictionary: neither zone nor operation")
	}
	zone, _ := args[0].(string)
	op, _ := args[1].(string)
	return d.Do(vhost, zone, op, args[2:])
}

// Do executes an operation for a script of a vhost. It is named as njs's method
// of ngx.shared.NAME, and has the method's arguments. A *js.Throw is what the
// script is to see. The operation "zones", of the zone "", lists the zones that
// the vhost may use, as {name, type, capacity}.
func (d *Dicts) Do(vhost, zone, op string, args []js.Value) (js.Value, error) {
	if zone == "" && op == "zones" {
		return d.list(vhost), nil
	}
	z := d.byName[zone]
	if z == nil || !z.open(vhost) {
		return nil, fmt.Errorf("dictionary %q: no such zone", zone)
	}
	do := operations[op]
	if do == nil {
		return nil, fmt.Errorf("dictionary %q: no such operation: %q", zone, op)
	}
	return z.do(do, args)
}

func (d *Dicts) list(vhost string) js.Value {
	l := []any{}
	for _, z := range d.zones {
		if z.open(vhost) {
			l = append(l, map[string]any{"name": z.Name, "type": z.Type, "capacity": z.Size})
		}
	}
	return l
}

func (d *Dicts) hasEnded(process uint32) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ended[process]
}
