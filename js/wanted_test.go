package js_test

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// A module that is wanted runs ahead of the first script that wants it, once, and in
// VMs of no other script.
func TestWantedModules(t *testing.T) {
	lack := js.Module{Wanted: regexp.MustCompile(`\bextra\b`), Source: "native.say('completes'); Object.extra = () => 5;", Natives: saying(logging)[0].Natives}
	tests := []struct {
		name, module, block string
		want                js.Value
		runs                []string
	}{
		{"by nothing", "", "return 1", int64(1), nil},
		{"by a module", "export const f = Object.extra();", "return hooks.f", int64(5), []string{" 7 completes"}},
		{"by a block", "", "return Object.extra()", int64(5), []string{" 7 completes"}},
		{"by both", "Object.extra()", "return Object.extra()", int64(5), []string{" 7 completes"}},
		{"by a name that is put together", "", "return typeof Object['ex' + 'tra']", "undefined", nil},
	}
	for _, tt := range tests {
		host := newRecorder()
		s := hooks()
		s.Inline = inline(tt.block).Inline
		p := pool(t, compile(t, files("hooks.js", tt.module), s), js.Options{Host: host, Modules: []js.Module{lack}})
		for range 2 {
			r, err := p.Call(t.Context(), block())
			if err != nil || r.Value != tt.want {
				t.Errorf("%s: %v, %v, want %v", tt.name, r.Value, err, tt.want)
			}
		}
		if diff := cmp.Diff(tt.runs, host.logged()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
