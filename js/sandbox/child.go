package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"

	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
)

// child is a worker, seen from inside.
type child struct {
	in    *reader
	out   *outbox
	board *board
	host  *host

	mu    sync.Mutex
	calls map[uint32]context.CancelFunc
}

// newChild takes over what the server has passed on.
func newChild() (*child, error) {
	socket, memory := os.NewFile(socketFD, "server"), os.NewFile(memoryFD, "memory")
	if socket == nil || memory == nil {
		return nil, errors.New("a worker is started by a server only")
	}
	defer socket.Close()
	defer memory.Close()
	conn, err := unixConn(socket)
	if err != nil {
		return nil, fmt.Errorf("a worker is started by a server only: %w", err)
	}
	shared, err := mapMemory(memory, boardSize+outboxSize)
	if err != nil {
		return nil, err
	}
	return childOf(conn, shared), nil
}

func childOf(conn *net.UnixConn, shared []byte) *child {
	b := boardOf(shared)
	out := &outbox{conn: conn, board: b, memory: shared[boardSize:]}
	return &child{in: &reader{r: conn}, out: out, board: b, host: newHost(out), calls: map[uint32]context.CancelFunc{}}
}

// serve runs what the server asks for, until the socket closes.
func (c *child) serve(refused []string, extra []js.Module) error {
	f, err := c.in.next()
	if err != nil {
		return ended(err)
	}
	if f.kind != frameInit {
		return fmt.Errorf("%w: kind %d instead of init", errFrame, f.kind)
	}
	s, text, err := decodeSetup(f.body)
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	o := js.Options{Classes: hook.Classes(), Modules: append(builtin.Modules(s.Server), extra...), Budget: s.Budget}
	if s.Sources != nil {
		return c.compile(s.Sources, o)
	}
	program, err := js.DecodeProgram(text)
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	o.Host = c.host
	pool, err := js.NewPool(program, o)
	if err != nil {
		return err
	}
	if err := c.send(frameReady, 0, []byte(strings.Join(refused, "\n"))); err != nil {
		return err
	}
	return ended(c.loop(pool))
}

// ended is nil if the server has closed the socket.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func (c *child) send(k kind, id uint32, body []byte) error {
	return errors.Join(c.out.push(k, id, body), c.out.flush())
}

// loop takes what the server says.
func (c *child) loop(pool *js.Pool) error {
	for {
		f, err := c.in.next()
		if err != nil {
			return err
		}
		switch f.kind {
		case frameCall:
			err = c.begin(pool, f)
		case frameCancel:
			c.forget(f.id)
		case frameAnswer:
			c.host.answer(f)
		default:
			err = fmt.Errorf("%w: kind %d", errFrame, f.kind)
		}
		if err != nil {
			return err
		}
	}
}

func (c *child) begin(pool *js.Pool, f frame) error {
	call, err := js.DecodeCall(f.body)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.mu.Lock()
	c.calls[f.id] = cancel
	c.mu.Unlock()
	c.board.begun.Store(f.id)
	c.board.running.Store(f.id)
	go func() {
		r, err := pool.Call(ctx, call)
		c.forget(f.id)
		_ = c.send(frameResult, f.id, appendOutcome(nil, r, err)) // without the server, the loop ends
	}()
	return nil
}

func (c *child) forget(id uint32) {
	c.mu.Lock()
	cancel := c.calls[id]
	delete(c.calls, id)
	c.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}
