package shared

import (
	"os"
	"sync/atomic"
	"unsafe"
)

// memory is a zone's memory as bytes and, over the same, as words of 32 and 64
// bits. Other processes write to it at any time: what counts is read once, with
// load, and checked.
type memory struct {
	bytes []byte
	words []uint32
	longs []uint64
	file  *os.File // nil in a worker, and where memory cannot be shared
}

// viewed gives b, which begins at a multiple of 8, its views of words.
func viewed(b []byte) memory {
	p := unsafe.Pointer(unsafe.SliceData(b))
	return memory{bytes: b, words: unsafe.Slice((*uint32)(p), len(b)/4), longs: unsafe.Slice((*uint64)(p), len(b)/8)}
}

func (m *memory) load(word int) uint32           { return atomic.LoadUint32(&m.words[word]) }
func (m *memory) loadLong(long int) uint64       { return atomic.LoadUint64(&m.longs[long]) }
func (m *memory) store(word int, value uint32)   { m.words[word] = value }
func (m *memory) storeLong(long int, v uint64)   { m.longs[long] = v }
func (m *memory) publish(word int, value uint32) { atomic.StoreUint32(&m.words[word], value) }
func (m *memory) swap(word int, old, v uint32) bool {
	return atomic.CompareAndSwapUint32(&m.words[word], old, v)
}
