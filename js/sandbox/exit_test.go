package sandbox

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// When workers end in good order, scripts do what they registered for that: those of
// the common process and those of a unit's own.
func TestWorkersExit(t *testing.T) {
	for _, perUnit := range []bool{false, true} {
		host := &server{}
		s := start(t, `
			export function leave(name) { njs.on('exit', () => ngx.log(ngx.INFO, 'bye ' + name)); }
			export function hang() { njs.on('exit', () => { for (;;); }); }
		`, func(c *Config) { c.Host, c.PerUnit = host, perUnit })
		for _, u := range []string{"a", "b"} {
			if _, err := do(t, s, u, "leave", u); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := do(t, s, "c", "hang"); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
		host.mu.Lock()
		slices.Sort(host.log)
		if diff := cmp.Diff([]string{"a: bye a", "b: bye b", "c: script ran longer than its CPU limit"}, trim(host.log)); diff != "" {
			t.Errorf("a process for each unit: %v (-want +got):\n%s", perUnit, diff)
		}
		host.mu.Unlock()
	}
}

// placed is the place of a fault.
var placed = regexp.MustCompile(`m\.js:\d+:\d+: `)

// trim takes the places of faults away.
func trim(log []string) []string {
	for i, l := range log {
		if at := placed.FindStringIndex(l); at != nil {
			log[i] = l[:at[0]] + l[at[1]:]
		}
		// On a machine under load the close may have waited long enough first.
		log[i] = strings.ReplaceAll(log[i], js.ErrClosed.Error(), js.ErrCPU.Error())
	}
	return log
}
