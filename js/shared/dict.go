package shared

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"weir/js"
)

// dict is one zone in one process. Its methods want it locked.
type dict struct {
	Zone
	layout
	memory
	key  hashKey
	self uint32 // this process, in the lock

	mu    sync.Mutex                // goroutines of this process
	ended func(process uint32) bool // the server's: whether a worker has ended and was waited for; nil in a worker
	saved saved                     // the server's, for Run
}

// errDamaged is that a zone's memory is not as any process of ours leaves it.
var errDamaged = errors.New("the memory of a dictionary is damaged")

// do executes one operation.
func (d *dict) do(op operation, args []js.Value) (v js.Value, err error) {
	if err := d.lock(); err != nil {
		return nil, &js.Throw{Class: "Error", Message: fmt.Sprintf("shared dict %q: %v", d.Name, err)}
	}
	defer d.unlock()
	defer func() {
		if r := recover(); r != nil {
			d.damaged(r)
			v, err = nil, &js.Throw{Class: "Error", Message: fmt.Sprintf("shared dict %q was damaged, and was emptied", d.Name)}
		}
	}()
	return op(d, args)
}

// damaged empties a zone whose memory does not add up: r is what was recovered.
func (d *dict) damaged(r any) {
	if r != errDamaged {
		panic(r)
	}
	d.reset()
	d.tick(longResets)
}

// changed counts a change.
func (d *dict) changed() { d.tick(longWrites) }

// now is the time in the ms that entries expire by.
func (d *dict) now() int64 {
	if d.Timeout == 0 {
		return 0
	}
	return time.Now().UnixMilli()
}

// reset empties the zone.
func (d *dict) reset() {
	d.store(wordFrontier, 0)
	d.clearIndex()
	d.store(wordFree, 0)
	d.store(wordUsed, 0)
	d.changed()
}

// clearIndex forgets all entries, but not the cells they are in.
func (d *dict) clearIndex() {
	clear(d.words[wordTable : wordTable+int(d.buckets)])
	clear(d.words[wordLists : wordLists+2*lists])
	for i := range 2 {
		d.storeLong(longLists+i, 0)
		d.storeLong(longUnsorted+i, 0)
	}
	d.store(wordCount, 0)
}
