package shared

import "math/bits"

// A zone's memory, in bytes: the header, a table of 32-bit chains, the cells.
// Cells and lists are named by numbers that begin with 1; 0 is none.
const (
	headerSize = 1024
	cellSize   = 64
	pageSize   = 4096 // in which freeSpace counts, as nginx does
)

// The header, in 32-bit words; the counters of 64 bits are named by their index
// among such.
const (
	longEvicted  = 0  // entries that made room for others
	longFull     = 1  // writes that found no room
	wordLock     = 16 // the process that holds it, on a cache line of its own
	wordWanted   = 17 // a process that has waited for it too long
	wordFree     = 32 // the first of the free cells that were in use before
	wordFrontier = 33 // how many cells ever were in use
	wordUsed     = 34 // how many are
	wordCount    = 35 // entries
	longWrites   = 18 // changes so far
	longResets   = 19 // how often the zone was emptied because it was damaged
	longLists    = 20 // which lists have entries: two longs
	longUnsorted = 22 // which lists are not in the order of expiry: two longs
	wordLists    = 48 // the oldest and the newest entry of each list
	wordTable    = headerSize / 4
)

// A cell begins with its link: what it is, and the next cell of the same entry or
// of the free list. Head cells, those that an entry begins with, go on so, in
// words; then come key and value.
const (
	entHash  = 1 // of the key
	entChain = 2 // the next entry of the table's chain
	entOlder = 3 // neighbours in the list
	entNewer = 4
	entKey   = 5 // length, bytes
	entValue = 6 // length, bytes; of a number 0
	entList  = 7
	longWhen = 4 // in longs: when it expires, in ms of Unix time; in zones without timeout, the number of the write
	longNum  = 5 // in longs: the value of a number, as IEEE 754 bits

	textOffset   = 40 // bytes, where the key begins; of numbers, the value is there
	numberOffset = 48
	bodyOffset   = 4 // in further cells
)

// What a cell is, in the two highest bits of its link. A cell that becomes a head
// is an entry from then on: one atomic store.
const (
	kindFree = 0
	kindBody = 1
	kindHead = 2
	kindBits = 30
	linkMask = 1<<kindBits - 1
)

// layout is where things are in a zone of some size.
type layout struct {
	buckets uint32 // of the table, a power of two
	cells   uint32
	base    int // byte offset of the first cell
}

func layoutOf(size int64) layout {
	most := uint64(size-headerSize) / cellSize
	buckets := uint64(1) << bits.Len64((most-1)/2) // of two entries each, if all are short
	base := headerSize + 4*buckets
	return layout{buckets: uint32(buckets), cells: uint32((uint64(size) - base) / cellSize), base: int(base)}
}
