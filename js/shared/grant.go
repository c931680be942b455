package shared

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// Grant is what a worker process gets of the zones.
type Grant struct {
	Worker uint32     // names it for Break
	Text   []byte     // for Open, a few hundred bytes a zone
	Files  []*os.File // the same; to be passed on, but not closed, by who asked for the grant
}

// granted is the text of a Grant.
type granted struct {
	Worker uint32
	Key    hashKey
	Zones  []Zone
}

// Grant is for a new worker that runs the scripts of these vhosts; without any,
// of all.
func (d *Dicts) Grant(vhosts ...string) (Grant, error) {
	d.mu.Lock()
	d.worker++
	g := Grant{Worker: d.worker}
	d.mu.Unlock()
	of := granted{Worker: g.Worker, Key: d.key}
	for _, z := range d.zones {
		if !z.openToAny(vhosts) {
			continue
		}
		if z.file == nil {
			return Grant{}, fmt.Errorf("dictionary %q: its memory cannot be shared", z.Name)
		}
		zone := z.Zone
		zone.State = "" // the server's business
		of.Zones = append(of.Zones, zone)
		g.Files = append(g.Files, z.file)
	}
	var err error
	g.Text, err = json.Marshal(of)
	return g, err
}

func (z Zone) openToAny(vhosts []string) bool {
	if len(vhosts) == 0 {
		return true
	}
	for _, v := range vhosts {
		if z.open(v) {
			return true
		}
	}
	return false
}

// Open maps the zones of a Grant, in a worker process. It closes the files.
func Open(text []byte, files []*os.File) (*Dicts, error) {
	defer func() {
		for _, f := range files {
			_ = f.Close() // the memory stays mapped
		}
	}()
	var g granted
	if err := json.Unmarshal(text, &g); err != nil {
		return nil, fmt.Errorf("dictionaries: %w", err)
	}
	if len(files) != len(g.Zones) {
		return nil, fmt.Errorf("dictionaries: %d files for %d zones", len(files), len(g.Zones))
	}
	d := &Dicts{key: g.Key, byName: make(map[string]*dict, len(g.Zones))}
	for i, z := range g.Zones {
		m, err := mapped(files[i], fileSize(z.Size))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("dictionary %q: %w", z.Name, err), d.Close())
		}
		d.add(&dict{Zone: z, layout: layoutOf(z.Size), memory: m, key: g.Key, self: g.Worker})
	}
	return d, nil
}

// Break takes from a worker what it holds, and repairs what it left half done.
// The worker must have been waited for.
func (d *Dicts) Break(worker uint32) {
	d.mu.Lock()
	d.ended[worker] = true
	d.mu.Unlock()
	for _, z := range d.zones {
		if z.lock() == nil { // which breaks it
			z.unlock()
		}
	}
	d.mu.Lock()
	delete(d.ended, worker)
	d.mu.Unlock()
}
