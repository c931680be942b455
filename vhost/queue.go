package vhost

// queueWorkers is how many events of a vhost are under way at once.
const queueWorkers = 8

// queue has the events of one vhost in their order of arrival. The server has it
// while there are any, and guards it.
type queue struct {
	events  []func()
	workers int
}

// enqueue has a vhost's event run after those that wait, a few at a time. It never
// drops one and never makes the one who asks wait.
func (s *Server) enqueue(vhost string, event func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.queues[vhost]
	if q == nil {
		q = &queue{}
		s.queues[vhost] = q
	}
	q.events = append(q.events, event)
	if q.workers < queueWorkers {
		q.workers++
		s.workers.Go(func() { s.work(vhost, q) })
	}
}

// work runs events until none waits.
func (s *Server) work(vhost string, q *queue) {
	for event := s.next(vhost, q); event != nil; event = s.next(vhost, q) {
		event()
	}
}

// next takes the first event, or nil from a worker that is needed no more.
func (s *Server) next(vhost string, q *queue) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(q.events) == 0 {
		if q.workers--; q.workers == 0 {
			delete(s.queues, vhost)
		}
		return nil
	}
	event := q.events[0]
	q.events[0] = nil
	q.events = q.events[1:]
	return event
}
