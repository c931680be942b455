package shared

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"weir/js"
)

// checkAlive checks that a zone serves, whatever was written into its memory.
func checkAlive(t *testing.T, d *Dicts, zone Zone) {
	t.Helper()
	value := js.Value("v")
	if zone.Type == numberType {
		value = 1.0
	}
	for range 2 { // the first may find the damage
		if _, err := d.Do("v", zone.Name, "clear", nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Do("v", zone.Name, "set", []js.Value{"k", value}); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Do("v", zone.Name, "get", []js.Value{"k"}); got != value || err != nil {
		t.Fatalf("get: %v, %v, want %v", got, err, value)
	}
}

var damagedZones = []Zone{
	{Name: "strings", Size: MinSize},
	{Name: "numbers", Size: MinSize, Type: numberType, Timeout: 20 * time.Millisecond},
	{Name: "evicts", Size: MinSize, Timeout: time.Hour, Evict: true},
}

// FuzzDamage writes words anywhere into the memory between operations: nothing
// but an error may come of it, and the zone serves again.
func FuzzDamage(f *testing.F) {
	f.Add(uint64(1), []byte("\x20\x00\xff\xff\xff\xff\x21\x00\x01\x00\x00\x00"))
	f.Add(uint64(2), []byte("\x00\x02\x05\x00\x00\x80\x04\x02\x01\x00\x00\x00\x10\x00\x02\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, seed uint64, writes []byte) {
		r := rand.New(rand.NewPCG(seed, 0))
		d := newDicts(t, damagedZones...)
		for _, z := range d.zones {
			for range 100 {
				if err := hammer(d, z.Zone, r); err != nil && !isThrow(err) {
					t.Fatal(err)
				}
			}
			for w := writes; len(w) >= 6; w = w[6:] {
				at := int(binary.LittleEndian.Uint16(w)) % len(z.words)
				if at != wordLock { // which makes the server wait
					z.publish(at, binary.LittleEndian.Uint32(w[2:]))
				}
				if err := hammer(d, z.Zone, r); err != nil && !isThrow(err) {
					t.Fatal(err)
				}
			}
			repairedAnyhow(t, z)
			checkAlive(t, d, z.Zone)
		}
	})
}

// repairedAnyhow repairs a zone that may be damaged, after which it is whole.
func repairedAnyhow(t *testing.T, d *dict) {
	t.Helper()
	if err := d.lock(); err != nil {
		t.Fatal(err)
	}
	d.repair()
	d.unlock()
	verify(t, d)
}

func isThrow(err error) bool {
	var t *js.Throw
	return errors.As(err, &t)
}

// Another process writes as it pleases while the server works.
func TestScribblingHarmsNobody(t *testing.T) {
	for name, word := range map[string]func(r *rand.Rand, z *dict) (int, uint32){
		"anything anywhere": func(r *rand.Rand, z *dict) (int, uint32) { return r.IntN(len(z.words)), r.Uint32() },
		"plausible links": func(r *rand.Rand, z *dict) (int, uint32) {
			return r.IntN(len(z.words)), uint32(r.IntN(4))<<kindBits | r.Uint32N(z.cells+2)
		},
		"the header": func(r *rand.Rand, z *dict) (int, uint32) {
			return wordFree + r.IntN(wordTable-wordFree), r.Uint32N(z.cells + 2)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDicts(t, damagedZones...)
			var stop atomic.Bool
			var scribbler sync.WaitGroup
			scribbler.Go(func() {
				r := rand.New(rand.NewPCG(7, 8))
				for !stop.Load() {
					for _, z := range d.zones {
						if at, w := word(r, z); at != wordLock {
							z.publish(at, w)
						}
					}
					time.Sleep(time.Duration(r.IntN(20)) * time.Microsecond)
				}
			})
			r := rand.New(rand.NewPCG(9, 10))
			for range 20_000 {
				for _, z := range d.zones {
					if err := hammer(d, z.Zone, r); err != nil && !isThrow(err) {
						t.Error(err)
					}
				}
			}
			for _, z := range d.zones {
				if err := z.lock(); err != nil {
					t.Fatal(err)
				}
				z.repair()
				z.unlock()
			}
			stop.Store(true)
			scribbler.Wait()
			for _, z := range d.zones {
				t.Logf("%s: emptied %d times", z.Name, z.loadLong(longResets))
				repairedAnyhow(t, z)
				checkAlive(t, d, z.Zone)
			}
		})
	}
}

// A repair looks at each cell once, also where many heads lead to one long chain.
func TestRepairIsLinear(t *testing.T) {
	d := newDicts(t, Zone{Name: "z", Size: 64 << 20})
	z := d.zones[0]
	n := z.cells / 2
	for cell := uint32(1); cell <= 2*n; cell++ {
		if cell <= n {
			z.setLink(cell, kindHead, n+1)
			z.store(z.word(cell)+entValue, 60*(n-1))
		} else {
			z.setLink(cell, kindBody, cell+1)
		}
	}
	z.store(wordFrontier, 2*n)
	repairedAnyhow(t, z) // would take minutes
	checkAlive(t, d, z.Zone)
}

// A zone holds no more than it has memory for, also where many entries of one chain
// have the same cells.
func TestSavedEntriesShareNoCells(t *testing.T) {
	d := newDicts(t, Zone{Name: "z", Size: MinSize})
	z := d.zones[0]
	const heads = 200
	for cell := uint32(1); cell <= z.cells; cell++ {
		switch {
		case cell <= heads:
			z.setLink(cell, kindHead, heads+1)
			z.store(z.word(cell)+entValue, 60*(z.cells-heads-1))
			z.enter(cell, 0)
		case cell < z.cells:
			z.setLink(cell, kindBody, cell+1)
		}
	}
	z.store(wordFrontier, z.cells)
	if l, err := z.items(0, 64); err == nil {
		t.Errorf("%d entries", len(l))
	}
	checkAlive(t, d, z.Zone)
}
