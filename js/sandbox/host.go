package sandbox

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"

	"weir/js"
	"weir/js/shared"
)

// host is the js.Host of a worker: it asks the server.
type host struct {
	out *outbox
	// await reads what the server says until answered. The loop's goroutine calls it.
	await func(answered func() bool) error
	dicts *shared.Dicts // nil: the server has them

	mu      sync.Mutex
	last    uint32
	waiting map[uint32]chan []byte
}

var _ js.Host = (*host)(nil)

func newHost(out *outbox, await func(func() bool) error) *host {
	return &host{out: out, await: await, waiting: map[uint32]chan []byte{}}
}

// open maps the dictionaries that the server has passed on.
func (h *host) open(s setup) (err error) {
	if s.Dicts == nil {
		return nil
	}
	var zones []*os.File
	for i := range s.Zones {
		zones = append(zones, os.NewFile(uintptr(zonesFD+i), "zone"))
	}
	h.dicts, err = shared.Open(s.Dicts, zones)
	return err
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
	if op == "dict" && h.dicts != nil {
		return h.dicts.Answer(o.VHost, args)
	}
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
