package shared

// offset is where a cell is, in bytes.
func (d *dict) offset(cell uint32) int {
	if cell-1 >= d.cells { // 0 too
		panic(errDamaged)
	}
	return d.base + int(cell-1)*cellSize
}

// word is where a cell is, in words.
func (d *dict) word(cell uint32) int { return d.offset(cell) / 4 }

// long is where a cell is, in longs.
func (d *dict) long(cell uint32) int { return d.offset(cell) / 8 }

// link returns what a cell is, and the next.
func (d *dict) link(cell uint32) (kind, next uint32) {
	l := d.load(d.word(cell))
	return l >> kindBits, l & linkMask
}

func (d *dict) setLink(cell, kind, next uint32) { d.store(d.word(cell), kind<<kindBits|next) }

// room is how many cells are free.
func (d *dict) room() uint32 {
	used := d.load(wordUsed)
	if used > d.cells {
		panic(errDamaged)
	}
	return d.cells - used
}

// take takes one free cell.
func (d *dict) take() uint32 {
	cell := d.load(wordFree)
	if cell != 0 {
		kind, next := d.link(cell)
		if kind != kindFree {
			panic(errDamaged)
		}
		d.store(wordFree, next)
	} else {
		cell = d.load(wordFrontier) + 1
		d.setLink(cell, kindFree, 0) // ahead of the frontier: repair must find no old head
		d.publish(wordFrontier, cell)
	}
	d.store(wordUsed, d.load(wordUsed)+1)
	return cell
}

// chain takes n cells that are one entry's to be.
func (d *dict) chain(n uint32) uint32 {
	if n > d.room() {
		panic(errDamaged)
	}
	var next uint32
	for range n {
		cell := d.take()
		d.setLink(cell, kindBody, next)
		next = cell
	}
	return next
}

// free frees the cells of an entry that is none any more.
func (d *dict) free(cell uint32) {
	for range d.cells {
		if cell == 0 {
			return
		}
		kind, next := d.link(cell)
		used := d.load(wordUsed)
		if kind != kindBody || used == 0 {
			panic(errDamaged)
		}
		d.setLink(cell, kindFree, d.load(wordFree))
		d.store(wordFree, cell)
		d.store(wordUsed, used-1)
		cell = next
	}
	if cell != 0 {
		panic(errDamaged)
	}
}

// cursor goes over the bytes of an entry, cell by cell.
type cursor struct {
	d       *dict
	cell    uint32
	at, end int // in the zone's memory
}

func (d *dict) data(head uint32) cursor {
	at := d.offset(head)
	return cursor{d: d, cell: head, at: at + d.dataOffset(), end: at + cellSize}
}

// dataOffset is where the text begins in a head cell.
func (d *dict) dataOffset() int {
	if d.Type == numberType {
		return numberOffset
	}
	return textOffset
}

// take returns the next bytes, n at most and one at least.
func (c *cursor) take(n int) []byte {
	if c.at == c.end {
		_, c.cell = c.d.link(c.cell)
		at := c.d.offset(c.cell)
		c.at, c.end = at+bodyOffset, at+cellSize
	}
	run := c.d.bytes[c.at:min(c.at+n, c.end)]
	c.at += len(run)
	return run
}

func (c *cursor) write(s string) {
	for len(s) > 0 {
		s = s[copy(c.take(len(s)), s):]
	}
}

// equals reports whether the next bytes are s.
func (c *cursor) equals(s string) bool {
	for len(s) > 0 {
		run := c.take(len(s))
		if string(run) != s[:len(run)] {
			return false
		}
		s = s[len(run):]
	}
	return true
}

// skip passes over n bytes.
func (c *cursor) skip(n int) {
	for n > 0 {
		n -= len(c.take(n))
	}
}

// read returns the next n bytes.
func (c *cursor) read(n int) string {
	if n == 0 {
		return ""
	}
	if c.end-c.at >= n {
		return string(c.take(n))
	}
	b := make([]byte, 0, n)
	for len(b) < n {
		b = append(b, c.take(n-len(b))...)
	}
	return string(b)
}
