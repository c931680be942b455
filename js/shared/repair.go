package shared

import (
	"cmp"
	"slices"
)

// repair builds the table, the lists, the free list and the counters anew from
// the heads among the cells. What is not whole was being written, or is not ours.
func (d *dict) repair() {
	defer func() {
		if r := recover(); r != nil {
			d.damaged(r)
		}
	}()
	frontier := min(d.load(wordFrontier), d.cells)
	d.store(wordFrontier, frontier)
	d.clearIndex()
	seen := make([]bool, frontier+1) // further cells of what may be an entry
	in := make([]bool, frontier+1)   // cells that belong to an entry
	var found []uint32
	for cell := uint32(1); cell <= frontier; cell++ {
		if d.whole(cell, seen) && d.enterOnce(cell) {
			d.claim(cell, in)
			found = append(found, cell)
		}
	}
	d.freeOthers(in)
	slices.SortFunc(found, func(a, b uint32) int { return cmp.Compare(d.when(a), d.when(b)) })
	for _, cell := range found {
		d.join(cell, d.load(d.word(cell)+entList)%lists, d.when(cell))
	}
	d.store(wordCount, uint32(len(found)))
	d.changed()
}

// whole reports whether an entry begins at a cell that has all its cells, of
// which none was seen in another. Each is looked at once, however they are linked.
func (d *dict) whole(head uint32, seen []bool) bool {
	kind, next := d.link(head)
	w := d.word(head)
	key, value := int(d.load(w+entKey)), int(d.load(w+entValue))
	if kind != kindHead || d.load(w+entList) >= lists || key+value > maxData {
		return false
	}
	for range d.cellsFor(key+value) - 1 {
		if next == 0 || int(next) >= len(seen) || seen[next] {
			return false
		}
		seen[next] = true
		if kind, next = d.link(next); kind != kindBody {
			return false
		}
	}
	return next == 0
}

// claim notes the cells of an entry.
func (d *dict) claim(head uint32, in []bool) {
	for cell := head; cell != 0 && int(cell) < len(in) && !in[cell]; _, cell = d.link(cell) {
		in[cell] = true
	}
}

// enterOnce puts a whole entry into the table, unless its key is there: whoever
// was setting it had not come to the removal of one of the two.
func (d *dict) enterOnce(cell uint32) bool {
	key := d.keyOf(cell)
	hash := d.hash(key)
	if d.load(d.word(cell)+entHash) != hash || d.find(key, hash) != 0 {
		return false
	}
	d.enter(cell, hash)
	return true
}

// freeOthers frees the cells that belong to no entry.
func (d *dict) freeOthers(in []bool) {
	var used, free uint32
	for cell := uint32(len(in) - 1); cell > 0; cell-- {
		if in[cell] {
			used++
			continue
		}
		d.setLink(cell, kindFree, free)
		free = cell
	}
	d.store(wordFree, free)
	d.store(wordUsed, used)
}
