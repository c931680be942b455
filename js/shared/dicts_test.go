package shared

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// step is an operation and what it must come to.
type step struct {
	op      string
	args    []js.Value
	want    js.Value
	wantErr error
}

func does(op string, args ...js.Value) step { return step{op: op, args: args} }

func (s step) gives(v js.Value) step { s.want = v; return s }

func (s step) throws(class, message string) step {
	s.wantErr = &js.Throw{Class: class, Message: message}
	return s
}

func newDicts(t testing.TB, zones ...Zone) *Dicts {
	t.Helper()
	d, err := New(zones)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func run(t *testing.T, d *Dicts, zone string, steps ...step) {
	t.Helper()
	for _, s := range steps {
		got, err := d.Do("v", zone, s.op, s.args)
		if diff := cmp.Diff(s.wantErr, err); diff != "" {
			t.Errorf("%s%v: error (-want +got):\n%s", s.op, s.args, diff)
		}
		if diff := cmp.Diff(s.want, got); diff != "" && err == nil {
			t.Errorf("%s%v (-want +got):\n%s", s.op, s.args, diff)
		}
	}
}

func TestDictOfStrings(t *testing.T) {
	d := newDicts(t, Zone{Name: "z", Size: 1 << 16})
	run(t, d, "z",
		does("get", "a"),
		does("has", "a").gives(false),
		does("set", "a", "1"),
		does("get", "a").gives("1"),
		does("has", "a").gives(true),
		does("add", "a", "2").gives(false),
		does("add", "b", "2").gives(true),
		does("replace", "b", "3").gives(true),
		does("replace", "c", "3").gives(false),
		does("size").gives(int64(2)),
		does("pop", "b").gives("3"),
		does("pop", "b"),
		does("delete", "a").gives(true),
		does("delete", "a").gives(false),
		does("set", int64(7), ""),
		does("items").gives([]any{[]any{"7", ""}}),
		does("keys").gives([]any{"7"}),
		does("clear"),
		does("size").gives(int64(0)),

		does("set", "a", int64(1)).throws("TypeError", "string value is expected"),
		does("add", "a").throws("TypeError", "string value is expected"),
		does("set", "a", "1", int64(5)).throws("TypeError", "shared dict must be declared with timeout"),
		does("ttl", "a").throws("TypeError", "shared dict must be declared with timeout"),
		does("incr", "a", int64(1)).throws("TypeError", "shared dict is not a number dict"),
		does("keys", "many").throws("TypeError", "max count is not a number"),
	)
}

func TestDictOfNumbers(t *testing.T) {
	d := newDicts(t, Zone{Name: "z", Size: 1 << 16, Type: "number", Timeout: time.Minute})
	run(t, d, "z",
		does("incr", "a", int64(1)).gives(1.0),
		does("incr", "a", 0.5).gives(1.5),
		does("incr", "a", int64(-2), int64(100)).gives(-0.5),
		does("incr", "b", int64(1), int64(100)).gives(101.0),
		does("set", "c", int64(3)),
		does("get", "c").gives(3.0),
		does("set", "c", "3").throws("TypeError", "number value is expected"),
		does("incr", "c").throws("TypeError", "delta is not a number"),
		does("incr", "c", int64(1), "0").throws("TypeError", "init value is not a number"),
		does("incr", "c", int64(1), nil, "1").throws("TypeError", "timeout is not a number"),
		does("set", "c", int64(1), int64(0)).throws("TypeError", "timeout must be greater than or equal to 1"),
		does("get", "c").gives(3.0),
	)
}

func TestDictExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDicts(t, Zone{Name: "z", Size: 1 << 16, Type: "number", Timeout: time.Second})
		run(t, d, "z",
			does("set", "short", int64(1)),
			does("set", "long", int64(1), int64(10_000)),
			does("incr", "counter", int64(5), int64(0), int64(2000)).gives(5.0),
		)
		time.Sleep(999 * time.Millisecond)
		run(t, d, "z", does("ttl", "short").gives(int64(1)), does("has", "short").gives(true))
		time.Sleep(time.Millisecond)
		run(t, d, "z",
			does("ttl", "short"),
			does("has", "short").gives(false),
			does("get", "short"),
			does("pop", "short"),
			does("delete", "short").gives(false),
			does("replace", "short", int64(2)).gives(false),
			does("add", "short", int64(2)).gives(true),
			does("incr", "counter", int64(1)).gives(6.0), // and lives another second
		)
		time.Sleep(999 * time.Millisecond)
		run(t, d, "z", does("get", "counter").gives(6.0))
		time.Sleep(time.Millisecond)
		run(t, d, "z",
			does("incr", "counter", int64(1)).gives(1.0),
			does("size").gives(int64(2)),
			does("set", "huge", int64(1), 1e300),
		)
		time.Sleep(time.Hour)
		run(t, d, "z", does("keys").gives([]any{"huge"}))
	})
}

