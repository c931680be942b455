package sandbox

import (
	"sync/atomic"
	"time"
	"unsafe"
)

// Sizes of the memory that a worker shares with the server.
const (
	boardSize  = 4 << 10
	outboxSize = 256 << 10
)

// board is where a worker shows what it does. The server reads it to find a worker
// that is stuck, and to tell which calls of a dead one had begun: for nothing else,
// for scripts might have taken the worker over.
type board struct {
	begun   atomic.Uint32 // the last call that has begun; they begin in their order
	running atomic.Uint32 // the call that runs, or did last; 0: none has
	since   atomic.Int64  // nanoseconds on clock when script was entered; 0: none runs
	limit   atomic.Int64  // nanoseconds that this may last
	unsent  atomic.Uint32 // bytes of whole frames in the outbox
}

// boardOf is the board in shared memory.
func boardOf(memory []byte) *board { return (*board)(unsafe.Pointer(&memory[0])) } //nolint:gosec // the memory is mapped, and larger

// enter says that script runs, for at most limit.
func (b *board) enter(now int64, limit time.Duration) {
	b.limit.Store(int64(limit))
	b.since.Store(now)
}

func (b *board) leave() { b.since.Store(0) }

// hasBegun reports whether the call of that id had begun. Ids go round.
func (b *board) hasBegun(id uint32) bool { return int32(id-b.begun.Load()) <= 0 } //nolint:gosec // as intended
