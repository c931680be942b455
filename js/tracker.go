package js

import (
	"slices"

	"github.com/dop251/goja"
)

// tracker keeps vm.current right: what follows an await runs on behalf of the
// call that awaited.
type tracker struct{ m *vm }

func (t tracker) Grab() any { return t.m.current }

func (t tracker) Resumed(c any) {
	call, _ := c.(*call)
	t.m.enter(call)
}

func (t tracker) Exited() { t.m.current = nil }

// rejection is a promise that was rejected while nobody had asked for its
// outcome.
type rejection struct {
	promise *goja.Promise
	call    *call
}

func (m *vm) trackRejection(p *goja.Promise, op goja.PromiseRejectionOperation) {
	if op == goja.PromiseRejectionReject {
		m.rejected = append(m.rejected, rejection{p, m.current})
		return
	}
	m.handled(p)
}

// handled forgets p: somebody asked for its outcome after all.
func (m *vm) handled(p *goja.Promise) {
	m.rejected = slices.DeleteFunc(m.rejected, func(r rejection) bool { return r.promise == p })
}

const unhandled = "unhandled rejection: "

// reportRejections logs what is still unhandled when the jobs have run.
func (m *vm) reportRejections() {
	for _, r := range m.rejected {
		err := m.rejection(r.promise.Result(), r.call)
		if m.hooks.Fault != nil {
			err.Message = unhandled + err.Message
		}
		m.report(r.call, unhandled, err)
	}
	m.rejected = m.rejected[:0]
}
