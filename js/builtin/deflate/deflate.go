// Package deflate compresses (RFC 1951) with all of zlib's parameters, and to the
// bytes that zlib comes to: its matching, its blocks and its codes.
package deflate

import "context"

// Strategy is what the data is like.
type Strategy int

// Strategies, in zlib's numbers.
const (
	Default     Strategy = iota
	Filtered             // small values, somewhat random: fewer short matches
	HuffmanOnly          // no matches
	RunLength            // matches at a distance of one only
	Fixed                // no codes of the block's own
)

// Options are zlib's parameters. They are within their bounds.
type Options struct {
	Level      int // 0 (stored) to 9 (best)
	WindowBits int // 9 to 15: how far back matches are, 2^n bytes
	MemLevel   int // 1 to 9: how large hash table and blocks are
	Strategy   Strategy
	Dictionary []byte // what matches may refer to ahead of the data
}

// tuning is what a level is made of.
type tuning struct {
	good, lazy, nice, chain int
	find                    func(*compressor, context.Context) error
}

// The levels of zlib: from a match of length good on fewer others are looked at; one
// of length lazy is not improved upon, nice ends the search, as do chain tries.
var levels = [10]tuning{
	{0, 0, 0, 0, (*compressor).store},
	{4, 4, 8, 4, (*compressor).findFast},
	{4, 5, 16, 8, (*compressor).findFast},
	{4, 6, 32, 32, (*compressor).findFast},
	{4, 4, 16, 16, (*compressor).findLazily},
	{8, 16, 32, 32, (*compressor).findLazily},
	{8, 16, 128, 128, (*compressor).findLazily},
	{8, 32, 128, 256, (*compressor).findLazily},
	{32, 128, 258, 1024, (*compressor).findLazily},
	{32, 258, 258, 4096, (*compressor).findLazily},
}

const (
	minMatch     = 3
	maxMatch     = 258
	minLookahead = maxMatch + minMatch + 1
	tooFar       = 4096 // for a match of three bytes
)

// compressor compresses data that follows the dictionary in text.
type compressor struct {
	Options
	tuning

	text []byte
	at   int // where the next match is looked for
	from int // where the block began

	window  int // bytes
	base    int // where zlib's buffer of two windows would begin
	filled  int // where it would end
	head    []int32
	prev    []int32
	shift   int
	looked  int
	matchAt int // of the last longest match

	block block
	out   stream
}

// Compress returns the compressed data, without a header.
func Compress(ctx context.Context, data []byte, o Options) ([]byte, error) {
	window := 1 << o.WindowBits
	dictionary := o.Dictionary[max(0, len(o.Dictionary)-window):]
	bits := o.MemLevel + 7
	c := &compressor{
		Options: o, tuning: levels[o.Level],
		text: append(append(make([]byte, 0, len(dictionary)+len(data)), dictionary...), data...),
		at:   len(dictionary), from: len(dictionary), filled: len(dictionary),
		window: window, head: make([]int32, 1<<bits), prev: make([]int32, window), shift: (bits + 2) / 3,
	}
	c.block.init(1<<(o.MemLevel+6) - 1)
	for i := range dictionary {
		c.insert(i)
	}
	find := c.find
	switch {
	case o.Level == 0:
	case o.Strategy == HuffmanOnly:
		find = (*compressor).findNothing
	case o.Strategy == RunLength:
		find = (*compressor).findRuns
	}
	if err := find(c, ctx); err != nil {
		return nil, err
	}
	return c.out.b, nil
}

// left is how many bytes have not been compressed.
func (c *compressor) left() int { return len(c.text) - c.at }

// fill moves zlib's buffer along, which says whether the beginning of a block is
// still there to be stored. Now and then it looks whether time is up.
func (c *compressor) fill(ctx context.Context) error {
	if c.looked++; c.looked&0x3ff == 0 && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	for c.filled < len(c.text) && c.filled-c.at < minLookahead {
		if c.at-c.base >= 2*c.window-minLookahead {
			c.base += c.window
		}
		c.filled = min(len(c.text), c.base+2*c.window)
	}
	return nil
}

// insert enters the string at i, and returns the last one like it; 0 is none, as the
// very first is never found.
func (c *compressor) insert(i int) int {
	if i+minMatch > len(c.text) {
		return 0
	}
	t := c.text[i : i+minMatch]
	h := (int(t[0])<<(2*c.shift) ^ int(t[1])<<c.shift ^ int(t[2])) & (len(c.head) - 1)
	last := c.head[h]
	c.prev[i&(c.window-1)] = last
	c.head[h] = int32(i)
	return int(last)
}

// tally adds a literal, or a match of a length at a distance, and ends the block if
// it is full. Done is where its data ends.
func (c *compressor) tally(length, distance, done int) {
	if c.block.add(length, distance) {
		c.flush(done, false)
	}
}

// flush ends the block, whose data ends at done.
func (c *compressor) flush(done int, last bool) {
	var stored []byte
	if c.from >= c.base {
		stored = c.text[c.from:done]
	}
	c.block.write(&c.out, stored, done-c.from, last, c.Strategy == Fixed)
	c.from = done
}
