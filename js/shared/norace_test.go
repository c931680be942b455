//go:build !race

package shared

// kills is how often a worker is killed.
const kills = 200
