package weir

import (
	"testing"
	"testing/synctest"
	"time"
)

// The files are looked at when events have ceased; and again and again while they
// do not, as in a directory with a busy log.
func TestQuiet(t *testing.T) {
	for _, tt := range []struct {
		every, during time.Duration // of events
		want          int           // ticks
	}{
		{10 * time.Millisecond, 10 * time.Millisecond, 1},
		{10 * time.Millisecond, 200 * time.Millisecond, 1},
		{time.Millisecond, 10 * time.Second, 40},
		{time.Second, 3 * time.Second, 3},
	} {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			q := newQuiet()
			<-q.C
			q.rest()
			event, over := time.NewTicker(tt.every), time.After(tt.during+time.Second)
			defer event.Stop()
			var ticks int
			var last time.Duration
			for over != nil {
				select {
				case <-event.C:
					if time.Since(begun) <= tt.during {
						q.disturb()
					}
				case <-q.C:
					q.rest()
					ticks++
					last = time.Since(begun)
				case <-over:
					over = nil
				}
			}
			if ticks != tt.want {
				t.Errorf("events every %v for %v: %d ticks, want %d", tt.every, tt.during, ticks, tt.want)
			}
			if last < tt.during || last > tt.during+settle {
				t.Errorf("events every %v for %v: the last tick after %v", tt.every, tt.during, last)
			}
		})
	}
}
