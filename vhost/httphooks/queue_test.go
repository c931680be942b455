package httphooks

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var errTrouble = errors.New("trouble")

func TestRetriesBackOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		var at []time.Duration
		q := newQueue(10)
		l := &letter{
			retries: 8, backoff: time.Second,
			send: func(context.Context) error {
				at = append(at, time.Since(begun))
				return errTrouble
			},
			over: func(error) {},
		}
		q.push("a", l)
		q.run(t.Context(), "a")
		if len(at) != 9 {
			t.Fatalf("%d attempts, want 9", len(at))
		}
		for i, mid := range []time.Duration{1, 2, 4, 8, 16, 30, 30, 30} {
			mid *= time.Second
			if d := at[i+1] - at[i]; d < mid/2 || d > mid*3/2 {
				t.Errorf("retry %d follows after %v, want %v ± half", i+1, d, mid)
			}
		}
	})
}

func TestLastingTroubleIsNotRetried(t *testing.T) {
	for _, err := range []error{nil, &refusal{code: 1}, lasting{errTrouble}} {
		var got error
		tries := 0
		q := newQueue(10)
		q.push("a", &letter{
			retries: 3, backoff: time.Hour, over: func(err error) { got = err },
			send: func(context.Context) error { tries++; return err },
		})
		q.run(t.Context(), "a")
		if tries != 1 || !errors.Is(got, err) {
			t.Errorf("%d attempts and %v, want 1 and %v", tries, got, err)
		}
	}
}

// A full queue gives up the retries of the event that failed first, and lets the
// newcomer in: what was never tried is worth more.
func TestFullQueueGivesUpRetriesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var lost []string
		q := newQueue(3)
		add := func(name string) bool {
			run, ok := q.push(name, &letter{
				retries: 3, backoff: time.Hour,
				send: func(context.Context) error { return errTrouble },
				over: func(error) {
					mu.Lock()
					defer mu.Unlock()
					lost = append(lost, name)
				},
			})
			if run {
				go q.run(t.Context(), name)
			}
			synctest.Wait() // it rests
			return ok
		}
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			if !add(name) {
				t.Errorf("%s found no place", name)
			}
		}
		mu.Lock()
		if want := []string{"a", "b"}; !slices.Equal(lost, want) {
			t.Errorf("%v were given up, want %v", lost, want)
		}
		mu.Unlock()
		time.Sleep(24 * time.Hour) // the bubble's, until all were given up
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		if q.size != 0 || len(q.lanes) != 0 || len(q.resting) != 0 || len(lost) != 5 {
			t.Errorf("size %d, lanes %v, resting %v, lost %v", q.size, q.lanes, q.resting, lost)
		}
	})
}

func TestWaitDoesNotOverflow(t *testing.T) {
	for _, n := range []int{1, 15, 16, 17, 64, 1 << 20} {
		for _, b := range []time.Duration{1, time.Second, time.Minute, 1 << 62} {
			if d := wait(b, n); d < 0 || d >= maxBackoff*3/2 {
				t.Errorf("wait(%v, %d) = %v", b, n, d)
			}
		}
	}
}
