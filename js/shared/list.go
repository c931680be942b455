package shared

import (
	"iter"
	"math/bits"
)

// lists is how many lists there are. An entry is in that of its time to live:
// those of half an octave share one, so a list is in the order of expiry, or
// nearly. Entries that do not expire are in list 0, in the order of writing.
const lists = 96

// listOf is the list of entries that live for ms milliseconds.
func listOf(ms int64) uint32 {
	n := bits.Len64(uint64(ms))
	if n < 2 {
		return uint32(2 * n)
	}
	return uint32(2*n) + uint32(ms>>(n-2)&1)
}

// maxTTL is the longest time to live that has a list, in ms: 2,000 years.
const maxTTL = 1<<46 - 1

// spread is how much the times to live of a list may differ, in ms.
func spread(list uint32) int64 { return 1<<max(int(list)/2-2, 0) - 1 }

// listed reports whether a list has entries, or, of longUnsorted, is not in the
// order of expiry.
func (d *dict) listed(set int, list uint32) bool {
	return d.loadLong(set+int(list/64))>>(list%64)&1 != 0
}

func (d *dict) setListed(set int, list uint32, is bool) {
	l := d.loadLong(set + int(list/64))
	if is {
		l |= 1 << (list % 64)
	} else {
		l &^= 1 << (list % 64)
	}
	d.storeLong(set+int(list/64), l)
}

// inUse yields the lists that have entries.
func (d *dict) inUse(yield func(list uint32) bool) {
	for i := range uint32(2) {
		for set := d.loadLong(longLists + int(i)); set != 0; set &= set - 1 {
			list := 64*i + uint32(bits.TrailingZeros64(set))
			if list >= lists {
				panic(errDamaged)
			}
			if !yield(list) {
				return
			}
		}
	}
}

// oldest and newest are where a list's ends are.
func oldest(list uint32) int { return wordLists + 2*int(list) }
func newest(list uint32) int { return wordLists + 2*int(list) + 1 }

// join appends an entry to its list.
func (d *dict) join(cell, list uint32, when int64) {
	w, last := d.word(cell), d.load(newest(list))
	d.store(w+entList, list)
	d.store(w+entOlder, last)
	d.store(w+entNewer, 0)
	d.storeLong(d.long(cell)+longWhen, uint64(when))
	if last == 0 {
		d.store(oldest(list), cell)
		d.setListed(longLists, list, true)
		d.setListed(longUnsorted, list, false)
	} else {
		if d.when(last) > when {
			d.setListed(longUnsorted, list, true)
		}
		d.store(d.word(last)+entNewer, cell)
	}
	d.store(newest(list), cell)
}

// part takes an entry out of its list.
func (d *dict) part(cell uint32) {
	w := d.word(cell)
	list, older, newer := d.load(w+entList), d.load(w+entOlder), d.load(w+entNewer)
	if list >= lists {
		panic(errDamaged)
	}
	if older == 0 {
		d.store(oldest(list), newer)
	} else {
		d.store(d.word(older)+entNewer, newer)
	}
	if newer == 0 {
		d.store(newest(list), older)
	} else {
		d.store(d.word(newer)+entOlder, older)
	}
	if older == 0 && newer == 0 {
		d.setListed(longLists, list, false)
	}
}

// entries iterates over a list, the oldest entry first. The one at hand may be
// removed.
func (d *dict) entries(list uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		cell := d.load(oldest(list))
		for range d.cells {
			if cell == 0 {
				return
			}
			if kind, _ := d.link(cell); kind != kindHead {
				panic(errDamaged)
			}
			next := d.load(d.word(cell) + entNewer)
			if !yield(cell) {
				return
			}
			cell = next
		}
		if cell != 0 {
			panic(errDamaged)
		}
	}
}
