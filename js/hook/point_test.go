package hook

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func TestPointsAgreeWithClasses(t *testing.T) {
	for _, p := range Points {
		if p.Export != "" && strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(p.Directive, "js_"), "on_"), "_", "") != strings.ToLower(p.Export) {
			t.Errorf("%s binds the export %q", p.Directive, p.Export)
		}
		if got, ok := Lookup(p.Directive); !ok || got.Directive != p.Directive {
			t.Errorf("Lookup(%q) = %v, %v", p.Directive, got, ok)
		}
		if !strings.HasSuffix(p.Doc, ".") {
			t.Errorf("%s: the doc is no sentence: %q", p.Directive, p.Doc)
		}
		if p.Kind == Gate && len(p.Effects) == 0 {
			t.Errorf("%s is a %s with %d effects", p.Directive, p.Kind, len(p.Effects))
		}
		for _, name := range p.Effects {
			if !slices.ContainsFunc(effects, func(m js.Member) bool { return m.Name == name }) {
				t.Errorf("%s: effect %q is not in the class", p.Directive, name)
			}
		}
	}
	if _, ok := Lookup("js_on_nothing"); ok {
		t.Error("Lookup finds what is not there")
	}
}

func TestParams(t *testing.T) {
	if diff := cmp.Diff([]string{"s"}, Publish.Params()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
