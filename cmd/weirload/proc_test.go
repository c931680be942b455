//go:build linux

package main

import (
	"os"
	"slices"
	"testing"
	"time"
)

func TestUsageOfThisProcess(t *testing.T) {
	before := measure(os.Getpid())
	for end := time.Now().Add(50 * time.Millisecond); time.Now().Before(end); {
	}
	after := measure(os.Getpid())
	if after.cpu <= before.cpu || after.rss <= 0 || after.peak < after.rss/2 || len(after.busy) == 0 {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if !slices.Contains(descendants(os.Getppid()), os.Getpid()) {
		t.Error("this process is not below its parent")
	}
}
