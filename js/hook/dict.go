package hook

import (
	"container/heap"
	"sync"
	"time"

	"weir/js"
)

// entryCost is what an entry takes of its zone beside its key and its string:
// about what a node takes in nginx.
const entryCost = 128

// dict is one zone. Its methods want mu held.
type dict struct {
	Zone

	mu      sync.Mutex
	entries map[string]*entry // those that have expired may linger
	queue   queue             // the same entries, the one to go first ahead
	used    int64             // bytes
	writes  uint64            // so far
}

func newDict(z Zone) *dict { return &dict{Zone: z, entries: map[string]*entry{}} }

// find is the entry of key, if there is one that has not expired.
func (d *dict) find(key string) *entry {
	e := d.entries[key]
	if e == nil || d.Timeout > 0 && e.expired(time.Now()) {
		return nil
	}
	return e
}

// put sets an entry. It reports whether there was room; if not, nothing changes.
func (d *dict) put(key string, value js.Value, timeout time.Duration) bool {
	d.expire()
	d.writes++
	e := &entry{key: key, value: value, written: d.writes}
	if timeout > 0 {
		e.expires = time.Now().Add(timeout)
	}
	old := d.entries[key]
	room := d.Size - d.used
	if old != nil {
		room += old.cost()
	}
	if e.cost() > d.Size || e.cost() > room && !d.Evict {
		return false
	}
	if old != nil {
		d.remove(old)
	}
	for d.used+e.cost() > d.Size {
		d.remove(d.queue[0])
	}
	d.entries[key] = e
	d.used += e.cost()
	heap.Push(&d.queue, e)
	return true
}

func (d *dict) remove(e *entry) {
	heap.Remove(&d.queue, e.place)
	delete(d.entries, e.key)
	d.used -= e.cost()
}

// expire drops what has expired.
func (d *dict) expire() {
	if d.Timeout == 0 {
		return
	}
	now := time.Now()
	for len(d.queue) > 0 && d.queue[0].expired(now) {
		d.remove(d.queue[0])
	}
}

func (d *dict) clear() {
	d.entries, d.queue, d.used = map[string]*entry{}, nil, 0
}

type entry struct {
	key     string
	value   js.Value  // string or float64
	expires time.Time // zero: never
	written uint64    // a number that grows: the oldest goes first where nothing expires
	place   int       // in the queue
}

func (e *entry) cost() int64 {
	s, _ := e.value.(string)
	return entryCost + int64(len(e.key)) + int64(len(s))
}

func (e *entry) expired(now time.Time) bool {
	return !e.expires.IsZero() && !now.Before(e.expires)
}

// queue is a heap of entries by expiry, then by age.
type queue []*entry

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if !q[i].expires.Equal(q[j].expires) {
		return q[i].expires.Before(q[j].expires)
	}
	return q[i].written < q[j].written
}

func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].place, q[j].place = i, j
}

func (q *queue) Push(x any) {
	e := x.(*entry)
	e.place = len(*q)
	*q = append(*q, e)
}

func (q *queue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return e
}
