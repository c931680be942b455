package shared

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What scripts keep, evict and have no room for is counted, zone by zone.
func TestUsage(t *testing.T) {
	d := newDicts(t, Zone{Name: "strict", Size: MinSize}, Zone{Name: "evicts", Size: MinSize, Evict: true}, Zone{Name: "empty", Size: MinSize})
	large := strings.Repeat("x", 10_000)
	full := does("set", "d", large).throws("SharedMemoryError", `shared dict "strict" is full`)
	run(t, d, "strict", does("set", "a", large), does("set", "b", large), full, full, does("set", "short", "1"))
	run(t, d, "evicts", does("set", "a", large), does("set", "b", large), does("set", "c", large), does("set", "d", large))
	capacity := int64(layoutOf(MinSize).cells) * cellSize
	need := func(sizes ...int) (bytes int64) {
		for _, n := range sizes {
			bytes += int64(d.zones[0].cellsFor(n)) * cellSize
		}
		return bytes
	}
	want := []Usage{
		{Zone: "strict", Entries: 3, Used: need(10_001, 10_001, 6), Capacity: capacity, Full: 2},
		{Zone: "evicts", Entries: 2, Used: need(10_001, 10_001), Capacity: capacity, Evicted: 2},
		{Zone: "empty", Capacity: capacity},
	}
	if diff := cmp.Diff(want, d.Usage()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
