package sandbox

import (
	"runtime"
	"sync"
)

// forker starts processes from one thread, which lives as long as it does: the
// kernel ends a worker with the thread that started it (PR_SET_PDEATHSIG), and Go's
// threads come and go.
type forker struct {
	jobs chan func()
	gone sync.WaitGroup
}

func newForker() *forker {
	f := &forker{jobs: make(chan func())}
	f.gone.Go(func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		for job := range f.jobs {
			job()
		}
	})
	return f
}

// do runs f on the thread.
func (f *forker) do(job func() error) error {
	done := make(chan error)
	f.jobs <- func() { done <- job() }
	return <-done
}

// end lets the thread go: no process that it started runs any more.
func (f *forker) end() {
	close(f.jobs)
	f.gone.Wait()
}
