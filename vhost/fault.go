package vhost

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"weir/conf"
	"weir/js"
)

// ScriptFault is a call of a handler that came to nothing, or several alike in a row.
type ScriptFault struct {
	At                        time.Time // of the newest
	VHost, Directive, Handler string
	Session                   string // ID of the newest one's; "" when there is none
	Result                    CallResult
	Message                   string
	File                      string // of the script's place, or else of the handler's in the configuration
	Line, Col                 int    // from 1
	Stack                     string // one "at name (file:line:col)" a line; may be empty
	Count                     uint64 // how many were alike
}

// Bounds of what is kept of faults.
const (
	maxFaults    = 100
	maxFaultText = 2 << 10 // bytes of a message, and of a stack
)

// faults are the newest ones, the newest last.
type faults struct {
	mu   sync.Mutex
	ring []*ScriptFault // which do not change
}

// newFault makes a fault of what a call ended with.
func newFault(unit string, h conf.Handler, name, session string, err error) *ScriptFault {
	at := h.Span.Start
	f := &ScriptFault{
		At: time.Now(), VHost: unit, Directive: h.Directive, Handler: name, Session: session, Result: resultOf(err),
		Message: clip(err.Error()), File: at.File, Line: at.Line, Col: at.Col, Count: 1,
	}
	var e *js.Error
	if errors.As(err, &e) {
		f.Message, f.Stack = clip(cmp.Or(e.Message, f.Message)), clip(e.Stack)
		if e.File != "" {
			f.File, f.Line, f.Col = e.File, e.Line, e.Col
		}
	}
	return f
}

// reason is err with a place: that of the script, which it may know, or of the handler.
func (f *ScriptFault) reason(err error) string {
	if e := (*js.Error)(nil); errors.As(err, &e) && e.File != "" {
		return err.Error()
	}
	return fmt.Sprintf("%s:%d:%d: %v", f.File, f.Line, f.Col, err)
}

// clip cuts a text that is too long to be kept.
func clip(s string) string {
	if len(s) <= maxFaultText {
		return s
	}
	return strings.ToValidUTF8(s[:maxFaultText], "") + "…"
}

// alike says whether two faults are the same but for when and for whom.
func (f *ScriptFault) alike(g *ScriptFault) bool {
	return f.VHost == g.VHost && f.Directive == g.Directive && f.Handler == g.Handler && f.Result == g.Result &&
		f.Message == g.Message && f.File == g.File && f.Line == g.Line && f.Col == g.Col
}

// add keeps a fault, and returns it as it is kept. One that is like the newest
// takes its place.
func (l *faults) add(f *ScriptFault) *ScriptFault {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.ring); n > 0 && l.ring[n-1].alike(f) {
		f.Count += l.ring[n-1].Count
		l.ring[n-1] = f
		return f
	}
	if len(l.ring) == maxFaults {
		l.ring = slices.Delete(l.ring, 0, 1)
	}
	l.ring = append(l.ring, f)
	return f
}

// ScriptFaults returns the last calls that came to nothing, the newest first: 100 at
// most.
func (s *Server) ScriptFaults() []ScriptFault {
	l := &s.counts.faults
	l.mu.Lock()
	defer l.mu.Unlock()
	list := make([]ScriptFault, 0, len(l.ring))
	for _, f := range slices.Backward(l.ring) {
		list = append(list, *f)
	}
	return list
}