func TestDictIsBounded(t *testing.T) {
	value := strings.Repeat("x", 8000)
	full := func(s step) step { return s.throws("SharedMemoryError", `shared dict "z" is full`) }

	d := newDicts(t, Zone{Name: "z", Size: MinSize})
	run(t, d, "z",
		does("set", "a", value),
		does("set", "b", value),
		does("set", "c", value),
		does("freeSpace").gives(int64(4096)),
		full(does("set", "d", value)),
		full(does("add", "d", value)),
		does("has", "d").gives(false),
		does("set", "c", value+"12345"), // in place of the old, which is as long
		full(does("set", "c", value+value)),
		does("get", "c").gives(value+"12345"),
		does("delete", "a").gives(true),
		does("set", "d", value),
		does("clear"),
		does("freeSpace").gives(int64(28672)),
		full(does("set", "a", strings.Repeat("x", 1<<20))),
	)

	d = newDicts(t, Zone{Name: "z", Size: MinSize, Evict: true})
	run(t, d, "z",
		does("set", "a", value),
		does("set", "b", value),
		does("set", "c", value),
		does("set", "a", value), // b is the oldest now
		does("set", "d", value),
		does("has", "b").gives(false),
		does("has", "a").gives(true),
		full(does("set", "a", value+value+value+value)),
		does("size").gives(int64(3)),
	)
}

func TestDictEvictsWhatExpiresFirst(t *testing.T) {
	value := strings.Repeat("x", 12_000)
	d := newDicts(t, Zone{Name: "z", Size: MinSize, Timeout: time.Hour, Evict: true})
	run(t, d, "z",
		does("set", "a", value),
		does("set", "b", value, int64(60_000)),
		does("set", "c", value),
		does("has", "a").gives(true),
		does("has", "b").gives(false),
	)
}

func TestKeysAreBounded(t *testing.T) {
	d := newDicts(t, Zone{Name: "z", Size: 1 << 20, Type: "number"})
	for i := range 2000 {
		run(t, d, "z", does("set", strconv.Itoa(i), int64(i)))
	}
	for _, tt := range []struct {
		args []js.Value
		want int
	}{{nil, 1024}, {[]js.Value{int64(10)}, 10}, {[]js.Value{int64(5000)}, 2000}, {[]js.Value{int64(-1)}, 0}} {
		v, err := d.Do("v", "z", "keys", tt.args)
		if keys, ok := v.([]any); err != nil || !ok || len(keys) != tt.want {
			t.Errorf("keys%v: %d keys, %v; want %d", tt.args, len(keys), err, tt.want)
		}
	}
}

func TestDictsListTheirZones(t *testing.T) {
	d := newDicts(t, Zone{Name: "b", Size: 1 << 16}, Zone{Name: "a", Size: 40_000, Type: "number"}, Zone{Name: "c", Size: 1 << 16, VHosts: []string{"w"}})
	run(t, d, "", does("zones").gives([]any{
		map[string]any{"name": "b", "type": "string", "capacity": int64(1 << 16)},
		map[string]any{"name": "a", "type": "number", "capacity": int64(40_000)},
	}))
	if l, err := d.Do("w", "", "zones", nil); err != nil || len(l.([]any)) != 3 {
		t.Errorf("the vhost w has %v, %v, want three zones", l, err)
	}
	if _, err := d.Answer("w", []js.Value{"c", "set", "k", "v"}); err != nil {
		t.Errorf("the vhost w: %v", err)
	}
	for _, tt := range []struct{ zone, op string }{{"c", "get"}, {"d", "get"}, {"a", "zones"}, {"", "get"}} {
		_, err := d.Do("v", tt.zone, tt.op, []js.Value{"k"})
		var throw *js.Throw
		if err == nil || errors.As(err, &throw) {
			t.Errorf("Do(%q, %q): %v", tt.zone, tt.op, err)
		}
	}
	for _, args := range [][]js.Value{nil, {"a"}, {int64(1), int64(2)}} {
		if _, err := d.Answer("v", args); err == nil {
			t.Errorf("Answer(%v): no error", args)
		}
	}
}

func TestZonesAreChecked(t *testing.T) {
	for name, zones := range map[string][]Zone{
		"too small":    {{Name: "a", Size: MinSize - 1}},
		"too large":    {{Name: "a", Size: MaxSize + 1}},
		"unknown type": {{Name: "a", Size: MinSize, Type: "set"}},
		"two":          {{Name: "a", Size: MinSize}, {Name: "a", Size: MinSize}},
	} {
		if _, err := New(zones); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestClosedZonesAreOfNoUse(t *testing.T) {
	d := newDicts(t, Zone{Name: "z", Size: MinSize})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, d, "z", does("get", "a").throws("Error", `shared dict "z": it is closed`))
}

func TestDictCountsForAll(t *testing.T) {
	d := newDicts(t, Zone{Name: "z", Size: 1 << 16, Type: "number"})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 500 {
				if _, err := d.Do("v", "z", "incr", []js.Value{"n", int64(1)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	run(t, d, "z", does("get", "n").gives(4000.0))
}
