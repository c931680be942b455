package sandbox

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
)

// child is a worker, seen from inside: one goroutine reads what the server says,
// runs scripts, and writes what they came to.
type child struct {
	socket *socket
	in     *reader
	queue  []frame // read ahead of an answer
	out    *outbox
	board  *shownBoard
	host   *host
	loop   *js.Loop

	rest    rest
	scratch []byte
	flushed time.Time
	crowded bool  // a script was interrupted for the memory it had
	failed  error // of the outbox
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
	c := &child{board: newShownBoard(shared)}
	if c.socket, err = newSocket(conn); err != nil {
		return nil, err
	}
	c.out = &outbox{conn: conn, raw: c.socket.raw, board: boardOf(shared), memory: shared[boardSize:]}
	c.in = &reader{r: c.socket}
	c.host = newHost(c.out, c.await)
	return c, nil
}

// serve does what the server says, until the socket closes.
func (c *child) serve(refused []string, memory int64, extra []js.Module) error {
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
	o := options(s)
	o.Modules = append(o.Modules, extra...)
	o.Memory = uint64(memory) / 4 * 3 // what is not the heap has its part
	if err := c.host.open(s); err != nil {
		return fmt.Errorf("init: %w", err)
	}
	switch {
	case s.Sources != nil:
		return c.compile(s.Sources, o)
	case s.Modules != nil:
		return c.exports(s.Modules)
	}
	program, err := js.DecodeProgram(text)
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	o.Host, o.Broke = c.host, c.broke
	hooks := js.Hooks{Done: c.done, Wake: c.socket.wake, Limit: c.board.bound, Enter: c.board.enter, Leave: c.board.leave}
	if c.loop, err = js.NewLoop(program, o, hooks); err != nil {
		return err
	}
	if err := errors.Join(c.out.push(frameReady, 0, []byte(strings.Join(refused, "\n"))), c.out.flush()); err != nil {
		return err
	}
	return ended(c.run())
}

// options are what scripts get.
func options(s setup) js.Options {
	return js.Options{Classes: hook.Classes(), Modules: builtin.Modules(s.Server), Budget: s.Budget, NoBigInt: s.NoBigInt}
}

// ended is nil if the server has closed the socket.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// run is the loop.
func (c *child) run() error {
	for c.failed == nil {
		if err := c.takeAll(); err != nil {
			return err
		}
		more := c.loop.Step()
		if err := c.flush(); err != nil {
			return err
		}
		if err := c.read(!more && len(c.queue) == 0); err != nil && !c.socket.isPause(err) {
			return err
		}
	}
	return c.failed
}

// read reads what there is. With wait it waits for that, or for what the loop has
// to do.
func (c *child) read(wait bool) error {
	due, _ := c.loop.Due()
	if !wait || !c.socket.waitUntil(due) {
		return c.in.fillFrom(func(b []byte) (int, error) { return c.socket.read(b, false) })
	}
	return c.in.fill()
}

// takeAll does what the server has said so far.
func (c *child) takeAll() error {
	for c.failed == nil {
		f, ok, err := c.next()
		if !ok || err != nil {
			return err
		}
		if err := c.take(f); err != nil {
			return err
		}
	}
	return c.failed
}

// next is the next frame that has come.
func (c *child) next() (f frame, ok bool, err error) {
	if len(c.queue) == 0 {
		return c.in.take()
	}
	f = c.queue[0]
	c.queue = c.queue[1:]
	return f, true, nil
}

func (c *child) take(f frame) error {
	switch f.kind {
	case frameCall:
		return c.begin(f)
	case frameCancel:
		c.loop.Cancel(f.id)
		c.done(f.id, js.Result{}, errCanceled)
	case frameAnswer:
		c.host.answer(f)
	case frameExit:
		c.board.begin(f.id)
		c.loop.Exit()
		c.done(f.id, js.Result{}, nil)
	default:
		return fmt.Errorf("%w: kind %d", errFrame, f.kind)
	}
	return nil
}

// errCanceled answers a call that nobody waits for.
var errCanceled = errors.New("canceled")

// promptly is how long results may wait for those of the next calls.
const promptly = 200 * time.Microsecond

func (c *child) begin(f frame) error {
	call, err := js.DecodeCall(f.body)
	if err != nil {
		return fmt.Errorf("call: %w", err)
	}
	c.board.begin(f.id)
	c.rest.called()
	c.loop.Begin(f.id, call)
	if now := time.Now(); c.crowded || now.Sub(c.flushed) > promptly {
		c.flushed = now
		return c.flush()
	}
	return nil
}

// flush writes what there is. Then it gives memory back that a script had too much
// of: the server is not to hold it against the next.
func (c *child) flush() error {
	err := c.out.flush()
	if c.crowded {
		debug.FreeOSMemory()
		c.crowded = false
	}
	return err
}

// done is js.Hooks.Done.
func (c *child) done(id uint32, r js.Result, err error) {
	c.crowded = c.crowded || errors.Is(err, js.ErrMemory)
	c.scratch = appendOutcome(c.scratch[:0], r, err)
	if err := c.out.push(frameResult, id, c.scratch); err != nil {
		c.failed = err
	}
	if cap(c.scratch) > keepSize {
		c.scratch = nil
	}
}

// broke is js.Options.Broke.
func (c *child) broke(unit string, alone bool) {
	id := uint32(0)
	if alone {
		id = 1
	}
	_ = c.out.push(frameBroke, id, []byte(unit)) // without the server, the loop ends
}

// await reads until the answer of a question is there: the script that asked does
// not go on before. What else the server says waits.
func (c *child) await(answered func() bool) error {
	for {
		f, ok, err := c.in.take()
		switch {
		case err != nil:
			return err
		case ok && f.kind == frameAnswer:
			c.host.answer(f)
		case ok:
			f.body = slices.Clone(f.body)
			c.queue = append(c.queue, f)
		}
		if answered() {
			return nil
		}
		if ok {
			continue
		}
		c.socket.waitUntil(time.Time{})
		if err := c.in.fill(); err != nil && !c.socket.isPause(err) {
			return err
		}
	}
}
