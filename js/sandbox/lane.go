package sandbox

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"weir/js"
)

// lane is a queue of calls with a worker that serves it. When the worker dies, the
// calls that it had not begun go to the next one, in their order.
type lane struct {
	workers *Workers
	own     *unit // whose it is alone; nil: of all
	current atomic.Pointer[worker]
	haste   haste // of callers

	mu     sync.Mutex
	closed bool
	spare  *worker // ready to follow; nil: none is
	pauses pauses
}

// post sends c to the worker, which is started if there is none.
func (l *lane) post(c *call) {
	if w := l.current.Load(); w != nil && w.add(c) {
		w.out.flush()
		return
	}
	l.mu.Lock()
	w, err := l.next()
	ok := err == nil && w.add(c)
	l.mu.Unlock()
	switch {
	case ok:
		w.out.flush()
	case err == nil:
		err = fmt.Errorf("%w: its process ended at once", js.ErrCrash)
		fallthrough
	default:
		c.settle(nil, err)
	}
}

// attend is what the caller of c does ahead of its sleep.
func (l *lane) attend(c *call) {
	if w := l.current.Load(); w != nil && l.haste.isWorth() && w.isAlone(c) {
		w.attend(c, &l.haste)
	}
}

// cancel says that nobody waits for c.
func (l *lane) cancel(c *call) {
	if w := l.current.Load(); w != nil {
		w.cancel(c)
	}
}

// next is the worker for what comes: the one that there is, the spare, or a new
// one, if its time has come. The lock is held.
func (l *lane) next() (*worker, error) {
	if w := l.current.Load(); w != nil {
		return w, nil
	}
	if l.closed {
		return nil, js.ErrClosed
	}
	if now := time.Now(); !l.pauses.isOver(now) {
		return nil, fmt.Errorf("%w: the next process starts in %v", js.ErrCrash, l.pauses.until.Sub(now).Round(time.Millisecond))
	}
	w := l.spare
	l.spare = nil
	if w == nil {
		var err error
		if w, err = l.start(); err != nil {
			l.pauses.died(time.Now())
			return nil, fmt.Errorf("%w: %w", js.ErrCrash, err)
		}
	}
	l.current.Store(w)
	if l.own == nil {
		l.workers.others.Go(func() { l.prepare(w) })
	}
	return w, nil
}

// start starts a worker. The lock is held.
func (l *lane) start() (*worker, error) {
	w, err := l.workers.start(l.own)
	if err != nil {
		return nil, err
	}
	l.workers.others.Go(func() { l.serve(w) })
	return w, nil
}

// serve runs a worker until it has died.
func (l *lane) serve(w *worker) {
	w.run()
	l.workers.release(w)
	l.lost(w)
	w.finish()
}

// prepare starts the worker that is to follow w, once w is ready: the start of both
// at once would take twice the time.
func (l *lane) prepare(w *worker) {
	select {
	case <-w.ready:
	case <-w.ended:
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.spare != nil || l.current.Load() != w {
		return
	}
	if s, err := l.start(); err == nil { // else the next call finds none, and says so
		l.spare = s
	}
}

// lost says that w has died. Of the calls that it has not answered, those that had
// begun fail, and the others begin with the next worker.
func (l *lane) lost(w *worker) {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := w.unanswered()
	if l.spare == w {
		l.spare = nil
	}
	serving := l.current.Load() == w
	if serving {
		l.current.Store(nil)
	}
	var begun, waiting []*call
	for _, c := range left {
		switch {
		case c.settled.Load():
		case w.isReadyNow() && !w.board().hasBegun(c.id) && w.death.reason != Ended:
			waiting = append(waiting, c)
		default:
			begun = append(begun, c)
		}
	}
	if w.death.reason != Ended {
		if serving && (l.own != nil || !w.isReadyNow()) {
			l.pauses.died(time.Now())
		}
		l.workers.died(w, l.own, left, len(waiting))
	}
	for _, c := range begun {
		c.settle(nil, w.death.err())
	}
	l.again(waiting)
}

// again sends calls that the worker before had not begun. Those of a unit that has
// a lane of its own by now go there.
func (l *lane) again(list []*call) {
	var w *worker
	for _, c := range list {
		if own := c.unit.lane.Load(); own != l {
			own.post(c)
			continue
		}
		next, err := l.next()
		if err != nil || !next.add(c) {
			c.settle(nil, fmt.Errorf("%w: no process follows: %v", js.ErrCrash, err))
			continue
		}
		w = next
	}
	if w != nil {
		w.out.flush()
	}
}

// close ends the lane's workers, and takes no calls from now on.
func (l *lane) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for _, w := range []*worker{l.current.Load(), l.spare} {
		if w != nil {
			w.end(Ended)
		}
	}
}
