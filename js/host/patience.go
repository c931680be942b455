package host

import (
	"context"
	"io"
	"time"
)

// patience ends a context with errTimeout when nothing has come for a while.
type patience struct {
	most   time.Duration
	timer  *time.Timer
	cancel context.CancelCauseFunc
}

func newPatience(ctx context.Context, most time.Duration) (context.Context, *patience) {
	ctx, cancel := context.WithCancelCause(ctx)
	return ctx, &patience{most, time.AfterFunc(most, func() { cancel(errTimeout) }), cancel}
}

func (p *patience) end() {
	p.timer.Stop()
	p.cancel(nil)
}

// listen makes what comes of a response renew p.
func (p *patience) listen(body io.ReadCloser) io.ReadCloser {
	p.timer.Reset(p.most)
	return &heard{body, p}
}

type heard struct {
	io.ReadCloser
	patience *patience
}

func (h *heard) Read(b []byte) (int, error) {
	n, err := h.ReadCloser.Read(b)
	if n > 0 {
		h.patience.timer.Reset(h.patience.most)
	}
	return n, err
}
