package sandbox

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// What the kernel refuses workers is said once in a server's life: not by each
// worker, nor again by those of a configuration that was read again.
func TestRefusalsOfTheKernelAreSaidOnce(t *testing.T) {
	var log bytes.Buffer
	logger, counter := slog.New(slog.NewTextHandler(&log, nil)), &Counter{}
	for range 2 { // configurations
		s := &Workers{Config: Config{Log: logger, Counter: counter}}
		for range 2 {
			w := &worker{ready: make(chan struct{}), warn: s.warn}
			if err := w.isReady("landlock: unavailable\nseccomp: no"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `level=WARN`) || !strings.Contains(got, `reason="landlock: unavailable; seccomp: no"`) {
		t.Errorf("logged:\n%s", got)
	}
}
