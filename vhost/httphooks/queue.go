package httphooks

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// queueWorkers is how many events are under way to one back end of a vhost.
const queueWorkers = 8

// letter is an event that waits for its delivery. One attempt after the other is
// made until send succeeds, fails for good, or the retries are used up.
type letter struct {
	send    func(context.Context) error
	over    func(error) // called once: delivered, or why not
	retries int
	backoff time.Duration

	attempts int
	cut      chan struct{} // closed when it must give way; while it rests
	gone     bool          // it is not counted any more
}

// queue holds the events for one back end. Those of one lane are sent one after
// the other, in order, while other lanes overtake one that waits for a retry.
type queue struct {
	limit int
	slots chan struct{}

	mu      sync.Mutex
	size    int
	lanes   map[string][]*letter // who has letters has somebody who runs it
	resting []*letter            // between two attempts, by the time they failed
}

func newQueue(limit int) *queue {
	return &queue{limit: limit, slots: make(chan struct{}, queueWorkers), lanes: map[string][]*letter{}}
}

// push adds a letter to the end of a lane. It reports false if the queue is full,
// and whether somebody must run the lane now. It never waits.
func (q *queue) push(lane string, l *letter) (run, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.size >= q.limit && !q.giveWay() {
		return false, false
	}
	q.size++
	letters, running := q.lanes[lane]
	q.lanes[lane] = append(letters, l)
	return !running, true
}

// giveWay ends the retries of the letter that has rested longest.
func (q *queue) giveWay() bool {
	if len(q.resting) == 0 {
		return false
	}
	l := q.resting[0]
	q.resting = slices.Delete(q.resting, 0, 1)
	close(l.cut)
	l.gone = true
	q.size--
	return true
}

// run delivers what is in a lane until it is empty.
func (q *queue) run(ctx context.Context, lane string) {
	for l := q.head(lane); l != nil; l = q.head(lane) {
		err := q.deliver(ctx, l)
		q.remove(lane, l)
		l.over(err)
	}
}

// head returns the first letter of a lane, or ends the lane.
func (q *queue) head(lane string) *letter {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.lanes[lane]) == 0 {
		delete(q.lanes, lane)
		return nil
	}
	return q.lanes[lane][0]
}

func (q *queue) remove(lane string, l *letter) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.lanes[lane] = slices.Delete(q.lanes[lane], 0, 1)
	if !l.gone {
		l.gone = true
		q.size--
	}
}

func (q *queue) deliver(ctx context.Context, l *letter) error {
	for {
		err := q.attempt(ctx, l)
		if err == nil || !passing(err) || l.attempts > l.retries || !q.rest(ctx, l) {
			return err
		}
	}
}

func (q *queue) attempt(ctx context.Context, l *letter) error {
	select {
	case q.slots <- struct{}{}:
		defer func() { <-q.slots }()
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	l.attempts++
	return l.send(ctx)
}

// rest waits for the time of the next attempt; false if there will be none.
func (q *queue) rest(ctx context.Context, l *letter) bool {
	q.mu.Lock()
	l.cut = make(chan struct{})
	q.resting = append(q.resting, l)
	q.mu.Unlock()
	timer := time.NewTimer(wait(l.backoff, l.attempts))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-l.cut:
	case <-ctx.Done():
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if i := slices.Index(q.resting, l); i >= 0 {
		q.resting = slices.Delete(q.resting, i, i+1)
	}
	return !l.gone && ctx.Err() == nil
}

// wait is how long after the nth attempt the next one follows: the backoff,
// doubled each time, spread by half to either side so that what failed together
// does not come back together.
func wait(backoff time.Duration, n int) time.Duration {
	d := min(backoff, maxBackoff)
	for ; n > 1 && d < maxBackoff; n-- {
		d = min(2*d, maxBackoff)
	}
	return d/2 + rand.N(d)
}
