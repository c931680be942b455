package shared

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"weir/js"
)

func stateFile(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// once runs the zones' keeper for one round.
func once(t *testing.T, d *Dicts) {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	end()
	d.Run(ctx, func(zone string, err error) { t.Errorf("zone %s: %v", zone, err) })
}

// What a zone holds is there again after a restart.
func TestStateIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		zones := []Zone{
			{Name: "words", Size: 1 << 20, State: filepath.Join(dir, "words")},
			{Name: "numbers", Size: MinSize, Type: numberType, State: filepath.Join(dir, "numbers")},
			{Name: "aging", Size: MinSize, Timeout: time.Minute, State: filepath.Join(dir, "aging")},
		}
		d := newDicts(t, zones...)
		once(t, d)
		if _, err := os.Stat(zones[0].State); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a zone that did not change was written: %v", err)
		}
		want := map[string]js.Value{"": "", "quo\"te\\": "<&>\u2028\x01ü😀", "long": strings.Repeat("long", 5000)}
		for i := range 500 {
			want[fmt.Sprint("key", i)] = fmt.Sprint(i)
		}
		for k, v := range want {
			run(t, d, "words", does("set", k, v))
		}
		run(t, d, "numbers",
			does("set", "pi", math.Pi), does("set", "nan", math.NaN()), does("set", "up", math.Inf(1)), does("set", "down", math.Inf(-1)), does("set", "big", 1e300))
		run(t, d, "aging", does("set", "short", "s", int64(1000)), does("set", "long", "l"))
		once(t, d)
		left, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(left) != 3 {
			t.Errorf("files: %v, %v, want three", left, err)
		}

		time.Sleep(time.Second)
		d = newDicts(t, zones...)
		if diff := cmp.Diff(want, all(t, d, "words")); diff != "" {
			t.Errorf("words (-want +got):\n%s", diff)
		}
		numbers := map[string]js.Value{"pi": math.Pi, "nan": math.NaN(), "up": math.Inf(1), "down": math.Inf(-1), "big": 1e300}
		if diff := cmp.Diff(numbers, all(t, d, "numbers"), cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("numbers (-want +got):\n%s", diff)
		}
		run(t, d, "aging", does("has", "short").gives(false), does("ttl", "long").gives(int64(59_000)))

		run(t, d, "words", does("clear"))
		once(t, d)
		if text, err := os.ReadFile(zones[0].State); string(text) != "{}\n" || err != nil {
			t.Errorf("of an empty zone: %q, %v", text, err)
		}
	})
}

func all(t *testing.T, d *Dicts, zone string) map[string]js.Value {
	t.Helper()
	l, err := d.Do("", zone, "items", []js.Value{int64(1 << 20)})
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]js.Value{}
	for _, i := range l.([]any) {
		m[i.([]any)[0].(string)] = i.([]any)[1]
	}
	return m
}

// The text is njs's, also where it is laid out by hand.
func TestStateOfOthers(t *testing.T) {
	later := time.Now().Add(time.Hour).UnixMilli()
	for _, tt := range []struct {
		name, text string
		zone       Zone
		want       map[string]js.Value
	}{
		{"strings", `{"a":{"value":"A"},"b":{"value":"\u00fc"}}`, Zone{}, map[string]js.Value{"a": "A", "b": "ü"}},
		{"numbers", "\n{ \"a\" :\t{ \"value\" : 1e3 } }\n", Zone{Type: numberType}, map[string]js.Value{"a": 1000.0}},
		{"times", fmt.Sprintf(`{"a":{"value":"A","expire":%d},"b":{"value":"B","expire":1000},"c":{"expire":0,"value":"C"}}`, later), Zone{Timeout: time.Minute}, map[string]js.Value{"a": "A", "c": "C"}},
		{"times without a timeout", `{"a":{"value":"A","expire":1}}`, Zone{}, map[string]js.Value{"a": "A"}},
		{"more than the zone knows", `{"a":{"value":"A","hits":7,"by":"me"}}`, Zone{}, map[string]js.Value{"a": "A"}},
		{"none", "{}", Zone{}, map[string]js.Value{}},
		{"empty", "", Zone{}, map[string]js.Value{}},
	} {
		z := tt.zone
		z.Name, z.Size, z.State = "z", MinSize, stateFile(t, tt.text)
		if err := CheckState(z); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, all(t, newDicts(t, z), "z")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// A file that cannot be read is an error at the start, and stays as it is.
func TestBrokenStateIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
		zone             Zone
	}{
		{"no object", `[1]`, "near byte 1: it is not a JSON object", Zone{}},
		{"cut off", `{"a":{"value":"A"},"b"`, "near byte 22: ", Zone{}},
		{"no JSON", `{a:1}`, "near byte 1: ", Zone{}},
		{"no entry", `{"a":"A"}`, `key "a"`, Zone{}},
		{"no value", `{"a":{"expire":1}}`, `key "a": it has no value`, Zone{}},
		{"a number", `{"a":{"value":1}}`, `key "a": its value is not a string`, Zone{}},
		{"a string", `{"a":{"value":"1"}}`, `key "a": its value is not a number`, Zone{Type: numberType}},
		{"an object", `{"a":{"value":{}}}`, `key "a": its value is not a string`, Zone{}},
		{"twice", `{"a":{"value":"1"},"a":{"value":"2"}}`, `the key "a" is there twice`, Zone{}},
		{"more", `{} {}`, "there is more after the object", Zone{}},
		{"too much", `{"a":{"value":"` + strings.Repeat("x", 40_000) + `"}}`, `key "a": the zone is too small for it`, Zone{}},
		{"far too much", `{"a":{"value":"` + strings.Repeat("x", 300_000) + `"}}`, "it has more than 262144 bytes, and the zone has 32768", Zone{}},
	} {
		z := tt.zone
		z.Name, z.Size, z.State = "z", MinSize, stateFile(t, tt.text)
		_, made := New([]Zone{z})
		for what, err := range map[string]error{"New": made, "CheckState": CheckState(z)} {
			if err == nil || !strings.Contains(err.Error(), `dictionary "z": state file `+z.State+": ") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %s: %v, want %s", tt.name, what, err, tt.want)
			}
		}
		if text, err := os.ReadFile(z.State); string(text) != tt.text || err != nil {
			t.Errorf("%s: the file was touched: %q, %v", tt.name, text, err)
		}
	}
	z := Zone{Name: "z", Size: MinSize, State: t.TempDir()}
	if err := CheckState(z); err == nil {
		t.Error("a directory is a state file")
	}
}

