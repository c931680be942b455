//go:build !linux

package sandbox

import "weir/js"

// intrusions are Linux's.
func intrusions() []js.Native { return nil }
