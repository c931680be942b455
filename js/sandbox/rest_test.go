package sandbox

import (
	"testing"
	"testing/synctest"
	"time"
)

// A worker gives memory back once, when many calls were made and few still are.
func TestRestAfterCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r rest
		call := func(n int) {
			for range n {
				r.called()
			}
			time.Sleep(restLook)
			synctest.Wait()
		}
		call(150)
		if r.freed != 0 {
			t.Error("memory went back while calls were made")
		}
		call(9)
		if r.freed != 159 || r.looking.Load() {
			t.Errorf("memory went back after %d calls of 159, looking: %t", r.freed, r.looking.Load())
		}
		call(99)
		call(0)
		if r.freed != 159 {
			t.Error("memory went back for few calls")
		}
	})
}
