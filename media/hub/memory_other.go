//go:build !linux

package hub

// memory is not to be had: logs have no mirrors.
type memory struct{}

func newMemory() *memory { return nil }

func (*memory) append([]byte) bool { return false }

func (*memory) send(_, _, _ int) int { return 0 }

func (*memory) close() {}
