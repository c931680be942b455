package sandbox

import (
	"testing"

	"weir/js"
	"weir/js/shared"
)

// What scripts keep in dictionaries outlives their worker, and the server sees it.
func TestDictionariesOutliveWorkers(t *testing.T) {
	d, err := shared.New([]shared.Zone{{Name: "counts", Size: 64 << 10, Type: "number"}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // it is over
	s := start(t, `
		import escapes from 'escapes';
		export const count = () => ngx.shared.counts.incr('n', 1, 0);
		export const die = () => { ngx.shared.counts.incr('n', 1, 0); escapes.die(); };
	`, func(c *Config) { c.Dicts = d })
	for want := int64(1); want < 8; want += 2 {
		if v, err := do(t, s, "a", "count"); err != nil || v != want {
			t.Errorf("%v, %v, want %d", v, err, want)
		}
		if _, err := do(t, s, "b", "die"); err == nil {
			t.Error("no error")
		}
	}
	if v, err := d.Do("a", "counts", "get", []js.Value{"n"}); err != nil || v != 8.0 && v != int64(8) {
		t.Errorf("%v, %v, want 8", v, err)
	}
}
