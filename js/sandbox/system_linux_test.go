package sandbox

import "testing"

// A worker cannot take its memory from under the server.
func TestSharedMemoryKeepsItsSize(t *testing.T) {
	f, b, err := sharedMemory(boardSize)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int64{0, 2 * boardSize} {
		if err := f.Truncate(size); err == nil {
			t.Errorf("its size is %d now", size)
		}
	}
	if err := unmapMemory(b); err != nil {
		t.Error(err)
	}
}
