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
// that is stuck, and when it is dead to tell which calls had begun and whose script
// ran: for nothing else, for scripts might have taken the worker over.
type board struct {
	begun   atomic.Uint32 // the last call that has begun; they begin in their order
	running atomic.Uint32 // the call on whose behalf script runs, or did last; 0: a unit's own
	since   atomic.Int64  // nanoseconds on clock when script was entered; 0: none runs
	limit   atomic.Int64  // nanoseconds that this may last
	unsent  atomic.Uint32 // bytes of whole frames in the outbox
	size    atomic.Uint32 // of unit
	unit    [1024]byte    // whose script runs, or did last
}

// boardOf is the board in shared memory.
func boardOf(memory []byte) *board { return (*board)(unsafe.Pointer(&memory[0])) } //nolint:gosec // the memory is mapped, and larger

// hasBegun reports whether the call of that id had begun. Ids go round.
func (b *board) hasBegun(id uint32) bool { return int32(id-b.begun.Load()) <= 0 } //nolint:gosec // as intended

// hasRun reports whether any script has.
func (b *board) hasRun() bool { return b.running.Load() != 0 || b.since.Load() != 0 }

// name is the unit of a dead worker.
func (b *board) name() string { return string(b.unit[:min(int(b.size.Load()), len(b.unit))]) }

// shownBoard is a board as the worker writes it.
type shownBoard struct {
	*board
	start time.Time // when clock said base
	base  int64
	last  string // the unit that it shows
}

func newShownBoard(memory []byte) *shownBoard {
	return &shownBoard{board: boardOf(memory), start: time.Now(), base: clock()}
}

// begin says that a call begins.
func (b *shownBoard) begin(id uint32) { b.begun.Store(id) }

// bound is js.Hooks.Limit.
func (b *shownBoard) bound(limit time.Duration) { b.limit.Store(int64(limit)) }

// enter is js.Hooks.Enter.
func (b *shownBoard) enter(id uint32, unit string) {
	if unit != b.last {
		b.size.Store(uint32(copy(b.unit[:], unit))) //nolint:gosec // it is short
		b.last = unit
	}
	b.running.Store(id)
	if b.since.Load() == 0 {
		b.since.Store(b.base + int64(time.Since(b.start)))
	}
}

// leave is js.Hooks.Leave.
func (b *shownBoard) leave() { b.since.Store(0) }
