package shared

import (
	"math"

	"weir/js"
)

// when is when an entry expires, or the number of its write.
func (d *dict) when(cell uint32) int64 { return int64(d.loadLong(d.long(cell) + longWhen)) }

// lookup returns the entry of a key, 0 if there is none that has not expired.
func (d *dict) lookup(key string) uint32 {
	cell := d.find(key, d.hash(key))
	if cell != 0 && d.Timeout > 0 && d.when(cell) <= d.now() {
		return 0
	}
	return cell
}

// lengths are those of an entry's key and value, in bytes.
func (d *dict) lengths(cell uint32) (key, value int) {
	w := d.word(cell)
	key, value = int(d.load(w+entKey)), int(d.load(w+entValue))
	if key+value > maxData || d.cellsFor(key+value) > d.cells {
		panic(errDamaged)
	}
	return key, value
}

// cellsFor is how many cells an entry of that many bytes takes.
func (d *dict) cellsFor(bytes int) uint32 {
	const body = cellSize - bodyOffset
	bytes -= cellSize - d.dataOffset()
	return uint32(1 + (max(bytes, 0)+body-1)/body)
}

func (d *dict) keyOf(cell uint32) string {
	n, _ := d.lengths(cell)
	c := d.data(cell)
	return c.read(n)
}

// valueOf is an entry's string or float64.
func (d *dict) valueOf(cell uint32) js.Value {
	if d.Type == numberType {
		return d.number(cell)
	}
	key, value := d.lengths(cell)
	c := d.data(cell)
	c.skip(key)
	return c.read(value)
}

func (d *dict) number(cell uint32) float64 {
	return math.Float64frombits(d.loadLong(d.long(cell) + longNum))
}

// put sets an entry to a string or a float64; ttl is in ms. It reports whether
// there was room; if not, nothing was changed.
func (d *dict) put(key string, value js.Value, ttl int64) bool {
	now := d.now()
	d.sweep(now, few)
	hash := d.hash(key)
	old := d.find(key, hash)
	number, isNumber := value.(float64)
	if isNumber && old != 0 {
		d.renew(old, number, now, ttl)
		return true
	}
	text, _ := value.(string)
	need := d.cellsFor(len(key) + len(text))
	if len(key)+len(text) > maxData || need > d.cells {
		return false
	}
	if need > d.room() {
		d.sweep(now, math.MaxInt)
		var ok bool
		if old, ok = d.clearFor(need, d.find(key, hash)); !ok {
			return false
		}
	}
	d.add(key, hash, need, text, number, now, ttl)
	if old != 0 {
		d.remove(old)
	}
	return true
}

// clearFor makes room for the cells of an entry that takes the place of old: it
// removes that ahead of time if need be, and the oldest entries if the zone evicts.
func (d *dict) clearFor(need, old uint32) (uint32, bool) {
	room := d.room()
	if need <= room {
		return old, true
	}
	if old != 0 {
		key, value := d.lengths(old)
		room += d.cellsFor(key + value)
	}
	if need > room && !d.Evict {
		return old, false
	}
	if old != 0 {
		d.remove(old)
	}
	for range d.cells + 1 {
		if need <= d.room() {
			return 0, true
		}
		d.remove(d.first())
		d.tick(longEvicted)
	}
	panic(errDamaged) // somebody puts back what is removed
}

// add writes a new entry, for which there is room.
func (d *dict) add(key string, hash, cells uint32, text string, number float64, now, ttl int64) {
	cell := d.chain(cells)
	w := d.word(cell)
	d.store(w+entHash, hash)
	d.store(w+entKey, uint32(len(key)))
	d.store(w+entValue, uint32(len(text)))
	if d.Type == numberType {
		d.storeLong(d.long(cell)+longNum, math.Float64bits(number))
	}
	c := d.data(cell)
	c.write(key)
	c.write(text)
	d.enter(cell, hash)
	d.changed()
	d.joinUntil(cell, now, ttl)
	_, next := d.link(cell)
	d.publish(w, kindHead<<kindBits|next)
	d.store(wordCount, d.load(wordCount)+1)
}

// joinUntil appends an entry to the list of its time to live.
func (d *dict) joinUntil(cell uint32, now, ttl int64) {
	if d.Timeout == 0 {
		d.join(cell, 0, int64(d.loadLong(longWrites)))
		return
	}
	ttl = min(max(ttl, 1), maxTTL)
	d.join(cell, listOf(ttl), now+ttl)
}

// renew gives an entry another number, and its time anew.
func (d *dict) renew(cell uint32, number float64, now, ttl int64) {
	d.storeLong(d.long(cell)+longNum, math.Float64bits(number))
	d.changed()
	if d.Timeout > 0 || d.Evict {
		d.part(cell)
		d.joinUntil(cell, now, ttl)
	}
}

// remove removes an entry.
func (d *dict) remove(cell uint32) {
	kind, next := d.link(cell)
	count := d.load(wordCount)
	if kind != kindHead || count == 0 {
		panic(errDamaged)
	}
	d.publish(d.word(cell), kindBody<<kindBits|next)
	d.leave(cell)
	d.part(cell)
	d.free(cell)
	d.store(wordCount, count-1)
	d.changed()
}

// few is how many entries of a list a write looks at to drop what has expired.
const few = 4

// sweep drops what has expired, looking at that many entries of each list at most.
func (d *dict) sweep(now int64, most int) {
	if d.Timeout == 0 {
		return
	}
	for list := range d.inUse {
		until := now
		if d.listed(longUnsorted, list) {
			until += spread(list)
		}
		left := most
		for cell := range d.entries(list) {
			when := d.when(cell)
			if when > until || left == 0 {
				break
			}
			if when <= now {
				d.remove(cell)
			}
			left--
		}
	}
}

// first is the entry to be evicted: the oldest, or that which expires first, or
// nearly.
func (d *dict) first() uint32 {
	var first uint32
	var when int64
	for list := range d.inUse {
		cell := d.load(oldest(list))
		if w := d.when(cell); first == 0 || w < when {
			first, when = cell, w
		}
	}
	if first == 0 {
		panic(errDamaged)
	}
	return first
}
