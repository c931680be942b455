package deflate

import "math/bits"

const (
	literals  = 286 // literals, the end of a block, lengths
	endOf     = 256
	distances = 30
	runs      = 19
)

// Extra bits of lengths, distances and runs of lengths (RFC 1951, 3.2.5 and 3.2.7).
var (
	lengthExtra   = []int{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceExtra = []int{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
	runExtra      = []int{2, 3, 7}

	lengthBase   = bases(lengthExtra, minMatch)
	distanceBase = bases(distanceExtra, 1)

	runOrder = [runs]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

	fixedLiterals, fixedLiteralBits   = fixedCode()
	fixedDistances, fixedDistanceBits = fixedDistanceCode()
)

// bases are the least values of symbols.
func bases(extra []int, first int) []int {
	l := make([]int, len(extra))
	for i, e := range extra {
		l[i] = first
		first += 1 << e
	}
	if len(extra) == len(lengthExtra) {
		l[len(l)-1] = maxMatch
	}
	return l
}

// fixedCode is the code of RFC 1951, 3.2.6.
func fixedCode() (lengths []int, codes []uint32) {
	lengths = make([]int, literals+2)
	for s := range lengths {
		switch {
		case s < 144, s >= 280:
			lengths[s] = 8
		case s < 256:
			lengths[s] = 9
		default:
			lengths[s] = 7
		}
	}
	codes = make([]uint32, len(lengths))
	assign(codes, lengths)
	return lengths, codes
}

func fixedDistanceCode() (lengths []int, codes []uint32) {
	lengths = make([]int, distances)
	for s := range lengths {
		lengths[s] = 5
	}
	codes = make([]uint32, distances)
	assign(codes, lengths)
	return lengths, codes
}

// symbol is a literal, or a match if it has a distance.
type symbol struct{ value, distance uint16 }

// block is what was found since the last one was written.
type block struct {
	symbols  []symbol
	full     int
	literal  *code
	distance *code
	run      *code
}

func (b *block) init(full int) {
	b.full = full
	b.literal = newCode(literals, 15, lengthExtra, endOf+1, fixedLiterals)
	b.distance = newCode(distances, 15, distanceExtra, 0, fixedDistances)
	b.run = newCode(runs, 7, runExtra, 16, nil)
	b.reset()
}

func (b *block) reset() {
	b.symbols = b.symbols[:0]
	clear(b.literal.freq)
	clear(b.distance.freq)
	clear(b.run.freq)
	b.literal.freq[endOf] = 1
}

// add adds a literal, or a match of a length if it has a distance, and reports
// whether the block is full.
func (b *block) add(value, distance int) bool {
	b.symbols = append(b.symbols, symbol{uint16(value), uint16(distance)})
	if distance == 0 {
		b.literal.freq[value]++
	} else {
		b.literal.freq[lengthSymbol(value)]++
		b.distance.freq[distanceSymbol(distance)]++
	}
	return len(b.symbols) == b.full
}

func lengthSymbol(length int) int {
	n := length - minMatch
	switch {
	case length == maxMatch:
		return literals - 1
	case n < 8:
		return endOf + 1 + n
	}
	e := bits.Len(uint(n)) - 3
	return endOf + 1 + e<<2 + n>>e
}

func distanceSymbol(distance int) int {
	n := distance - 1
	if n < 4 {
		return n
	}
	e := bits.Len(uint(n)) - 2
	return e<<1 + n>>e
}

// write writes the block as it is shortest: with a code of its own, with the fixed
// one, or as it is, if stored is there.
func (b *block) write(w *stream, stored []byte, size int, last, fixed bool) {
	own, static := b.costs()
	if static <= own || fixed {
		own = static
	}
	switch {
	case size+4 <= own && stored != nil && size <= maxStored:
		w.stored(stored, last)
	case static == own:
		w.header(1, last)
		b.body(w, fixedLiterals, fixedLiteralBits, fixedDistances, fixedDistanceBits)
	default:
		w.header(2, last)
		b.codes(w)
		b.body(w, b.literal.length, b.literal.bits, b.distance.length, b.distance.bits)
	}
	if last {
		w.align()
	}
	b.reset()
}

// body writes the symbols.
func (b *block) body(w *stream, lengths []int, codes []uint32, distanceLengths []int, distanceCodes []uint32) {
	put := func(s int) { w.write(codes[s], uint(lengths[s])) }
	for _, s := range b.symbols {
		if s.distance == 0 {
			put(int(s.value))
			continue
		}
		l := lengthSymbol(int(s.value))
		put(l)
		w.write(uint32(int(s.value)-lengthBase[l-endOf-1]), uint(lengthExtra[l-endOf-1]))
		d := distanceSymbol(int(s.distance))
		w.write(distanceCodes[d], uint(distanceLengths[d]))
		w.write(uint32(int(s.distance)-distanceBase[d]), uint(distanceExtra[d]))
	}
	put(endOf)
}
