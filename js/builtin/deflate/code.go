package deflate

import "math/bits"

// code is a Huffman code of an alphabet, made as zlib makes it.
type code struct {
	freq   []int // of the symbols, then of the nodes above them
	length []int // in bits; of the symbols, then depths of the nodes
	bits   []uint32
	max    int // the largest symbol in use

	symbols int
	longest int   // that a length may be
	extra   []int // bits that follow symbols from first on
	first   int
	fixed   []int // lengths of the fixed code; nil: there is none
}

func newCode(symbols, longest int, extra []int, first int, fixed []int) *code {
	n := 2*symbols + 1
	return &code{
		freq: make([]int, n), length: make([]int, n), bits: make([]uint32, symbols),
		symbols: symbols, longest: longest, extra: extra, first: first, fixed: fixed,
	}
}

// cost is how many bits all symbols take, with the extra bits: in the code, and in
// the fixed one.
func (c *code) cost() (own, fixed int) {
	for s := range c.max + 1 {
		extra := 0
		if s >= c.first && s-c.first < len(c.extra) {
			extra = c.extra[s-c.first]
		}
		own += c.freq[s] * (c.length[s] + extra)
		if c.fixed != nil {
			fixed += c.freq[s] * (c.fixed[s] + extra)
		}
	}
	return own, fixed
}

// build makes the code of the frequencies. There are always two symbols in it, some
// of which may not occur.
func (c *code) build() {
	var added []int
	t := tree{code: c, parent: make([]int, len(c.freq)), depth: make([]int, len(c.freq))}
	for s := range c.symbols {
		if c.length[s] = 0; c.freq[s] != 0 {
			t.heap = append(t.heap, s)
			c.max = s
		}
	}
	if len(t.heap) == 0 {
		c.max = -1
	}
	for len(t.heap) < 2 {
		s := 0
		if c.max < 2 {
			c.max++
			s = c.max
		}
		c.freq[s] = 1
		t.heap = append(t.heap, s)
		added = append(added, s)
	}
	t.join()
	t.lengths()
	assign(c.bits, c.length[:c.max+1])
	for _, s := range added {
		c.freq[s] = 0
	}
}

// assign gives the symbols their bits by their lengths (RFC 1951, 3.2.2).
func assign(out []uint32, lengths []int) {
	var count, next [16]uint32
	for _, n := range lengths {
		count[n]++
	}
	count[0] = 0
	for n := 1; n < len(next); n++ {
		next[n] = (next[n-1] + count[n-1]) << 1
	}
	for s, n := range lengths {
		if n != 0 {
			out[s] = bits.Reverse32(next[n]) >> (32 - n)
			next[n]++
		}
	}
}
