package deflate

import "slices"

// run is an entry of the lengths of a block's codes: a length, or a repetition.
type run struct {
	symbol, count int
	bits          uint // of the count
}

// runsOf shortens lengths to runs (RFC 1951, 3.2.7), as zlib does.
func runsOf(lengths []int) []run {
	var l []run
	previous := -1
	for i := 0; i < len(lengths); {
		n, most, least := lengths[i], 7, 4 // with the length itself ahead of what repeats it
		switch {
		case n == 0:
			most, least = 138, 3
		case n == previous:
			most, least = 6, 3
		}
		count := 1
		for count < most && i+count < len(lengths) && lengths[i+count] == n {
			count++
		}
		i += count
		if count < least {
			l = append(l, slices.Repeat([]run{{symbol: n}}, count)...)
		} else {
			l = append(l, repeated(n, count, n == previous)...)
		}
		previous = n
	}
	return l
}

// repeated is a length that occurs so often, after another time or not.
func repeated(n, count int, after bool) []run {
	switch {
	case n == 0 && count <= 10:
		return []run{{17, count - 3, 3}}
	case n == 0:
		return []run{{18, count - 11, 7}}
	case after:
		return []run{{16, count - 3, 2}}
	}
	return []run{{symbol: n}, {16, count - 4, 2}}
}

// costs are the bytes of the block with a code of its own, which is made, and with
// the fixed one.
func (b *block) costs() (own, fixed int) {
	b.literal.build()
	b.distance.build()
	for _, r := range b.runs() {
		b.run.freq[r.symbol]++
	}
	b.run.build()
	ownLiterals, fixedLiterals := b.literal.cost()
	ownDistances, fixedDistances := b.distance.cost()
	runBits, _ := b.run.cost()
	own = ownLiterals + ownDistances + runBits + 3*b.orders() + 5 + 5 + 4
	return (own + 3 + 7) >> 3, (fixedLiterals + fixedDistances + 3 + 7) >> 3
}

// runs are those of both codes.
func (b *block) runs() []run {
	return append(runsOf(b.literal.length[:b.literal.max+1]), runsOf(b.distance.length[:b.distance.max+1])...)
}

// orders is how many lengths of the run code are written.
func (b *block) orders() int {
	n := runs
	for n > 4 && b.run.length[runOrder[n-1]] == 0 {
		n--
	}
	return n
}

// codes writes the lengths of the block's codes.
func (b *block) codes(w *stream) {
	n := b.orders()
	w.write(uint32(b.literal.max+1-257), 5)
	w.write(uint32(b.distance.max+1-1), 5)
	w.write(uint32(n-4), 4)
	for _, s := range runOrder[:n] {
		w.write(uint32(b.run.length[s]), 3)
	}
	for _, r := range b.runs() {
		w.write(b.run.bits[r.symbol], uint(b.run.length[r.symbol]))
		w.write(uint32(r.count), r.bits)
	}
}
