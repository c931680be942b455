package sandbox

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"

	"weir/js"
)

// Main does nothing but in a worker, where it does not return. A program that has
// workers calls it first thing in main, or in a test's TestMain.
func Main() { mainWith() }

// mainWith gives scripts modules beside the built-in ones: tests do.
func mainWith(extra ...js.Module) {
	mainCalled.Store(true)
	if len(os.Args) != 3 || os.Args[1] != workerMark {
		return
	}
	if err := work(os.Args[2], extra); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// work is the life of a worker that may use so many bytes of memory.
func work(limit string, extra []js.Module) error {
	memory, err := strconv.ParseInt(limit, 10, 64)
	if err != nil {
		return fmt.Errorf("limit of memory: %w", err)
	}
	runtime.GOMAXPROCS(1) // what does not run JavaScript waits for it
	debug.SetTraceback("none")
	debug.SetMaxStack(int(memory / 8))
	debug.SetMemoryLimit(memory / 4 * 3)
	c, err := newChild()
	if err != nil {
		return err
	}
	refused, err := confine(memory)
	if err != nil {
		return err
	}
	return c.serve(refused, memory, extra)
}
