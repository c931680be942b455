package conf

import (
	"testing"

	"weir/js"
)

func TestSources(t *testing.T) {
	c := load(t, inheriting)
	hooks := js.Import{Name: "hooks", File: "hooks.js", Dirs: []string{"js", "."}, At: at(3, 22)}
	stop := js.Inline{ID: "srs.conf:7", Params: []string{"s"}, Body: " hooks.stop(s); ", At: at(7, 13)}
	check(t, "sources", c.Sources(), []js.Source{
		{
			Unit: "a", Workers: 1,
			Imports: []js.Import{{Name: "mine", File: "mine.ts", Dirs: []string{"ours", "js", "."}, At: at(10, 22)}, hooks},
			Inline: []js.Inline{
				{ID: "srs.conf:14", Params: []string{"s"}, Body: " mine.connect(s); ", At: at(14, 17)},
				stop,
				{ID: "srs.conf:14:50", Params: []string{"s"}, Body: " ", At: at(14, 50)},
			},
			Uses: []js.Use{{Func: js.Func{Module: "mine", Name: "publish"}, At: at(12, 16)}},
		},
		{
			Unit: "b", Workers: 1,
			Imports: []js.Import{hooks},
			Inline:  []js.Inline{stop},
			Uses: []js.Use{
				{Func: js.Func{Module: "hooks", Name: "publish"}, At: at(5, 15)},
				{Func: js.Func{Module: "hooks", Name: "play"}, At: at(6, 12)},
			},
		},
	})
	models := load(t, "listen 1935; js_vm shared; js_on_start { } vhost a { js_vm call; js_workers 4; js_on_play { } } vhost b { js_on_play { } }").Sources()
	check(t, "models", []js.Model{models[0].VM, models[1].VM, models[2].VM}, []js.Model{js.Shared, js.PerCall, js.Shared})
	check(t, "workers", models[1].Workers, 4)
	check(t, "none", len(load(t, "listen 1935; vhost a { }").Sources()), 0)
	check(t, "ref", c.VHost("a").OnStop.Ref(), js.Func{Inline: "srs.conf:7"})
}

func at(line, col int) js.Place { return js.Place{File: "srs.conf", Line: line, Col: col} }