// A zone that was emptied because it was damaged gets back what was saved; while
// that cannot be read it is not written over.
func TestDamagedZoneIsRestored(t *testing.T) {
	z := Zone{Name: "z", Size: MinSize, State: stateFile(t, "")}
	d := newDicts(t, z)
	run(t, d, "z", does("set", "a", "A"), does("set", "b", "B"))
	once(t, d)
	damage := func() {
		d.zones[0].store(wordUsed, math.MaxUint32)
		run(t, d, "z", does("set", "x", "X").throws("Error", `shared dict "z" was damaged, and was emptied`))
	}
	damage()
	run(t, d, "z", does("set", "b", "new"))
	tend := func() error {
		var errs []error
		ctx, end := context.WithCancel(t.Context())
		end()
		d.Run(ctx, func(_ string, err error) { errs = append(errs, err) })
		return errors.Join(errs...)
	}
	if err := tend(); !errors.Is(err, errDamaged) {
		t.Errorf("reported: %v", err)
	}
	if diff := cmp.Diff(map[string]js.Value{"a": "A", "b": "new"}, all(t, d, "z")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := os.WriteFile(z.State, []byte("by hand {"), 0o600); err != nil {
		t.Fatal(err)
	}
	damage()
	run(t, d, "z", does("set", "c", "C"))
	if err := tend(); err == nil || !strings.Contains(err.Error(), "state file") {
		t.Errorf("reported: %v", err)
	}
	once(t, d)
	if text, err := os.ReadFile(z.State); string(text) != "by hand {" || err != nil {
		t.Errorf("the file: %q, %v", text, err)
	}
}

// A file that cannot be written is said once, and written when it can be.
func TestSavingIsTriedAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	synctest.Test(t, func(t *testing.T) {
		d := newDicts(t, Zone{Name: "z", Size: MinSize, State: filepath.Join(dir, "state")})
		ctx, end := context.WithCancel(t.Context())
		var said []error
		done := make(chan struct{})
		go func() {
			d.Run(ctx, func(_ string, err error) { said = append(said, err) })
			close(done)
		}()
		run(t, d, "z", does("set", "a", "A"))
		time.Sleep(5500 * time.Millisecond)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if text, err := os.ReadFile(filepath.Join(dir, "state")); string(text) != "{\n\"a\":{\"value\":\"A\"}\n}\n" || err != nil {
			t.Errorf("the file: %q, %v", text, err)
		}
		end()
		<-done
		if len(said) != 1 || !errors.Is(said[0], os.ErrNotExist) {
			t.Errorf("said: %v", said)
		}
	})
}

func FuzzState(f *testing.F) {
	f.Add([]byte(`{"a":{"value":"A","expire":1e300},"b":{"value":2}}`))
	f.Add([]byte(`{"a":{"value":"NaN"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, z := range []Zone{{Name: "s", Size: MinSize, Timeout: time.Hour}, {Name: "n", Size: MinSize, Type: numberType}} {
			z.State = stateFile(t, string(text))
			d, err := New([]Zone{z})
			if checked := CheckState(z); err == nil && checked != nil {
				t.Errorf("it was read, and the check says: %v", checked)
			}
			if err != nil {
				continue
			}
			verify(t, d.zones[0])
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

// A link that scripts may have put where the state file is made leads nowhere.
func TestStateFileFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	other, state := filepath.Join(dir, "other"), filepath.Join(dir, "z.json")
	if err := os.WriteFile(other, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, state+".tmp"); err != nil {
		t.Fatal(err)
	}
	d := newDicts(t, Zone{Name: "z", Size: MinSize, State: state})
	if _, err := d.Do("v", "z", "set", []js.Value{"k", "v"}); err != nil {
		t.Fatal(err)
	}
	if err := d.zones[0].save(); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(other); string(b) != "kept" || err != nil {
		t.Errorf("the other file is %q, %v", b, err)
	}
	if info, err := os.Lstat(state); err != nil || !info.Mode().IsRegular() {
		t.Errorf("the state file is %v, %v", info, err)
	}
}
