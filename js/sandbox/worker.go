package sandbox

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"weir/js"
	"weir/js/shared"
)

// worker is a process that runs calls.
type worker struct {
	*process
	in    *inbox
	out   *sender
	asks  *asks
	grant uint32                 // of the dictionaries
	warn  func(refused []string) // says what the kernel refused; nil: nobody does

	ready    chan struct{} // closed when it has said frameReady
	refused  []string      // what the kernel refused it; read after ready
	compiled compiled      // what it says of sources; read after ready
	exports  []js.Exported // what it says of modules; read after ready
	ended    chan struct{} // closed when all is over
	death    death         // read after ended

	mu     sync.Mutex
	calls  map[uint32]*call // sent and not answered
	last   uint32           // id of the latest call
	over   bool             // it takes no more
	killed Reason           // why the server killed it
	wake   chan struct{}    // there are calls to watch
}

// order is what a worker is to be.
type order struct {
	memory  int64 // bytes
	setup   setup
	program []byte // js.AppendProgram
	grant   shared.Grant
	host    js.Lease
	bound   bound
}

// startWorker starts a process. run is to follow.
func startWorker(f *forker, o order) (*worker, error) {
	o.setup.Dicts, o.setup.Zones = o.grant.Text, len(o.grant.Files)
	head, err := o.setup.head()
	if err != nil {
		return nil, err
	}
	p, err := startProcess(f, o.memory, o.grant.Files)
	if err != nil {
		return nil, err
	}
	w := &worker{
		process: p,
		grant:   o.grant.Worker,
		ready:   make(chan struct{}),
		ended:   make(chan struct{}),
		calls:   map[uint32]*call{},
		wake:    make(chan struct{}, 1),
	}
	w.in, err = newInbox(p.conn, func(f frame) error { return w.hear(f, w.asks.take) })
	if err == nil {
		w.out, err = newSender(p.conn)
	}
	if err != nil {
		w.kill()
		w.wait()
		return nil, errors.Join(err, w.release())
	}
	w.asks = newAsks(o.host, o.bound, w.out)
	w.out.send(frameInit, 0, head, o.program)
	return w, nil
}

// add gives the worker a call; flush is to follow. It reports false if the worker
// takes none.
func (w *worker) add(c *call) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return false
	}
	w.last++
	if w.last == 0 { // no call's
		w.last++
	}
	c.id = w.last
	w.calls[c.id] = c
	if !w.out.push(c.kind, c.id, c.body) {
		delete(w.calls, c.id)
		c.settle(nil, js.ErrOverload)
	}
	select {
	case w.wake <- struct{}{}:
	default:
	}
	return true
}

// cancel tells the worker that nobody waits for c.
func (w *worker) cancel(c *call) {
	w.mu.Lock()
	mine := w.calls[c.id] == c
	w.mu.Unlock()
	if mine {
		w.out.send(frameCancel, c.id)
	}
}

// take is the call of that id, which is answered.
func (w *worker) take(id uint32) *call {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.calls[id]
	delete(w.calls, id)
	return c
}

// end kills the worker for a reason.
func (w *worker) end(why Reason) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return
	}
	if w.killed == "" {
		w.killed = why
	}
	w.kill()
}

// run serves the worker until it has died. What is left of it is unanswered.
func (w *worker) run() {
	var others sync.WaitGroup
	quit := make(chan struct{})
	others.Go(func() {
		if err := w.out.run(quit); err != nil {
			w.kill()
		}
	})
	others.Go(func() { w.watch(quit) })
	err := w.in.run()
	w.kill() // it may have closed its socket, or said what makes no sense
	state := w.wait()
	w.readRest()
	close(quit)
	_ = w.conn.Close() // which ends a write
	others.Wait()
	w.asks.over()
	w.mu.Lock()
	killed := w.killed
	w.mu.Unlock()
	w.death = diagnose(w.process, state, killed)
	if errors.Is(err, errFrame) && killed == "" {
		w.death = death{Crash, err.Error()}
	}
}

// finish waits for who still works for the worker, and gives back what it had.
// Nobody looks at its board any more.
func (w *worker) finish() {
	w.asks.running.Wait()
	w.asks.host.End()
	_ = w.release() // the connection is closed already
	close(w.ended)
}

// hear takes what the worker says.
func (w *worker) hear(f frame, ask func(frame) error) error {
	switch f.kind {
	case frameResult:
		if c := w.take(f.id); c != nil {
			c.unit.warm.Store(w)
			c.settle(f.body, nil)
		}
		return nil
	case frameReady:
		return w.isReady(string(f.body))
	case frameCompiled:
		return w.hasCompiled(f.body)
	case frameExports:
		return w.hasExports(f.body)
	}
	w.mu.Lock()
	//lint:ignore SA2001 Go is to know that what was ahead of a call is ahead of its questions
	w.mu.Unlock()
	return ask(f)
}

// read hears all that r reads.
func (w *worker) read(r *reader, ask func(frame) error) error {
	for {
		f, err := r.next()
		if err != nil {
			return err
		}
		if err := w.hear(f, ask); err != nil {
			return err
		}
	}
}

// isAlone reports whether c waits for its answer, and no other call.
func (w *worker) isAlone(c *call) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.calls) == 1 && w.calls[c.id] == c
}

// attend has the caller of c look for its answer for a moment.
func (w *worker) attend(c *call, h *haste) {
	if w.in.look(h, c.settled.Load) {
		w.kill() // which has run hear of it
	}
}

// isReady is told once.
func (w *worker) isReady(refused string) error {
	if w.isReadyNow() {
		return fmt.Errorf("%w: ready twice", errFrame)
	}
	if refused != "" {
		w.refused = strings.Split(refused, "\n")
		if w.warn != nil {
			w.warn(w.refused)
		}
	}
	close(w.ready)
	return nil
}

func (w *worker) hasCompiled(b []byte) (err error) {
	if w.isReadyNow() {
		return fmt.Errorf("%w: compiled twice", errFrame)
	}
	if w.compiled, err = decodeCompiled(b); err != nil {
		return err
	}
	return w.isReady("")
}

func (w *worker) hasExports(b []byte) (err error) {
	if w.isReadyNow() {
		return fmt.Errorf("%w: exports twice", errFrame)
	}
	if w.exports, err = decodeExports(b); err != nil {
		return err
	}
	return w.isReady("")
}

// readRest takes the results that the worker had and could not send. Messages may
// have come already.
func (w *worker) readRest() {
	rest := w.memory[boardSize:]
	n := min(int(w.board().unsent.Load()), len(rest))
	r := &reader{r: strings.NewReader(string(rest[:n]))}
	_ = w.read(r, func(frame) error { return nil }) // the end of what is there
}

// unanswered are the calls that have got no answer, in their order. The worker
// takes none from now on.
func (w *worker) unanswered() []*call {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := slices.Collect(maps.Values(w.calls))
	slices.SortFunc(l, func(a, b *call) int { return int(int32(a.id - b.id)) }) //nolint:gosec // ids go round
	w.over = true
	return l
}

// isReadyNow reports whether the worker has come to be ready.
func (w *worker) isReadyNow() bool {
	select {
	case <-w.ready:
		return true
	default:
		return false
	}
}

// waitReady waits until the worker is ready. Its error says why it is not.
func (w *worker) waitReady(ctx context.Context) error {
	select {
	case <-w.ready:
		return nil
	case <-w.ended:
		return w.death.err()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
