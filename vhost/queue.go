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
	s.push(queueName{vhost: vhost}, event)
}

// enqueueFile is enqueue for what comes in numbers, and must not stand ahead of the
// ends of sessions. It reports false if too many wait.
func (s *Server) enqueueFile(vhost string, event func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := queueName{vhost, true}
	if q := s.queues[name]; q != nil && len(q.events) >= maxFiles {
		return false
	}
	s.push(name, event)
	return true
}

// queueName is a vhost's queue of the events of sessions, or of files.
type queueName struct {
	vhost string
	files bool
}

// push adds an event. The server's lock is held.
func (s *Server) push(name queueName, event func()) {
	q := s.queues[name]
	if q == nil {
		q = &queue{}
		s.queues[name] = q
	}
	q.events = append(q.events, event)
	if q.workers < queueWorkers {
		q.workers++
		s.workers.Go(func() { s.work(name, q) })
	}
}

// work runs events until none waits.
func (s *Server) work(name queueName, q *queue) {
	for event := s.next(name, q); event != nil; event = s.next(name, q) {
		event()
	}
}

// next takes the first event, or nil from a worker that is needed no more.
func (s *Server) next(name queueName, q *queue) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(q.events) == 0 {
		if q.workers--; q.workers == 0 {
			delete(s.queues, name)
		}
		return nil
	}
	event := q.events[0]
	q.events[0] = nil
	q.events = q.events[1:]
	return event
}
