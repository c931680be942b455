package sandbox

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"weir/js"
)

// host is the js.Host of a worker: it asks the server.
type host struct {
	out *outbox
	// await reads what the server says until answered. The loop's goroutine calls it.
	await func(answered func() bool) error

	mu      sync.Mutex
	last    uint32
	waiting map[uint32]chan []byte
}

var _ js.Host = (*host)(nil)

func newHost(out *outbox, await func(func() bool) error) *host {
	return &host{out: out, await: await, waiting: map[uint32]chan []byte{}}
}

// Log implements js.Host.
func (h *host) Log(o js.Origin, l js.Level, text string) {
	b, err := message{o, l, text}.append(nil)
	if err != nil {
		return // too large
	}
	_ = h.out.push(frameLog, 0, b) // without the server, the loop ends
}

// Ask implements js.Host. The context of an Async native has a deadline; that of
// one which runs on the loop's goroutine has none.
func (h *host) Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	b, err := question{o, op, args}.append(nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	id, answer := h.expect()
	defer h.forget(id)
	if err := h.out.push(frameAsk, id, b); err != nil {
		return nil, err
	}
	if err := h.out.flush(); err != nil {
		return nil, err
	}
	if _, async := ctx.Deadline(); !async {
		if err := h.await(func() bool { return len(answer) > 0 }); err != nil {
			return nil, err
		}
	}
	select {
	case b := <-answer:
		return decodeAnswer(b)
	case <-ctx.Done():
		_ = h.out.push(frameForget, id) // without the server, the loop ends
		_ = h.out.flush()
		return nil, context.Cause(ctx)
	}
}

func (h *host) expect() (id uint32, answer chan []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last++
	answer = make(chan []byte, 1)
	h.waiting[h.last] = answer
	return h.last, answer
}

func (h *host) forget(id uint32) chan []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	answer := h.waiting[id]
	delete(h.waiting, id)
	return answer
}

// answer passes an answer on, if somebody waits for it.
func (h *host) answer(f frame) {
	if answer := h.forget(f.id); answer != nil {
		answer <- slices.Clone(f.body)
	}
}
