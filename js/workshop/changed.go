package workshop

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"time"
)

// Changed waits until a file that the last Test read is another.
func (t *Tester) Changed(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(300 * time.Millisecond):
		}
		for _, f := range t.seen {
			text, err := fs.ReadFile(t.Files, f.Name)
			sum := [32]byte{}
			if err == nil {
				sum = sha256.Sum256(text)
			}
			if sum != f.Sum {
				return
			}
		}
	}
}
