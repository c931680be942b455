package vhost

import (
	"cmp"
	"context"
	"errors"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
)

// errHookFailed is what a peer hears when js_fail closes: nothing of the script.
var errHookFailed = &media.Denied{Code: 403, Reason: "refused: the script that decides has failed"}

// outcome is how a gate ended.
type outcome struct {
	verdict hook.Verdict
	err     error // the peer's answer when it is not admitted
}

// gate asks the script at p and waits for its verdict. The goroutine of the
// connection only waits: when its peer leaves, or the server ends the session, the
// handler still runs to its end, and the session is finished then, so that its
// ending event follows.
func (se *session) gate(ctx context.Context, p hook.Point) (hook.Verdict, error) {
	gen, v := se.hold()
	h := handler(v, p)
	if !h.IsSet() && !se.server.asks(v) {
		gen.release(v.Name)
		return hook.Verdict{}, nil
	}
	done := make(chan outcome, 1)
	se.server.calls.Go(func() {
		defer gen.release(v.Name)
		done <- se.decide(gen, v, h, p)
	})
	var answer, reason error
	select {
	case o := <-done:
		if o.err != nil {
			se.finish(o.err)
		}
		return o.verdict, o.err
	case <-se.ended:
		answer = se.refusal()
		reason = answer
	case <-ctx.Done():
		answer, reason = ctx.Err(), errLeft
	}
	se.server.calls.Go(func() {
		o := <-done
		se.finish(cmp.Or(o.err, reason))
	})
	return hook.Verdict{}, answer
}

// errLeft ends a session whose peer did not wait for its gate.
var errLeft = errors.New("peer left before it was admitted")

// decide asks the script, gives the session its name, and asks the back ends
// about that.
func (se *session) decide(gen *Generation, v *conf.VHost, h conf.Handler, p hook.Point) outcome {
	var o outcome
	if h.IsSet() {
		o = se.script(gen, v, h, p)
	}
	if o.err == nil {
		o.err = se.rename(o.verdict)
	}
	if o.err != nil || !se.server.asks(v) {
		return o
	}
	if err := se.server.Hooks.Ask(context.Background(), v, p, se.view(v, p)); err != nil {
		return outcome{err: err}
	}
	se.mu.Lock()
	se.told = true
	se.mu.Unlock()
	return o
}

// script calls the gate's handler and makes a verdict of what it did.
func (se *session) script(gen *Generation, v *conf.VHost, h conf.Handler, p hook.Point) outcome {
	verdict, err := se.call(context.Background(), gen, v, p, v.JSTimeout)
	if err != nil {
		se.server.failed(v.Name, h, se.id, err)
		if v.JSFail == "open" && !verdict.Deny { // a denial with a bad argument is one
			return outcome{}
		}
		return outcome{err: errHookFailed}
	}
	switch {
	case verdict.Redirect != "":
		return outcome{err: &media.Denied{Code: 302, Reason: verdict.Reason, Redirect: verdict.Redirect}}
	case verdict.Deny:
		return outcome{err: &media.Denied{Code: verdict.Code, Reason: verdict.Reason}}
	}
	se.warnOfVain(v, h, verdict)
	se.mu.Lock()
	se.owed, se.recheck = true, verdict.Recheck
	se.mu.Unlock()
	return outcome{verdict: verdict}
}

// rename gives the session the verdict's name.
func (se *session) rename(v hook.Verdict) error {
	if v.Rename == nil {
		return nil
	}
	key := se.Key()
	if v.Rename.App != "" {
		key.App = v.Rename.App
	}
	key.Stream = v.Rename.Stream
	if err := media.CheckName(key.App, key.Stream); err != nil {
		se.server.log().Warn("script renamed a stream to a name that is not allowed", "vhost", key.VHost, "id", se.id, "reason", err)
		return err
	}
	se.mu.Lock()
	defer se.mu.Unlock()
	se.key = key // what was asked for is not shown again, whatever comes
	return nil
}

// warnOfVain says what a script decided that has no effect.
func (se *session) warnOfVain(v *conf.VHost, h conf.Handler, verdict hook.Verdict) {
	say := func(text string, more ...any) {
		attrs := []any{"vhost", v.Name, "directive", h.Directive, "handler", h.Ref().String(), "id", se.id}
		se.server.log().Warn(text, append(attrs, more...)...)
	}
	if len(verdict.Unserved) > 0 {
		say("script decided what is not served yet", "methods", verdict.Unserved)
	}
	if verdict.Recheck > 0 && !v.OnUpdate.IsSet() {
		say("script wants to check the session again, and js_on_update is not bound")
	}
}
