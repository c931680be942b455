package workshop

import (
	_ "embed"
	"slices"

	"weir/js"
	"weir/js/builtin"
)

var (
	//go:embed test.js
	testSource string
	//go:embed test_cases.js
	casesSource string
	//go:embed test_assert.js
	assertSource string
	//go:embed test_clock.js
	clockSource string
	//go:embed test_session.js
	sessionSource string
	//go:embed test_fetch.js
	fetchSource string
	//go:embed test.d.ts
	testTypes string
)

// Types are the TypeScript declarations of all that scripts and their tests see.
func Types() []string { return append(builtin.Types(), testTypes) }

// modules are those that tests see: weir:test, and its own fetch.
func (s *stage) modules(all []js.Module) []js.Module {
	i := slices.IndexFunc(all, func(m js.Module) bool { return m.Name == "weir:fetch" })
	all[i].Source, all[i].Natives = fetchSource, nil
	reset := native("reset", func(js.Env, []js.Value) (js.Value, error) { return nil, s.reset() })
	return append(all,
		js.Module{Name: "weir:test", Public: true, Source: testSource, Natives: []js.Native{native("zone", s.zone)}},
		js.Module{Name: "weir:test/cases", Source: casesSource, Natives: []js.Native{reset}},
		js.Module{Name: "weir:test/assert", Source: assertSource},
		js.Module{Name: "weir:test/clock", Source: clockSource},
		js.Module{Name: "weir:test/session", Source: sessionSource, Natives: s.sessionNatives()},
	)
}
