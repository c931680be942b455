package sandbox

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"weir/js"
)

// Bounds of what one worker asks at a time.
const (
	maxAsks     = 1024      // questions that are worked on, those that nobody waits for included
	maxAskBytes = 128 << 20 // of them, as they came
)

// asks are the questions of a worker that the server works on. Each has a
// goroutine: the one that reads the worker's socket waits for nothing.
type asks struct {
	host  js.Lease
	bound bound
	out   *sender
	life  context.Context // of the worker
	over  context.CancelFunc
	paces map[string]*pace // of messages, by vhost; for the goroutine that reads

	mu      sync.Mutex
	cancels map[uint32]context.CancelFunc // of questions that somebody waits for
	active  int                           // questions
	bytes   int                           // of those
	running sync.WaitGroup
}

func newAsks(h js.Lease, b bound, out *sender) *asks {
	a := &asks{host: h, bound: b, out: out, paces: map[string]*pace{}, cancels: map[uint32]context.CancelFunc{}}
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
		return a.begin(f.id, q, len(f.body))
	case frameForget:
		a.forget(f.id)
	case frameBroke:
		unit, err := a.bound.name(string(f.body))
		if err != nil {
			return err
		}
		a.host.Broke(unit, f.id != 0)
	case frameLog:
		m, err := decodeMessage(f.body)
		if err != nil {
			return fmt.Errorf("%w: message: %w", errFrame, err)
		}
		return a.log(m)
	default:
		return fmt.Errorf("%w: kind %d", errFrame, f.kind)
	}
	return nil
}

// log passes a message on, unless its vhost has sent too much.
func (a *asks) log(m message) error {
	o, err := a.bound.origin(m.origin)
	if err != nil {
		return err
	}
	if len(m.text) > maxText {
		m.text = strings.ToValidUTF8(m.text[:maxText], "") + "..."
	}
	p := a.paces[o.VHost]
	if p == nil {
		p = &pace{}
		a.paces[o.VHost] = p
	}
	ok, dropped := p.take(len(m.text), time.Now())
	if dropped > 0 {
		a.host.Log(js.Origin{VHost: o.VHost}, js.LevelWarn, fmt.Sprintf("%d messages of scripts were too many for the log, and dropped", dropped))
	}
	if ok {
		a.host.Log(o, m.level, m.text)
	}
	return nil
}

// begin has a goroutine answer q, which came in so many bytes.
func (a *asks) begin(id uint32, q question, size int) error {
	origin, err := a.bound.origin(q.origin)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cancels[id] != nil {
		return fmt.Errorf("%w: question %d is asked twice", errFrame, id)
	}
	if a.active >= maxAsks || a.active > 0 && a.bytes+size > maxAskBytes {
		a.out.send(frameAnswer, id, appendAnswer(nil, nil, &js.Throw{Class: "Error", Message: "too many requests to the server at once"}))
		return nil
	}
	ctx, cancel := context.WithCancel(a.life)
	a.cancels[id] = cancel
	a.active++
	a.bytes += size
	a.running.Go(func() {
		v, err := a.host.Ask(ctx, origin, q.op, q.args)
		if a.end(ctx, id, size) {
			a.out.send(frameAnswer, id, appendAnswer(nil, v, err))
		}
	})
	return nil
}

// end counts out a question whose context is ctx, and reports whether somebody still
// waits for its answer: its id may be that of another by now.
func (a *asks) end(ctx context.Context, id uint32, size int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.active--
	a.bytes -= size
	if ctx.Err() != nil {
		return false
	}
	a.cancels[id]()
	delete(a.cancels, id)
	return true
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
