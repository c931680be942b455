package hook_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/js/hook"
)

// A worker is not trusted: what makes no sense is no response.
func TestReadResponse(t *testing.T) {
	effect := func(name string, args ...js.Value) js.Effect { return js.Effect{Name: name, Args: args} }
	for name, tt := range map[string]struct {
		effects []js.Effect
		want    hook.Response
		err     bool
	}{
		"nothing": {},
		"answer":  {effects: []js.Effect{effect("answer", int64(200), true, "a", []byte("b"))}, want: hook.Response{End: hook.Answer, Status: 200, Whole: true, Body: []byte("ab")}},
		"the first end": {
			effects: []js.Effect{effect("decline"), effect("answer", int64(200))}, want: hook.Response{End: hook.Decline},
		},
		"headers": {
			effects: []js.Effect{effect("header", "A", "1", "2"), effect("header", "B"), effect("variable", "x", "y"), effect("redirect", "/a?b")},
			want:    hook.Response{End: hook.Redirect, URI: "/a?b", Headers: []hook.HeaderChange{{Name: "A", Values: []string{"1", "2"}}, {Name: "B"}}},
		},
		"header's value":   {effects: []js.Effect{effect("header", "A", "b\r\nc")}, err: true},
		"header's name":    {effects: []js.Effect{effect("header", "A b", "c")}, err: true},
		"header of nobody": {effects: []js.Effect{effect("header")}, err: true},
		"number":           {effects: []js.Effect{effect("header", "A", int64(1))}, err: true},
		"status":           {effects: []js.Effect{effect("answer", int64(1000))}, err: true},
		"fraction":         {effects: []js.Effect{effect("setStatus", 200.5)}, err: true},
		"no status":        {effects: []js.Effect{effect("answer")}, err: true},
		"part":             {effects: []js.Effect{effect("answer", int64(200), false, nil)}, err: true},
		"elsewhere":        {effects: []js.Effect{effect("redirect", "http://a")}, err: true},
	} {
		got, err := hook.ReadResponse(js.Result{Effects: tt.effects})
		if (err != nil) != tt.err {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	h := http.Header{"A": {"old"}, "B": {"old"}}
	hook.Response{Headers: []hook.HeaderChange{{Name: "a", Values: []string{"new"}}, {Name: "b"}}}.Apply(h)
	if diff := cmp.Diff(http.Header{"A": {"new"}}, h); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}
