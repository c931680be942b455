package weir

import (
	"time"

	"weir/vhost"
)

// ScriptStatus is what scripts have done since the server began.
type ScriptStatus struct {
	Handlers  int          `json:"handlers"` // that were called
	Calls     uint64       `json:"calls"`
	Denied    uint64       `json:"denied"`
	Failed    uint64       `json:"failed"` // exceptions, limits, overload, crashes
	Slow      uint64       `json:"slow"`
	Pending   int64        `json:"pending"`   // calls that wait or run now
	Processes int          `json:"processes"` // now, spares included
	Died      int64        `json:"died"`      // processes that the server did not end
	LastError *ScriptError `json:"lastError"` // nil without any
}

// ScriptError is a call of a handler that came to nothing.
type ScriptError struct {
	At        time.Time `json:"at"`
	VHost     string    `json:"vhost"`
	Directive string    `json:"directive"`
	Handler   string    `json:"handler"`
	Result    string    `json:"result"`
	Message   string    `json:"message"`
	File      string    `json:"file"`
	Line      int       `json:"line"`
	Col       int       `json:"col"`
	Count     uint64    `json:"count"` // of those alike, one after the other
}

// scriptStatus is nil when no handler was called and no process of scripts runs.
func (s *Server) scriptStatus() *ScriptStatus {
	handlers, processes := s.router.HandlerCounts(), s.workers.Counts()
	if len(handlers) == 0 && processes.Starts == 0 {
		return nil
	}
	st := &ScriptStatus{Handlers: len(handlers), Processes: processes.Workers}
	for _, n := range processes.Deaths {
		st.Died += n
	}
	for _, h := range handlers {
		calls := h.Took.Count()
		st.Calls += calls
		st.Denied += h.Results[vhost.CallDeny]
		st.Failed += calls - min(calls, h.Results[vhost.CallOK]+h.Results[vhost.CallDeny]+h.Results[vhost.CallCanceled])
		st.Slow += h.Slow
		st.Pending += h.Pending
	}
	if faults := s.router.ScriptFaults(); len(faults) > 0 {
		f := faults[0]
		st.LastError = &ScriptError{
			At: f.At, VHost: f.VHost, Directive: f.Directive, Handler: f.Handler, Result: string(f.Result),
			Message: f.Message, File: f.File, Line: f.Line, Col: f.Col, Count: f.Count,
		}
	}
	return st
}
