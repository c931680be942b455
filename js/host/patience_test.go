package host

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// slow waits ahead of each read.
type slow struct {
	io.Reader
	wait time.Duration
}

func (s slow) Read(b []byte) (int, error) {
	time.Sleep(s.wait)
	return s.Reader.Read(b)
}

// What comes slowly is no silence.
func TestPatience(t *testing.T) {
	for wait, want := range map[time.Duration]error{900 * time.Millisecond: nil, 1100 * time.Millisecond: errTimeout} {
		synctest.Test(t, func(t *testing.T) {
			ctx, p := newPatience(t.Context(), time.Second)
			defer p.end()
			time.Sleep(900 * time.Millisecond)
			body := p.listen(io.NopCloser(slow{iotest.OneByteReader(strings.NewReader("0123456789")), wait}))
			if _, err := io.ReadAll(body); err != nil {
				t.Error(err)
			}
			if got := context.Cause(ctx); got != want {
				t.Errorf("a byte every %v: %v, want %v", wait, got, want)
			}
		})
	}
}
