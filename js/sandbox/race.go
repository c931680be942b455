//go:build race

package sandbox

// raceDetector says that this program has the race detector, whose memory would be
// counted as a worker's.
const raceDetector = true
