package sandbox

import (
	"context"
	"fmt"
	"sync"

	"weir/js"
)

// maxAsks is how many questions of one worker may wait for their answers.
const maxAsks = 1024

// asks are the questions of a worker that the server works on. Each has a
// goroutine: the one that reads the worker's socket waits for nothing.
type asks struct {
	host js.Lease
	out  *sender
	life context.Context // of the worker
	over context.CancelFunc

	mu      sync.Mutex
	cancels map[uint32]context.CancelFunc
	running sync.WaitGroup
}

func newAsks(h js.Lease, out *sender) *asks {
	a := &asks{host: h, out: out, cancels: map[uint32]context.CancelFunc{}}
	a.life, a.over = context.WithCancel(context.Background())
	return a
}

// take works on what a worker says beside its results. An error means that it makes
// no sense.
func (a *asks) take(f frame) error {
	switch f.kind {
	case frameAsk:
		q, err := decodeQuestion(f.body)
		if err != nil {
			return fmt.Errorf("%w: question: %w", errFrame, err)
		}
		return a.begin(f.id, q)
	case frameForget:
		a.forget(f.id)
	case frameBroke:
		a.host.Broke(string(f.body), f.id != 0)
	case frameLog:
		m, err := decodeMessage(f.body)
		if err != nil {
			return fmt.Errorf("%w: message: %w", errFrame, err)
		}
		a.host.Log(m.origin, m.level, m.text)
	default:
		return fmt.Errorf("%w: kind %d", errFrame, f.kind)
	}
	return nil
}

// begin has a goroutine answer q.
func (a *asks) begin(id uint32, q question) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cancels[id] != nil {
		return fmt.Errorf("%w: question %d is asked twice", errFrame, id)
	}
	if len(a.cancels) >= maxAsks {
		a.out.send(frameAnswer, id, appendAnswer(nil, nil, &js.Throw{Class: "Error", Message: "too many requests to the server at once"}))
		return nil
	}
	ctx, cancel := context.WithCancel(a.life)
	a.cancels[id] = cancel
	a.running.Go(func() {
		v, err := a.host.Ask(ctx, q.origin, q.op, q.args)
		a.forget(id)
		a.out.send(frameAnswer, id, appendAnswer(nil, v, err))
	})
	return nil
}

// forget ends the context of a question.
func (a *asks) forget(id uint32) {
	a.mu.Lock()
	cancel := a.cancels[id]
	delete(a.cancels, id)
	a.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}
