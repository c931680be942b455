//go:build !linux

package shared

import (
	"errors"
	"os"
	"unsafe"
)

// newMemory makes memory of this process alone: there are no worker processes
// where there is no memfd.
func newMemory(_ string, size int64) (memory, error) {
	longs := make([]uint64, (size+7)/8)
	return viewed(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(longs))), size)), nil
}

func mapped(*os.File, int64) (memory, error) {
	return memory{}, errors.New("memory cannot be shared on this system")
}

func (m *memory) unmap() error {
	m.bytes, m.words, m.longs = nil, nil, nil
	return nil
}
