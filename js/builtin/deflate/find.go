package deflate

import "context"

// longest is the length of the longest match of what is at hand, among those whose
// last is at cur, if it is longer than best.
func (c *compressor) longest(cur, best int) int {
	left := c.left()
	if best >= left {
		return left
	}
	chain, nice := c.chain, min(c.nice, left)
	if best >= c.good {
		chain >>= 2
	}
	limit := max(0, c.at-(c.window-minLookahead))
	scan := c.text[c.at:min(len(c.text), c.at+maxMatch)]
	for {
		if n := c.matching(scan, cur, best); n > best {
			c.matchAt, best = cur, n
			if n >= nice {
				break
			}
		}
		cur = int(c.prev[cur&(c.window-1)])
		if chain--; cur <= limit || chain == 0 {
			break
		}
	}
	return min(best, left)
}

// matching is how much of scan is at cur too; 0 if that is not more than best.
func (c *compressor) matching(scan []byte, cur, best int) int {
	t := c.text[cur:]
	if best >= len(scan) || t[best] != scan[best] || t[0] != scan[0] {
		return 0
	}
	n := 1
	for n < len(scan) && t[n] == scan[n] {
		n++
	}
	return n
}

// isNear reports whether a string may be matched.
func (c *compressor) isNear(cur int) bool {
	return cur != 0 && c.at-cur <= c.window-minLookahead
}

// findFast takes the first match that is long enough: levels 1 to 3.
func (c *compressor) findFast(ctx context.Context) error {
	for c.left() > 0 {
		if err := c.fill(ctx); err != nil {
			return err
		}
		n := 0
		if cur := c.insert(c.at); c.isNear(cur) {
			n = c.longest(cur, minMatch-1)
		}
		if n < minMatch {
			c.at++
			c.tally(int(c.text[c.at-1]), 0, c.at)
			continue
		}
		distance := c.at - c.matchAt
		if end := c.at + n; n <= c.lazy && len(c.text)-end >= minMatch {
			for i := c.at + 1; i < end; i++ {
				c.insert(i)
			}
		}
		c.at += n
		c.tally(n, distance, c.at)
	}
	c.flush(c.at, true)
	return nil
}

// findLazily takes a match only if there is no longer one a byte on: levels 4 to 9.
func (c *compressor) findLazily(ctx context.Context) error {
	length, pending := minMatch-1, false // of the match a byte back; whether that byte is not tallied
	for c.left() > 0 {
		if err := c.fill(ctx); err != nil {
			return err
		}
		cur := c.insert(c.at)
		before, beforeAt := length, c.matchAt
		length = minMatch - 1
		if c.isNear(cur) && before < c.lazy {
			length = c.improved(cur, before)
		}
		switch {
		case before >= minMatch && length <= before:
			end := c.at - 1 + before
			for i := c.at + 1; i < end; i++ {
				c.insert(i)
			}
			distance := c.at - 1 - beforeAt
			c.at, length, pending = end, minMatch-1, false
			c.tally(before, distance, c.at)
		case pending:
			c.tally(int(c.text[c.at-1]), 0, c.at)
			c.at++
		default:
			pending = true
			c.at++
		}
	}
	if pending {
		c.block.add(int(c.text[c.at-1]), 0)
	}
	c.flush(c.at, true)
	return nil
}

// improved is longest, without matches that cost more than they save.
func (c *compressor) improved(cur, before int) int {
	n := c.longest(cur, before)
	if n <= 5 && (c.Strategy == Filtered || n == minMatch && c.at-c.matchAt > tooFar) {
		return minMatch - 1
	}
	return n
}

func (c *compressor) findNothing(ctx context.Context) error {
	for c.left() > 0 {
		if err := c.fill(ctx); err != nil {
			return err
		}
		c.at++
		c.tally(int(c.text[c.at-1]), 0, c.at)
	}
	c.flush(c.at, true)
	return nil
}

// findRuns matches the byte ahead only.
func (c *compressor) findRuns(ctx context.Context) error {
	for c.left() > 0 {
		if err := c.fill(ctx); err != nil {
			return err
		}
		n := 0
		if c.at > 0 {
			for n < min(maxMatch, c.left()) && c.text[c.at+n] == c.text[c.at-1] {
				n++
			}
		}
		if n >= minMatch {
			c.at += n
			c.tally(n, 1, c.at)
			continue
		}
		c.at++
		c.tally(int(c.text[c.at-1]), 0, c.at)
	}
	c.flush(c.at, true)
	return nil
}

// store writes all as it is: level 0.
func (c *compressor) store(ctx context.Context) error {
	for {
		if err := c.fill(ctx); err != nil {
			return err
		}
		n := min(c.left(), maxStored)
		c.at += n
		c.out.stored(c.text[c.at-n:c.at], c.left() == 0)
		if c.left() == 0 {
			return nil
		}
	}
}
