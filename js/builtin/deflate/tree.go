package deflate

// tree is the tree of a code while it is made.
type tree struct {
	*code
	heap   []int // nodes, the rarest first
	parent []int
	depth  []int
	order  []int // all nodes as they were taken from the heap
}

// before is the order of the heap: of two nodes as rare, the flatter is first.
func (t *tree) before(a, b int) bool {
	return t.freq[a] < t.freq[b] || t.freq[a] == t.freq[b] && t.depth[a] <= t.depth[b]
}

// down moves what is at i to where it belongs. The order of what is equal decides
// about the code.
func (t *tree) down(i int) {
	n := t.heap[i]
	for {
		child := 2*i + 1
		if child >= len(t.heap) {
			break
		}
		if child+1 < len(t.heap) && t.before(t.heap[child+1], t.heap[child]) {
			child++
		}
		if t.before(n, t.heap[child]) {
			break
		}
		t.heap[i] = t.heap[child]
		i = child
	}
	t.heap[i] = n
}

// join makes a node of the two rarest, until there is one.
func (t *tree) join() {
	for i := len(t.heap)/2 - 1; i >= 0; i-- {
		t.down(i)
	}
	for node := t.symbols; len(t.heap) > 1; node++ {
		a := t.heap[0]
		t.heap[0] = t.heap[len(t.heap)-1]
		t.heap = t.heap[:len(t.heap)-1]
		t.down(0)
		b := t.heap[0]
		t.order = append(t.order, a, b)
		t.freq[node] = t.freq[a] + t.freq[b]
		t.depth[node] = max(t.depth[a], t.depth[b]) + 1
		t.parent[a], t.parent[b] = node, node
		t.heap[0] = node
		t.down(0)
	}
}

// lengths are the depths of the symbols, those that are too deep at the longest, for
// which others go down.
func (t *tree) lengths() {
	var count [16]int
	overflow := 0
	t.length[t.heap[0]] = 0
	for i := len(t.order) - 1; i >= 0; i-- {
		n := t.order[i]
		depth := t.length[t.parent[n]] + 1
		if depth > t.longest {
			depth = t.longest
			overflow++
		}
		t.length[n] = depth
		if n < t.symbols {
			count[depth]++
		}
	}
	if overflow > 0 {
		t.shorten(&count, overflow)
	}
}

// shorten takes care of what was too deep: a symbol a level up goes down, with one
// of those beside it. The rarest get the longest.
func (t *tree) shorten(count *[16]int, overflow int) {
	for ; overflow > 0; overflow -= 2 {
		n := t.longest - 1
		for count[n] == 0 {
			n--
		}
		count[n]--
		count[n+1] += 2
		count[t.longest]--
	}
	i := 0
	for n := t.longest; n > 0; n-- {
		for left := count[n]; left > 0; i++ {
			if s := t.order[i]; s < t.symbols {
				t.length[s] = n
				left--
			}
		}
	}
}
