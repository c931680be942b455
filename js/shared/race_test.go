//go:build race

package shared

// kills is how often a worker is killed: the race detector makes it slow to start.
const kills = 30
