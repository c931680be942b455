package workshop

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"weir/js"
	"weir/js/hook"
	"weir/js/shared"
	"weir/media"
)

func native(name string, call func(e js.Env, args []js.Value) (js.Value, error)) js.Native {
	return js.Native{Member: js.Member{Name: name}, Call: call}
}

// sessionNatives are what weir:test/session stands on.
func (s *stage) sessionNatives() []js.Native {
	says := native("sentence", sentence)
	says.Loose = true
	return []js.Native{
		says,
		native("table", func(js.Env, []js.Value) (js.Value, error) { return table(), nil }),
		native("copy", func(_ js.Env, args []js.Value) (js.Value, error) { return args[0], nil }),
		native("open", func(js.Env, []js.Value) (js.Value, error) {
			s.made++
			id := fmt.Sprintf("%032x", s.made)
			s.sessions = append(s.sessions, &actor{id: id})
			return id, nil
		}),
		native("session", func(_ js.Env, args []js.Value) (js.Value, error) {
			return seen(s.sessionOf(word(args, 0), word(args, 1), fieldsOf(args))), nil
		}),
		native("admit", func(_ js.Env, args []js.Value) (js.Value, error) {
			if a := s.actor(word(args, 0)); a != nil {
				a.view = s.sessionOf(a.id, word(args, 1), fieldsOf(args))
				a.since = a.view.Connection.ConnectedAt
			}
			return nil, nil
		}),
		native("leave", func(_ js.Env, args []js.Value) (js.Value, error) {
			if a := s.actor(word(args, 0)); a != nil {
				a.view = nil
			}
			return nil, nil
		}),
		native("kick", func(_ js.Env, args []js.Value) (js.Value, error) { return s.kick(word(args, 0), word(args, 1)), nil }),
		native("kicked", func(_ js.Env, args []js.Value) (js.Value, error) {
			if a := s.actor(word(args, 0)); a != nil && a.kicked {
				return a.because, nil
			}
			return nil, nil
		}),
		native("decide", decide),
	}
}

// zone is native.zone(name, type): declares a dictionary.
func (s *stage) zone(_ js.Env, args []js.Value) (js.Value, error) {
	return nil, s.declare(shared.Zone{Name: word(args, 0), Size: 1 << 20, Type: word(args, 1)})
}

func fieldsOf(args []js.Value) map[string]any {
	m, _ := args[2].(map[string]any)
	return m
}

// table are the hook points of sessions, and the methods that decide.
func table() map[string]any {
	points := []any{}
	for _, p := range hook.Points {
		if p.Args[0].Name != "s" {
			continue
		}
		points = append(points, map[string]any{
			"directive": p.Directive, "name": cmp.Or(p.Export, strings.TrimPrefix(p.Directive, "js_")), "kind": string(p.Kind), "sync": p.Sync, "decides": len(p.Effects) > 0,
			"session": kindOf(p), "ends": slices.Contains([]string{"unpublish", "stop", "close"}, p.Export),
		})
	}
	effects := []any{}
	for _, e := range sessionClass().Effects {
		effects = append(effects, e.Name)
	}
	return map[string]any{"points": points, "effects": effects}
}

// kindOf is the kind of the sessions that come to a point; "" for any.
func kindOf(p hook.Point) string {
	switch p.Export {
	case "connect", "close":
		return media.KindConnect
	case "play", "stop":
		return media.KindPlay
	case "publish", "unpublish", "metadata", "hls", "dvr":
		return media.KindPublish
	}
	return ""
}

// decide is native.decide(directive, recorded, false if the handler returned that): the
// verdict, as the server reads it.
func decide(_ js.Env, args []js.Value) (js.Value, error) {
	p, _ := hook.Lookup(word(args, 0))
	var r js.Result
	recorded, _ := args[1].([]any)
	for _, e := range recorded {
		m, _ := e.(map[string]any)
		name, _ := m["name"].(string)
		l, _ := m["args"].([]any)
		r.Effects = append(r.Effects, js.Effect{Name: name, Args: l})
	}
	if args[2] == true {
		r.Value = false
	}
	v, err := hook.Decide(p, r)
	if err != nil {
		return nil, &js.Throw{Class: "TypeError", Message: err.Error()}
	}
	return verdict(v), nil
}

// verdict is what a test is told of one. Absent members are undefined.
func verdict(v hook.Verdict) map[string]any {
	unserved := []any{}
	for _, name := range v.Unserved {
		unserved = append(unserved, name)
	}
	m := map[string]any{"allowed": !v.Deny, "denied": v.Deny, "declined": v.Declined, "takeover": v.TakeOver, "unserved": unserved}
	if v.Deny {
		m["code"], m["reason"] = int64(v.Code), v.Reason
	}
	if v.Redirect != "" {
		m["redirect"] = v.Redirect
	}
	if v.Rename != nil {
		m["app"], m["stream"] = v.Rename.App, v.Rename.Stream
	}
	if v.Recheck > 0 {
		m["recheck"] = v.Recheck.Seconds()
	}
	if v.MaxSessions > 0 {
		m["maxSessions"] = int64(v.MaxSessions)
	}
	return m
}

// sentence is what s.log makes of its arguments.
func sentence(_ js.Env, args []js.Value) (js.Value, error) {
	log := sessionClass().Methods[slices.IndexFunc(sessionClass().Methods, func(n js.Native) bool { return n.Name == "log" })]
	l := &listener{}
	_, err := log.Call(js.Env{Host: l}, append([]js.Value{nil}, args...))
	return l.said, err
}

// listener is a host that hears the last message.
type listener struct {
	js.Host
	said string
}

// Log implements js.Host.
func (l *listener) Log(_ js.Origin, _ js.Level, message string) { l.said = message }
