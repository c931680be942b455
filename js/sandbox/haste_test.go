package sandbox

import (
	"runtime"
	"testing"
	"time"
)

// It is worth to look while what is waited for comes soon, and after a look in vain
// not for a while.
func TestHaste(t *testing.T) {
	if runtime.NumCPU() < 2 {
		t.Skip("another processor is to work meanwhile")
	}
	var h haste
	come := func(times int, after time.Duration) {
		for range times {
			h.came(after)
		}
	}
	steps := []struct {
		name string
		do   func()
		want bool
	}{
		{"nothing has come yet", func() {}, false},
		{"some came soon", func() { come(hasteAfter-1, hasteSoon) }, false},
		{"enough came soon", func() { come(1, hasteSoon) }, true},
		{"found", func() { h.look(func() bool { return true }) }, true},
		{"one came late", func() { come(1, hasteSoon+1) }, false},
		{"enough came soon again", func() { come(hasteAfter, 0) }, true},
		{"not found", func() { h.look(func() bool { return false }) }, false},
		{"after a rest, not all", func() { come(hasteRest-1, 0) }, false},
		{"after a rest", func() { come(1, 0) }, true},
	}
	for _, s := range steps {
		if s.do(); h.isWorth() != s.want {
			t.Errorf("%s: %v, want %v", s.name, h.isWorth(), s.want)
		}
	}
}
