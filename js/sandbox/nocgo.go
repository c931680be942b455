//go:build !cgo

package sandbox

// threadStacks is nothing where Go makes them, of its heap.
const threadStacks = 0
