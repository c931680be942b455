package hook_test

import (
	"context"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"weir/js"
	"weir/js/hook"
	"weir/media"
)

func TestMain(m *testing.M) {
	// The regular expressions of the engine keep a clock, which ends by itself.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/dlclark/regexp2/v2.runClock"))
}

// host keeps what scripts did.
type host struct{ did []string }

func (h *host) Log(o js.Origin, l js.Level, message string) {
	h.did = append(h.did, fmt.Sprintf("log %d of %s: %s", l, o.Session, message))
}

func (h *host) Ask(_ context.Context, _ js.Origin, op string, args []js.Value) (js.Value, error) {
	h.did = append(h.did, fmt.Sprintf(op+" %s: %s", args...))
	return true, nil
}

// decide runs the body as an inline block of js_on_publish.
func decide(t *testing.T, h *host, s *hook.Session, body string) (js.Result, hook.Verdict, error) {
	t.Helper()
	p, err := js.Compile(nil, []js.Source{{
		Unit:   "v",
		Inline: []js.Inline{{ID: "b", Params: hook.Publish.Params(), Body: body, At: js.Place{File: "srs.conf", Line: 1, Col: 1}}},
	}}, js.Options{})
	if err != nil {
		t.Fatal(err)
	}
	pool, err := js.NewPool(p, js.Options{
		Classes: hook.Classes(),
		Host:    h,
		Budget:  js.Budget{Wall: time.Minute, CPU: time.Minute}, // timing decides nothing here
		Encode:  true,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing runs any more
	r, err := pool.Call(t.Context(), js.Call{
		Unit: "v", Func: js.Func{Inline: "b"}, Args: []js.Value{s.Object()}, Origin: js.Origin{Session: s.ID},
	})
	if err != nil {
		return r, hook.Verdict{}, err
	}
	v, err := hook.Decide(hook.Publish, r)
	return r, v, err
}

func publisher() *hook.Session {
	s := hook.OfSession(&media.Session{
		ID: "s1", Kind: media.KindPublish, Query: "token=a&token=b&__proto__=x&__proto__=y",
		Connection: &media.Connection{ID: "c1", Remote: netip.MustParseAddrPort("192.0.2.1:5")},
	}, media.Key{VHost: "v", App: "live", Stream: "key"})
	s.Publisher = &hook.Publisher{ID: "s0"}
	s.Live = &hook.Stream{Key: s.Key, Publisher: s.Publisher, Players: 3}
	return s
}

func TestScriptDecides(t *testing.T) {
	for body, want := range map[string]hook.Verdict{
		`return s.deny(401, 'expired')`:                              {Deny: true, Code: 401, Reason: "expired"},
		`return false`:                                               {Deny: true, Code: 403},
		`await null; return s.app !== 'live'`:                        {Deny: true, Code: 403},
		`return s.args.token.join() === 'a,b'`:                       {},
		`return s.args instanceof Array`:                             {Deny: true, Code: 403},
		`s.rename('cam'); if (s.publisher.id === 's0') s.takeover()`: {Rename: &media.Key{Stream: "cam"}, TakeOver: true},
		`s.allow({ maxSessions: s.live.players })`:                   {MaxSessions: 3},
		`s.redirect('rtmp://b.example/' + s.app)`:                    {Redirect: "rtmp://b.example/live"},
		`try { s.app = 'x' } catch { s.deny() }`:                     {Deny: true, Code: 403},
		`s.ctx = 5; s.log.call({})`:                                  {},
	} {
		_, v, err := decide(t, &host{}, publisher(), body)
		if diff := cmp.Diff(want, v); diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", body, err, diff)
		}
	}
}

func TestScriptKeepsContext(t *testing.T) {
	s := publisher()
	for i := range 3 {
		r, _, err := decide(t, &host{}, s, `s.ctx.seen = (s.ctx.seen ?? 0) + 1`)
		if err != nil {
			t.Fatal(err)
		}
		s.Context = hook.Context(r)
		if diff := cmp.Diff(map[string]any{"seen": int64(i + 1)}, s.Context); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

func TestScriptActs(t *testing.T) {
	h := &host{}
	_, v, err := decide(t, h, publisher(), `
		s.log('a', 1, { b: [true] }); s.warn(null, undefined); s.error('e', new TypeError('boom'));
		return s.kick('bye') && s.live.kick() && s.kick(undefined) && s.connection.id === 'c1'`)
	if err != nil || v.Deny {
		t.Errorf("%v, %v", v, err)
	}
	want := []string{`log 7 of s1: a 1 {"b":[true]}`, "log 5 of s1: null undefined", "log 4 of s1: e TypeError: boom", "kick s1: bye", "kick s0: ", "kick s1: "}
	if diff := cmp.Diff(want, h.did); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestMistakesAreErrors(t *testing.T) {
	for body, want := range map[string]string{
		`s.deny(200)`:                "s.deny: the code must be a whole number from 400 to 599, not 200",
		`s.rename()`:                 "s.rename: takes a stream, or an app and a stream; there are 0 arguments",
		`s.allow({ maxSession: 1 })`: `s.allow: unknown option "maxSession"`,
	} {
		_, _, err := decide(t, &host{}, publisher(), body)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", body, err, want)
		}
	}
}
