package sandbox

import (
	"bytes"
	"strings"
	"sync"
)

// maxStderr is how much of what a worker writes to stderr is kept, in bytes.
const maxStderr = 4 << 10

// stderr is what the Go runtime of a worker said last.
type stderr struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (s *stderr) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.Write(p[:min(len(p), maxStderr-s.b.Len())])
	return len(p), nil
}

// line is the first line, without what cannot be printed.
func (s *stderr) line() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, _, _ := strings.Cut(strings.TrimSpace(s.b.String()), "\n")
	return strings.ToValidUTF8(text, "?")
}
