//go:build cgo

package sandbox

// threadStacks is what the stacks of threads to come take where C's library makes
// them: 8 MB each, hardly touched.
const threadStacks = 8 * 8 << 20
