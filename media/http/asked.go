package http

import (
	"net/http"
	"sync"

	"weir/js/hook"
)

// asked is an exchange while a script of its may ask for more: what others may look
// at.
type asked struct {
	*exchange
	r         *http.Request
	variables hook.Variables
}

// exchanges are those whose scripts run, by ID.
type exchanges struct {
	mu   sync.Mutex
	byID map[string]asked
}

func (s *exchanges) enter(e *exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byID == nil {
		s.byID = map[string]asked{}
	}
	s.byID[e.view.ID] = asked{e, e.r, e.view.Variables}
}

func (s *exchanges) leave(e *exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, e.view.ID)
}

func (s *exchanges) find(id string) (a asked, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok = s.byID[id]
	return a, ok
}
