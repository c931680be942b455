package js_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// session is a class with everything that a class can have.
func session() []js.Class {
	return []js.Class{
		{
			Name:    "Session",
			Fields:  []js.Member{{Name: "id"}, {Name: "args"}, {Name: "connection"}},
			Data:    []js.Member{{Name: "ctx"}, {Name: "note"}},
			Effects: []js.Member{{Name: "deny"}, {Name: "rename"}},
			Methods: []js.Native{{Member: js.Member{Name: "log"}, Call: func(e js.Env, args []js.Value) (js.Value, error) {
				e.Host.Log(e.Origin, js.LevelInfo, args[0].([]js.Value)[0].(string)+": "+args[1].(string))
				return nil, nil
			}}, {Member: js.Member{Name: "fail"}, Call: func(js.Env, []js.Value) (js.Value, error) {
				return nil, &js.Throw{Class: "RangeError", Message: "no"}
			}}},
		},
		{Name: "Connection", Fields: []js.Member{{Name: "app"}}, Effects: []js.Member{{Name: "close"}}},
	}
}

func newSession(id string) *js.Object {
	return &js.Object{
		Class: "Session",
		Fields: []js.Value{
			id,
			map[string]js.Value{"token": "t", "list": []js.Value{"a", int64(2)}},
			&js.Object{Class: "Connection", Fields: []js.Value{"live"}},
		},
		Data: []js.Value{map[string]js.Value{"n": int64(1)}, nil},
	}
}

func TestObject(t *testing.T) {
	data := func(ctx, note js.Value) []js.Value { return []js.Value{ctx, note} }
	kept := data(map[string]js.Value{"n": int64(1)}, nil)
	effect := func(name string, args ...js.Value) []js.Effect { return []js.Effect{{Name: name, Args: args}} }
	tests := []struct {
		name, body string
		want       js.Result
		err        string
	}{
		{name: "fields", body: "return [s.id, s.args.token, s.args.list[1], s.connection.app]", want: js.Result{Value: []js.Value{"1", "t", int64(2), "live"}, Data: kept}},
		{name: "identity", body: "return s.args === s.args && s.connection === s.connection", want: js.Result{Value: true, Data: kept}},
		{name: "enumerable", body: "return Object.keys(s).join()", want: js.Result{Value: "id,args,connection,ctx,note", Data: kept}},
		{name: "in JSON", body: "return JSON.stringify(s.connection)", want: js.Result{Value: `{"app":"live"}`, Data: kept}},
		{name: "tag", body: "return String(s)", want: js.Result{Value: "[object Session]", Data: kept}},
		{name: "fields are read-only", body: "s.id = 'x'", err: `TypeError: property "id" of a Session cannot be set`},
		{name: "unknown properties too", body: "s.foo = 'x'", err: `TypeError: property "foo" of a Session cannot be set`},
		{name: "effect", body: "s.deny(401, 'no')", want: js.Result{Effects: effect("deny", int64(401), "no"), Data: kept}},
		{name: "effect after an await", body: "await null; s.rename('a', { b: [1.5] })", want: js.Result{Effects: effect("rename", "a", map[string]js.Value{"b": []js.Value{1.5}}), Data: kept}},
		{name: "effects return undefined", body: "return typeof s.deny()", want: js.Result{Value: "undefined", Effects: effect("deny"), Data: kept}},
		{name: "effect of a nested object", body: "s.connection.close()", want: js.Result{Effects: effect("close"), Data: kept}},
		{name: "effect of a function", body: "s.deny(() => 1)", err: "TypeError: deny: a function cannot be passed on"},
		{name: "effect of a cycle", body: "const a = []; a[0] = a; s.deny(a)", err: "TypeError: deny: nested too deep, or cyclic"},
		{name: "effect of a session", body: "s.deny(s)", err: "TypeError: deny: a Session cannot be passed on"},
		{name: "method on something else", body: "s.deny.call({})", err: "TypeError: Session.deny is called on something else"},
		{name: "native throws", body: "s.fail()", err: "RangeError: no"},
		{name: "data changed in place", body: "s.ctx.n++; s.ctx.list = [new Uint8Array([1, 2])]", want: js.Result{Data: data(map[string]js.Value{"n": int64(2), "list": []js.Value{[]byte{1, 2}}}, nil)}},
		{name: "data replaced", body: "s.note = 'x'; s.ctx = undefined", want: js.Result{Data: data(nil, "x")}},
		{name: "data changed after an await", body: "await null; s.ctx.n = new Date(0)", want: js.Result{Data: data(map[string]js.Value{"n": "1970-01-01T00:00:00.000Z"}, nil)}},
		{name: "data that does not encode", body: "s.note = new Map()", err: "TypeError: Session.note: a Map cannot be passed on"},
		{name: "data too large", body: "s.note = 'x'.repeat(65536)", err: "TypeError: Session.note: larger than 65536 bytes"},
		{name: "data spoilt in place", body: "s.ctx.f = () => 1", err: "TypeError: Session.ctx: a function cannot be passed on"},
		{name: "value that does not encode", body: "return () => 1", want: js.Result{Data: kept}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := pool(t, compile(t, nil, inline(tt.body)), js.Options{Classes: session(), Encode: true})
			got, err := p.Call(t.Context(), block(newSession("1")))
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("Call = %v, want %s", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestSessionKeptBeyondItsCall(t *testing.T) {
	p := pool(t, compile(t, files("hooks.js", `
		let kept;
		export const keep = (s) => { kept = s };
		export const use = () => kept.id + kept.deny();
	`), hooks()), js.Options{Classes: session()})
	if _, err := p.Call(t.Context(), export("keep", newSession("1"))); err != nil {
		t.Fatal(err)
	}
	_, err := p.Call(t.Context(), export("use"))
	var e *js.Error
	if !errors.As(err, &e) || e.Message != "Error: deny: the call has ended" {
		t.Errorf("Call = %v, want that the call has ended", err)
	}
}
