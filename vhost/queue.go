package vhost

import "sync"

// queueWorkers is how many events of a vhost are under way at once.
const queueWorkers = 8

// queue runs the events of one vhost in their order of arrival, a few at a time.
// It never drops one and never makes the one who pushes wait.
type queue struct {
	mu      sync.Mutex
	events  []func()
	workers int
}

func (q *queue) push(event func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.events = append(q.events, event)
	if q.workers < queueWorkers {
		q.workers++
		go q.work()
	}
}

func (q *queue) work() {
	for {
		q.mu.Lock()
		if len(q.events) == 0 {
			q.workers--
			q.mu.Unlock()
			return
		}
		event := q.events[0]
		q.events[0] = nil
		q.events = q.events[1:]
		q.mu.Unlock()
		event()
	}
}

// Len is how many events wait.
func (q *queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.events)
}
