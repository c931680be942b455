package builtin

import (
	"context"
	"sync"

	"weir/js"
)

// maxWaiting is how many costly computations of a vhost may wait for their turn.
const maxWaiting = 64

// turns has one costly computation of a vhost run at a time: they run beside the
// scripts, where no CPU limit sees them.
type turns struct {
	mu     sync.Mutex
	vhosts map[string]*turn
}

type turn struct {
	busy  chan struct{}
	users int
}

// take waits for the vhost's turn; done ends it.
func (t *turns) take(ctx context.Context, vhost string) (done func(), err error) {
	v, err := t.join(vhost)
	if err != nil {
		return nil, err
	}
	select {
	case v.busy <- struct{}{}:
	case <-ctx.Done():
		t.leave(vhost)
		return nil, context.Cause(ctx)
	}
	return func() {
		<-v.busy
		t.leave(vhost)
	}, nil
}

func (t *turns) join(vhost string) (*turn, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	v := t.vhosts[vhost]
	if v == nil {
		v = &turn{busy: make(chan struct{}, 1)}
		if t.vhosts == nil {
			t.vhosts = map[string]*turn{}
		}
		t.vhosts[vhost] = v
	}
	if v.users > maxWaiting {
		return nil, operationError("too many computations at once")
	}
	v.users++
	return v, nil
}

func (t *turns) leave(vhost string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	v := t.vhosts[vhost]
	if v.users--; v.users == 0 {
		delete(t.vhosts, vhost)
	}
}

// native is an Async native whose calls take turns.
func (t *turns) native(name string, call func(js.Env, []js.Value) (js.Value, error)) js.Native {
	n := native(name, func(e js.Env, args []js.Value) (js.Value, error) {
		done, err := t.take(e.Context, e.Origin.VHost)
		if err != nil {
			return nil, err
		}
		defer done()
		return call(e, args)
	})
	n.Async = true
	return n
}
