package hook

import (
	"encoding/json"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/media"
)

// What js_hide names is nowhere in what a script sees.
func TestHiddenIsNowhere(t *testing.T) {
	s := camera()
	s.Connection.Header = map[string][]string{"Cookie": {"sid=secret-cookie"}, "Accept": {"*/*"}, "Referer": {"http://page/secret-page"}}
	s.Connection.PageURL = "http://page/secret-page"
	s.Query, s.URL = "to%6ben=secret-arg&x=1&token=secret-again", "rtmp://example.com/live/key?to%6ben=secret-arg&x=1&token=secret-again"
	s.Connection.Query = "token=secret-connect"
	s.Connection.TCURL = "rtmp://example.com/live?token=secret-connect"
	view := func(h Hidden) *js.Object {
		v := OfSession(s, media.Key{VHost: "example.com", App: "live", Stream: "key"})
		v.Hidden = h
		v.Live = &Stream{Publisher: &Publisher{ID: "p", Remote: netip.MustParseAddrPort("198.51.100.7:9")}}
		return v.Object()
	}
	text := func(h Hidden) string {
		b, err := json.Marshal(shown(view(h)))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, tt := range []struct {
		hidden Hidden
		gone   []string
	}{
		{Hidden{"args.token"}, []string{"secret-arg", "secret-again", "secret-connect"}},
		{Hidden{"args"}, []string{"secret-arg", "secret-again", "secret-connect", "x=1"}},
		{Hidden{"headersIn.Cookie"}, []string{"secret-cookie"}},
		{Hidden{"headersIn.referer"}, []string{"secret-page"}},
		{Hidden{"headersIn"}, []string{"secret-cookie", "secret-page", "*/*"}},
		{Hidden{"remoteAddress"}, []string{"192.0.2.33", "198.51.100.7"}},
		{Hidden{"query", "args", "pageUrl", "headersIn"}, []string{"secret"}},
	} {
		if !slices.ContainsFunc(tt.gone, func(w string) bool { return strings.Contains(text(nil), w) }) {
			t.Fatalf("the test hides what is not there: %q", tt.gone)
		}
		for _, word := range tt.gone {
			if all := text(tt.hidden); strings.Contains(all, word) {
				t.Errorf("with %q hidden a script sees %s", tt.hidden, all)
			}
		}
	}
	got := shown(view(Hidden{"args.token", "remotePort"}))
	for name, want := range map[string]any{
		"args": map[string]any{"token": mask, "x": "1"}, "query": "to%6ben=***&x=1&token=***",
		"url": "rtmp://example.com/live/key?to%6ben=***&x=1&token=***", "remotePort": mask, "remoteAddress": "192.0.2.33", "app": "live",
	} {
		if d := cmp.Diff(want, got[name]); d != "" {
			t.Errorf("%s: -want +got\n%s", name, d)
		}
	}
}

// js_hide names fields that there are.
func TestHideableFieldsExist(t *testing.T) {
	for _, name := range Hideable() {
		if indexOf(sessionFields, name) < 0 || !CanHide(name) {
			t.Errorf("a session has no %s to hide", name)
		}
	}
	for field, want := range map[string]bool{"args.a.b": true, "headersIn.x": true, "args.": false, "url.x": false, "stream": false, "": false} {
		if CanHide(field) != want {
			t.Errorf("CanHide(%q) = %v", field, !want)
		}
	}
}
