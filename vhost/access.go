package vhost

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
	"weir/media"
	"weir/media/web"
)

// AccessLog writes the lines of access_log; accesslog.Files does.
type AccessLog interface {
	// Log writes a line of the format to the file. It calls get at once, and waits for
	// nothing else.
	Log(file string, f *conf.LogFormat, get func(name string) (string, bool))
}

// logFormat is the format of an access_log's lines.
func logFormat(c *conf.Config, a conf.AccessLog, usual string) *conf.LogFormat {
	name := a.Format
	if name == "" {
		name = usual
	}
	return c.LogFormat(name)
}

// Log writes the line of an HTTP request that was answered, if the top level has an
// access_log. The scripts must be held.
func (l *Locations) Log(ctx context.Context, r *hook.Request) {
	c := l.gen.Conf
	f := logFormat(c, c.AccessLog, conf.CombinedFormat)
	if l.server.Access == nil || !c.AccessLog.IsSet() || f == nil {
		return
	}
	r.Phase = hook.ForValue
	plain := *r
	plain.Hidden = nil // from scripts alone
	l.server.Access.Log(c.AccessLog.File, f, variableOf(plain.Get, &r.Variables, func(name string) (string, bool) {
		set := setOf(c.Sets, name)
		result, err := l.server.do(ctx, l.gen, "", set.Handler, l.callOf(r), nil)
		if err != nil {
			l.server.failed("", set.Handler, r.ID, err)
			return "", false
		}
		r.Variables.Keep(result)
		return hook.ValueText(result.Value), true
	}))
}

// isLogged says whether the session's end has a line: that of a publish or a play
// which was admitted, or which RTMP asked for, and that of a connection which was
// not. What HTTP refuses is the line of a request.
func (se *session) isLogged() bool {
	admitted := se.isAdmitted()
	if se.media == nil {
		return !admitted
	}
	return admitted || se.conn.Protocol == "rtmp"
}

// log writes the line of a session that has ended, or was refused.
func (se *session) log(gen *Generation, v *conf.VHost) {
	s := se.server
	f := logFormat(gen.Conf, v.AccessLog, conf.SessionFormat)
	if s.Access == nil || f == nil || !v.AccessLog.IsSet() {
		return
	}
	view := se.view(v, ending[se.kind])
	if se.isUnnamed(v) {
		view.Key.Stream = ""
		view.URL = publicURL(se.media.URL, se.media.Asked, view.Key)
	}
	plain := *view
	plain.Hidden = nil // from scripts alone
	status := int64(se.status())
	get := func(name string) js.Value {
		if name == "status" {
			return status
		}
		return plain.Get(name)
	}
	s.Access.Log(v.AccessLog.File, f, variableOf(get, &view.Variables, func(name string) (string, bool) {
		set := setOf(v.Sets, name)
		result, err := s.do(context.Background(), gen, v.Name, set.Handler, js.Call{
			Args:   []js.Value{view.Object()},
			Origin: js.Origin{Session: se.id},
			Budget: js.Budget{Wall: v.JSTimeout, CPU: v.JSCPULimit},
			Slot:   se.slot(v),
		}, nil)
		if err != nil {
			s.failed(v.Name, set.Handler, se.id, err)
			return "", false
		}
		view.Variables.Keep(result)
		return hook.ValueText(result.Value), true
	}))
}

// isUnnamed says whether a publisher was refused ahead of the script's verdict, or by
// it: the name that he asked for may be a stream's key, which is not written.
func (se *session) isUnnamed(v *conf.VHost) bool {
	se.mu.Lock()
	defer se.mu.Unlock()
	return se.kind == media.KindPublish && se.cut == nil && !se.owed && handler(v, hook.Publish).IsSet()
}

// statusGone is nginx's for a client that did not wait for the answer.
const statusGone = 499

// status is what HTTP would have answered: 200 to whom was admitted, whatever ended
// that.
func (se *session) status() int {
	se.mu.Lock()
	defer se.mu.Unlock()
	switch {
	case se.cut != nil:
		return http.StatusOK
	case errors.Is(se.reason, errLeft), errors.Is(se.reason, context.Canceled):
		return statusGone
	}
	return web.Status(se.reason)
}

// variableOf finds variables: those whose value is known, those that set gives, and
// the server's own.
func variableOf(get func(string) js.Value, vars *hook.Variables, set func(name string) (string, bool)) func(string) (string, bool) {
	return func(name string) (string, bool) {
		if v, ok := vars.Values[name]; ok {
			return v, true
		}
		if _, ok := vars.Sets[name]; ok {
			return set(name)
		}
		return hook.Variable(get, name)
	}
}

// setOf is the js_set of a name, which there is.
func setOf(sets []conf.SetVariable, name string) conf.SetVariable {
	return sets[slices.IndexFunc(sets, func(s conf.SetVariable) bool { return s.Name == name })]
}
