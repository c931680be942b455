package conf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"weir/confparse"
)

func TestEveryDirectiveIsDocumented(t *testing.T) {
	for _, d := range Directives() {
		if d.Doc == "" {
			t.Errorf("%s has no comment", d.Path)
		}
		if d.Package == "" {
			t.Errorf("%s has no package", d.Path)
		}
	}
}

// TestEveryDirectiveSaysWhenAChangeHolds: the class of one that forgot would be live.
func TestEveryDirectiveSaysWhenAChangeHolds(t *testing.T) {
	table.walk(func(b *block) {
		for _, d := range b.dirs {
			text := b.zero.Type().FieldByIndex(d.index).Tag.Get("conf")
			if d.block == nil && !strings.Contains(text, ",reload=") {
				t.Errorf("%s has no reload class", b.join(d.name))
			}
		}
	})
}

func TestBoundsAndDefaults(t *testing.T) {
	table.walk(func(b *block) {
		for _, d := range b.dirs {
			for _, bound := range []string{d.min, d.max} {
				if bound == "" {
					continue
				}
				v := b.zero.FieldByIndex(d.index)
				x := words(d.name, bound)
				x.Args[0].Span.Start.Line = 1
				if f := d.setWord(v, x.Args[0]); f != nil {
					t.Errorf("%s %s: %s", b.join(d.name), bound, f.message)
				}
				d.setDefault(v)
			}
			if d.byDefault != "" && d.byDefault != "0" {
				x := words(d.name, d.byDefault)
				x.Args[0].Span.Start.Line = 1
				v := b.zero.FieldByIndex(d.index)
				if f := d.set(v, x); f != nil {
					t.Errorf("default of %s: %s", b.join(d.name), f.message)
				}
			}
		}
	})
}

func TestNothingIsServedAndUnserved(t *testing.T) {
	table.walk(func(b *block) {
		for name := range b.byName {
			if srs[b.join(name)] != nil {
				t.Errorf("%s is in both tables", b.join(name))
			}
		}
	})
}

func TestDirectives(t *testing.T) {
	want := map[string]Directive{
		"listen": {
			Path: "listen", Name: "listen", Usage: "listen port | ip:port | [ipv6]:port ...;", Example: "1935", Required: true, Reload: ReloadListen,
			Contexts: []string{""}, Package: "weir",
		},
		"js_on_play": {
			Path: "js_on_play", Name: "js_on_play", Usage: "js_on_play module.function | { JavaScript } | off;", Example: "hooks.play",
			Contexts: []string{"", "vhost"}, Package: "js",
		},
		"vhost.play.queue_length": {
			Path: "vhost.play.queue_length", Name: "queue_length", Aliases: []string{"../queue_length"},
			Usage: "queue_length time;", Default: "30s", Range: "1s to 10m",
			Contexts: []string{"vhost.play"}, Package: "vhost",
		},
		"vhost.http_remux": {
			Path: "vhost.http_remux", Name: "http_remux", Aliases: []string{"http_stream"}, Usage: "http_remux { ... }",
			Block: true, Contexts: []string{"vhost"}, Package: "media/http",
		},
	}
	got := map[string]Directive{}
	for _, d := range Directives() {
		if _, ok := want[d.Path]; ok {
			d.Doc, d.Variables = "", nil
			got[d.Path] = d
		}
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// load decodes a text, and fails on errors.
func load(t testing.TB, text string) *Config {
	t.Helper()
	c, list := decodeText(text)
	for _, d := range list {
		if d.Severity == confparse.Error {
			t.Fatalf("%d:%d %s (in %q)", d.Span.Start.Line, d.Span.Start.Col, d.Message, text)
		}
	}
	return c
}

func decodeText(text string) (*Config, confparse.Diagnostics) {
	f, syntax := confparse.Parse("srs.conf", text)
	c, list := Decode(f)
	return c, append(syntax, list...)
}
