package shared

import (
	"fmt"
	"slices"
	"testing"
)

// verify checks the books of a zone: everything that repair could build anew.
func verify(t testing.TB, d *dict) {
	t.Helper()
	if err := d.lock(); err != nil {
		t.Fatal(err)
	}
	defer d.unlock()
	if err := d.verify(); err != nil {
		t.Fatalf("zone %s: %v", d.Name, err)
	}
}

func (d *dict) verify() error {
	heads, in := map[uint32]bool{}, map[uint32]bool{}
	for b := range d.buckets {
		for cell := range d.chained(b) {
			hash := d.hash(d.keyOf(cell))
			if hash&(d.buckets-1) != b || d.load(d.word(cell)+entHash) != hash {
				return fmt.Errorf("%q is in the wrong chain", d.keyOf(cell))
			}
			if d.find(d.keyOf(cell), hash) != cell {
				return fmt.Errorf("%q is there twice", d.keyOf(cell))
			}
			key, value := d.lengths(cell)
			n := uint32(0)
			for c := cell; c != 0; _, c = d.link(c) {
				if in[c] {
					return fmt.Errorf("cell %d is in two entries", c)
				}
				in[c] = true
				n++
			}
			if n != d.cellsFor(key+value) {
				return fmt.Errorf("%q has %d cells, want %d", d.keyOf(cell), n, d.cellsFor(key+value))
			}
			heads[cell] = true
		}
	}
	if err := d.verifyLists(heads); err != nil {
		return err
	}
	free := 0
	for c := d.load(wordFree); c != 0; free++ {
		kind, next := d.link(c)
		if kind != kindFree || in[c] {
			return fmt.Errorf("cell %d is not free", c)
		}
		c = next
	}
	used, count, frontier := d.load(wordUsed), d.load(wordCount), d.load(wordFrontier)
	if int(used) != len(in) || int(count) != len(heads) || int(frontier) != len(in)+free {
		return fmt.Errorf("booked: %d used, %d entries, frontier %d; there are %d, %d, %d", used, count, frontier, len(in), len(heads), len(in)+free)
	}
	return nil
}

func (d *dict) verifyLists(heads map[uint32]bool) error {
	n := 0
	for list := range uint32(lists) {
		var forth, back []uint32
		sorted := true
		for cell := range d.entries(list) {
			if len(forth) > 0 && d.when(forth[len(forth)-1]) > d.when(cell) {
				sorted = false
			}
			forth = append(forth, cell)
			if !heads[cell] || d.load(d.word(cell)+entList) != list {
				return fmt.Errorf("list %d has a stranger", list)
			}
		}
		for cell := d.load(newest(list)); cell != 0; cell = d.load(d.word(cell) + entOlder) {
			back = append(back, cell)
		}
		slices.Reverse(back)
		if !slices.Equal(forth, back) || d.listed(longLists, list) != (len(forth) > 0) {
			return fmt.Errorf("list %d is not the same from both ends", list)
		}
		if !sorted && !d.listed(longUnsorted, list) {
			return fmt.Errorf("list %d is not in order", list)
		}
		n += len(forth)
	}
	if n != len(heads) {
		return fmt.Errorf("%d entries are in lists, %d in the table", n, len(heads))
	}
	return nil
}
