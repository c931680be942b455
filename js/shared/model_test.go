package shared

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// model is what a zone must be: entries of a Go map.
type model struct {
	timeout time.Duration
	entries map[string]modelEntry
}

type modelEntry struct {
	value  js.Value
	expire time.Time
}

func (m *model) sweep() {
	for k, e := range m.entries {
		if m.timeout > 0 && !time.Now().Before(e.expire) {
			delete(m.entries, k)
		}
	}
}

// apply is what an operation must come to.
func (m *model) apply(op string, args []js.Value) js.Value {
	m.sweep()
	var key string
	if len(args) > 0 {
		key = args[0].(string)
	}
	e, ok := m.entries[key]
	set := func(value js.Value, ttl int) {
		life := m.timeout
		if len(args) > ttl {
			life = time.Duration(args[ttl].(int64)) * time.Millisecond
		}
		m.entries[key] = modelEntry{value, time.Now().Add(life)}
	}
	switch op {
	case "set":
		set(args[1], 2)
		return nil
	case "add", "replace":
		if ok == (op == "add") {
			return false
		}
		set(args[1], 2)
		return true
	case "incr":
		sum := args[1].(float64)
		if n, _ := e.value.(float64); ok {
			sum += n
		} else {
			sum += args[2].(float64)
		}
		set(sum, 3)
		return sum
	case "has":
		return ok
	case "delete":
		delete(m.entries, key)
		return ok
	case "pop":
		delete(m.entries, key)
		return e.value
	case "size":
		return int64(len(m.entries))
	case "ttl":
		if !ok {
			return nil
		}
		return time.Until(e.expire).Milliseconds()
	case "clear":
		clear(m.entries)
		return nil
	case "get":
		return e.value
	}
	panic(op)
}

// randomOp makes an operation on one of a few keys.
func randomOp(r *rand.Rand, z Zone) (string, []js.Value) {
	ops := []string{"set", "set", "set", "add", "replace", "get", "get", "has", "delete", "pop", "size"}
	if z.Type == numberType {
		ops = append(ops, "incr", "incr")
	}
	if z.Timeout > 0 {
		ops = append(ops, "ttl")
	}
	op := ops[r.IntN(len(ops))]
	if r.IntN(2000) == 0 {
		op = "clear"
	}
	key := js.Value(strings.Repeat("k", r.IntN(3)*40) + fmt.Sprint(r.IntN(60)))
	args := []js.Value{key}
	switch op {
	case "size", "clear":
		return op, nil
	case "incr":
		args = append(args, float64(r.IntN(9)-4), float64(r.IntN(100)))
	case "set", "add", "replace":
		if z.Type == numberType {
			args = append(args, r.NormFloat64())
		} else {
			args = append(args, strings.Repeat(string(rune('a'+r.IntN(26))), r.IntN(4)*r.IntN(4)*r.IntN(50)))
		}
	default:
		return op, args
	}
	if z.Timeout > 0 && r.IntN(2) == 0 {
		args = append(args, int64(1+r.IntN(1<<r.IntN(16))))
	}
	return op, args
}

// A zone does what a map would, whatever is done to it.
func TestDictIsAMap(t *testing.T) {
	for _, z := range []Zone{
		{Name: "strings", Size: 1 << 18, Type: stringType},
		{Name: "numbers", Size: 1 << 16, Type: numberType},
		{Name: "aging-strings", Size: 1 << 18, Type: stringType, Timeout: 5 * time.Second},
		{Name: "aging-numbers", Size: 1 << 16, Type: numberType, Timeout: 300 * time.Millisecond},
	} {
		t.Run(z.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDicts(t, z)
				m := model{z.Timeout, map[string]modelEntry{}}
				r := rand.New(rand.NewPCG(1, 2))
				for i := range 20_000 {
					op, args := randomOp(r, z)
					got, err := d.Do("", z.Name, op, args)
					if diff := cmp.Diff(m.apply(op, args), got); diff != "" || err != nil {
						t.Fatalf("step %d: %s%v: %v (-want +got):\n%s", i, op, args, err, diff)
					}
					if i%100 == 0 {
						compare(t, d, z.Name, &m)
						time.Sleep(time.Duration(r.IntN(700)) * time.Millisecond)
					}
				}
			})
		})
	}
}

// compare compares all that a zone has with the model, before and after a repair.
func compare(t *testing.T, d *Dicts, zone string, m *model) {
	t.Helper()
	m.sweep()
	want := map[string]js.Value{}
	for k, e := range m.entries {
		want[k] = e.value
	}
	for range 2 {
		got := map[string]js.Value{}
		items, err := d.Do("", zone, "items", []js.Value{int64(1 << 20)})
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range items.([]any) {
			got[i.([]any)[0].(string)] = i.([]any)[1]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("items (-want +got):\n%s", diff)
		}
		verify(t, d.byName[zone])
		repaired(t, d.byName[zone])
	}
}

func repaired(t *testing.T, d *dict) {
	t.Helper()
	if err := d.lock(); err != nil {
		t.Fatal(err)
	}
	d.repair()
	d.unlock()
	verify(t, d)
}

// Who is evicted was written before everyone who stays.
func TestEvictedAreTheOldest(t *testing.T) {
	z := Zone{Name: "z", Size: MinSize, Type: stringType, Evict: true}
	d := newDicts(t, z)
	r := rand.New(rand.NewPCG(3, 4))
	written := map[string]int{}
	for i := range 5000 {
		key := fmt.Sprint(r.IntN(300))
		if _, err := d.Do("", "z", "set", []js.Value{key, strings.Repeat("x", r.IntN(1000))}); err != nil {
			t.Fatal(err)
		}
		written[key] = i
		if i%50 != 0 {
			continue
		}
		verify(t, d.zones[0])
		l, err := d.Do("", "z", "keys", nil)
		if err != nil {
			t.Fatal(err)
		}
		stay := map[string]int{}
		for _, k := range l.([]any) {
			stay[k.(string)] = written[k.(string)]
			delete(written, k.(string))
		}
		eldest := slices.Min(slices.Collect(maps.Values(stay)))
		for key, at := range written {
			if at > eldest {
				t.Fatalf("step %d: %q of step %d went, and one of step %d is there", i, key, at, eldest)
			}
		}
		written = stay
	}
}
