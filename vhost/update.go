package vhost

import (
	"cmp"
	"time"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
)

// schedule has js_on_update run when its time has come, if v has one. The
// session's lock is held.
func (se *session) schedule(v *conf.VHost) {
	if se.media == nil || se.over || se.cut == nil || se.timer != nil || !v.OnUpdate.IsSet() {
		return
	}
	se.timer = time.AfterFunc(cmp.Or(se.recheck, v.OnUpdate.Interval), se.update)
}

// follow is schedule, after a reload.
func (se *session) follow() {
	_, v := se.now()
	se.mu.Lock()
	defer se.mu.Unlock()
	se.schedule(v)
}

// update runs js_on_update. A denial that it comes to ends the session; whatever
// fails ends nothing.
func (se *session) update() {
	verdict, ok := se.askAgain()
	if !ok {
		return
	}
	if verdict.Deny {
		se.end(&media.Denied{Code: verdict.Code, Reason: verdict.Reason})
		return
	}
	se.mu.Lock()
	se.timer = nil
	se.recheck = cmp.Or(verdict.Recheck, se.recheck)
	se.mu.Unlock()
	se.follow()
}

// askAgain calls js_on_update; false when the session has ended.
func (se *session) askAgain() (hook.Verdict, bool) {
	ctx, over, ok := se.beside()
	if !ok {
		return hook.Verdict{}, false
	}
	defer over()
	gen, v := se.hold()
	defer gen.release(v.Name)
	if !v.OnUpdate.IsSet() {
		return hook.Verdict{}, true
	}
	verdict, err := se.call(ctx, gen, v, hook.Update, EventTimeout)
	if ctx.Err() != nil {
		return hook.Verdict{}, false
	}
	if err != nil {
		se.server.failed(v.Name, v.OnUpdate.Handler, se.id, err)
		return hook.Verdict{}, true
	}
	return verdict, true
}
