package hook

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/media"
)

func effect(name string, args ...js.Value) js.Effect { return js.Effect{Name: name, Args: args} }

func TestDecide(t *testing.T) {
	denied := Verdict{Deny: true, Code: 403}
	tests := []struct {
		name    string
		at      Point
		effects []js.Effect
		value   js.Value
		want    Verdict
		wantErr string
	}{
		{name: "nothing allows", at: Publish},
		{name: "a value that is not false allows", at: Publish, value: int64(0)},
		{name: "null allows", at: Connect, value: nil},
		{name: "false denies", at: Play, value: false, want: denied},
		{name: "false decides nothing after the fact", at: Stop, value: false},
		{name: "deny", at: Publish, effects: []js.Effect{effect("deny")}, want: denied},
		{name: "deny with undefined arguments", at: Publish, effects: []js.Effect{effect("deny", nil, nil)}, want: denied},
		{name: "deny with a code", at: Publish, effects: []js.Effect{effect("deny", int64(401))}, want: Verdict{Deny: true, Code: 401}},
		{name: "deny with a code and a reason", at: Publish, effects: []js.Effect{effect("deny", 429.0, "full")}, want: Verdict{Deny: true, Code: 429, Reason: "full"}},
		{name: "deny with a reason", at: Publish, effects: []js.Effect{effect("deny", "expired")}, want: Verdict{Deny: true, Code: 403, Reason: "expired"}},
		{name: "false keeps the code of a denial", at: Publish, effects: []js.Effect{effect("deny", int64(401))}, value: false, want: Verdict{Deny: true, Code: 401}},
		{name: "false outweighs allow", at: Publish, effects: []js.Effect{effect("allow")}, value: false, want: denied},
		{name: "allow after deny", at: Publish, effects: []js.Effect{effect("deny", int64(401), "x"), effect("allow")}},
		{name: "deny after allow", at: Publish, effects: []js.Effect{effect("allow", map[string]any{"maxSessions": int64(2)}), effect("deny")}, want: denied},
		{name: "decline after deny", at: Play, effects: []js.Effect{effect("deny"), effect("decline")}, want: Verdict{Declined: true}},
		{name: "a recheck that is no time", at: Play, effects: []js.Effect{effect("allow", map[string]any{"recheck": "soon"})}, wantErr: "s.allow: recheck must be a time from 1s to 24h as '60s', not soon"},
		{name: "unserved", at: Publish, effects: []js.Effect{effect("record", true), effect("forward", "rtmp://a/b/c")}, want: Verdict{Unserved: []string{"record", "forward"}}},
		{name: "allow with options", at: Play, effects: []js.Effect{effect("allow", map[string]any{"recheck": "60s", "maxSessions": 3.0})}, want: Verdict{Recheck: time.Minute, MaxSessions: 3}},
		{name: "rename keeps the app", at: Publish, effects: []js.Effect{effect("rename", "cam")}, want: Verdict{Rename: &media.Key{Stream: "cam"}}},
		{name: "rename", at: Play, effects: []js.Effect{effect("rename", "a/b", "cam")}, want: Verdict{Rename: &media.Key{App: "a/b", Stream: "cam"}}},
		{name: "the last rename wins, and stays beside a denial", at: Play, effects: []js.Effect{effect("rename", "a"), effect("rename", "b"), effect("deny")}, want: Verdict{Deny: true, Code: 403, Rename: &media.Key{Stream: "b"}}},
		{name: "takeover", at: Publish, effects: []js.Effect{effect("takeover")}, want: Verdict{TakeOver: true}},
		{name: "redirect", at: Play, effects: []js.Effect{effect("redirect", "https://b.example/live/a.flv")}, want: Verdict{Redirect: "https://b.example/live/a.flv"}},

		{name: "code of a success", at: Publish, effects: []js.Effect{effect("deny", int64(200))}, want: denied, wantErr: "s.deny: the code must be a whole number from 400 to 599, not 200"},
		{name: "code with a fraction", at: Publish, effects: []js.Effect{effect("deny", 403.5)}, want: denied, wantErr: "s.deny: the code must be a whole number from 400 to 599, not 403.5"},
		{name: "reason that is no string", at: Publish, effects: []js.Effect{effect("deny", int64(401), map[string]any{"a": true})}, want: Verdict{Deny: true, Code: 401}, wantErr: `s.deny: the reason must be a string, not {"a":true}`},
		{name: "unknown option", at: Publish, effects: []js.Effect{effect("allow", map[string]any{"recheckk": "60s"})}, wantErr: `s.allow: unknown option "recheckk"`},
		{name: "option of a wrong type", at: Publish, effects: []js.Effect{effect("allow", map[string]any{"recheck": 60.0})}, wantErr: "s.allow: recheck must be a time from 1s to 24h as '60s', not 60"},
		{name: "no sessions", at: Publish, effects: []js.Effect{effect("allow", map[string]any{"maxSessions": int64(0)})}, wantErr: "s.allow: maxSessions must be a whole number from 1, not 0"},
		{name: "options that are no object", at: Publish, effects: []js.Effect{effect("allow", true)}, wantErr: "s.allow: the options must be an object, not true"},
		{name: "rename to nothing", at: Publish, effects: []js.Effect{effect("rename")}, wantErr: "s.rename: takes a stream, or an app and a stream; there are 0 arguments"},
		{name: "rename to the empty name", at: Publish, effects: []js.Effect{effect("rename", "")}, wantErr: "s.rename: a name is empty"},
		{name: "rename to undefined", at: Publish, effects: []js.Effect{effect("rename", nil)}, wantErr: "s.rename: a name must be a string, not null"},
		{name: "relative redirect", at: Play, effects: []js.Effect{effect("redirect", "/b")}, wantErr: `s.redirect: "/b" is not an absolute URL`},
		{name: "redirect with a line break", at: Play, effects: []js.Effect{effect("redirect", "http://a/\r\nSet-Cookie: x")}, wantErr: `s.redirect: "http://a/\r\nSet-Cookie: x" is not an absolute URL`},
		{name: "effect of another point", at: Play, effects: []js.Effect{effect("takeover")}, wantErr: "s.takeover: not possible in js_on_play"},
		{name: "deny after the fact", at: Close, effects: []js.Effect{effect("deny")}, wantErr: "s.deny: not possible in js_on_close"},
		{name: "the first mistake is told, later calls count", at: Play, effects: []js.Effect{effect("takeover"), effect("rename"), effect("deny")}, want: denied, wantErr: "s.takeover: not possible in js_on_play"},
		{
			name: "a long reason is cut", at: Play, effects: []js.Effect{effect("deny", strings.Repeat("x", maxReason-1)+"\u20ac")},
			want: Verdict{Deny: true, Code: 403, Reason: strings.Repeat("x", maxReason-1) + "..."},
		},
		{name: "a long URL", at: Play, effects: []js.Effect{effect("redirect", "http://a/"+strings.Repeat("x", maxURL))}, wantErr: "s.redirect: the URL has more than 4096 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decide(tt.at, js.Result{Value: tt.value, Effects: tt.effects})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("verdict (-want +got):\n%s", diff)
			}
			var msg string
			if err != nil {
				msg = err.Error()
			}
			if diff := cmp.Diff(tt.wantErr, msg); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever a script passes, Decide answers, and a denial is never lost.
func TestDecideTakesAnyArgument(t *testing.T) {
	values := []js.Value{nil, true, int64(-1), 1e300, "", "x", []byte("x"), []any{1.0}, map[string]any{"recheck": nil}, &js.Object{Class: "Stream"}}
	for _, p := range Points {
		for _, e := range effects {
			for _, a := range values {
				for _, b := range values {
					v, _ := Decide(p, js.Result{Effects: []js.Effect{effect(e.Name, a, b)}})
					if e.Name == "deny" && p.Kind == Gate && !v.Deny {
						t.Errorf("%s: deny(%v, %v) admits", p.Directive, a, b)
					}
				}
			}
		}
	}
}
