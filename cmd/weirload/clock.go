//go:build linux

package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// now is CLOCK_MONOTONIC, which is one clock for all processes of a machine: a stamp
// that one wrote is compared with it by another.
func now() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		panic(err) // the clock is always there
	}
	return time.Duration(ts.Nano())
}

// milliseconds is d as the figures show it.
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
