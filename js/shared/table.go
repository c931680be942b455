package shared

import "iter"

// maxChain bounds the entries of a chain of the table, of which there are two in
// the mean and with any hashes by chance under 30.
const maxChain = 256

// hash is what the table goes by.
func (d *dict) hash(key string) uint32 { return uint32(d.key.sum(key)) }

// bucket is the word that a hash's chain begins with.
func (d *dict) bucket(hash uint32) int { return wordTable + int(hash&(d.buckets-1)) }

// find returns the entry of a key, 0 if there is none, also one that has expired.
func (d *dict) find(key string, hash uint32) uint32 {
	cell := d.load(d.bucket(hash))
	for range maxChain {
		if cell == 0 {
			return 0
		}
		w := d.word(cell)
		if d.load(w)>>kindBits != kindHead {
			panic(errDamaged)
		}
		if d.load(w+entHash) == hash && int(d.load(w+entKey)) == len(key) {
			if c := d.data(cell); c.equals(key) {
				return cell
			}
		}
		cell = d.load(w + entChain)
	}
	panic(errDamaged)
}

// enter puts an entry into the table.
func (d *dict) enter(cell, hash uint32) {
	b := d.bucket(hash)
	d.store(d.word(cell)+entChain, d.load(b))
	d.store(b, cell)
}

// leave takes an entry out of the table.
func (d *dict) leave(cell uint32) {
	at := d.bucket(d.load(d.word(cell) + entHash))
	for range maxChain {
		next := d.load(at)
		if next == cell {
			d.store(at, d.load(d.word(cell)+entChain))
			return
		}
		at = d.word(next) + entChain
	}
	panic(errDamaged)
}

// chained iterates over the entries of a chain of the table.
func (d *dict) chained(bucket uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		cell := d.load(wordTable + int(bucket))
		for range maxChain {
			if cell == 0 {
				return
			}
			if kind, _ := d.link(cell); kind != kindHead {
				panic(errDamaged)
			}
			if !yield(cell) {
				return
			}
			cell = d.load(d.word(cell) + entChain)
		}
		panic(errDamaged)
	}
}
