package js_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func preload(name, file string) js.Preload {
	return js.Preload{Name: name, File: file, Dirs: []string{"data", "."}, At: place("srs.conf", 2, 19)}
}

func TestPreload(t *testing.T) {
	large := `{"list": [` + strings.Repeat(`{"a": 1}, `, 10_000) + `{"last": true}]}`
	modules := files("data/limits.json", "\ufeff"+`{"z": 1, "a": {"list": [1, 2.5, "x", null, {"deep": true}], "__proto__": 7}, "2": 0}`, "large.json", large,
		"hooks.js", "export const top = limits.a.list[1]")
	s := hooks()
	s.Preloads = []js.Preload{preload("limits", "limits.json"), preload("big", "large.json")}
	tests := []struct {
		body string
		want js.Value
	}{
		{"return JSON.stringify(limits)", `{"2":0,"z":1,"a":{"list":[1,2.5,"x",null,{"deep":true}],"__proto__":7}}`},
		{"return hooks.top", 2.5},
		{"return limits === limits && Array.isArray(limits.a.list) && Object.isFrozen(limits.a.list[4])", true},
		{"limits.z = 2", "TypeError: Cannot assign to read only property 'z'"},
		{"limits.a.list.push(1)", "TypeError: Cannot add property 5, object is not extensible"},
		{"delete limits.a", "TypeError: Cannot delete property 'a' of [object Object]"},
		{"limits = {}", "TypeError: Cannot assign to read only property 'limits'"},
		{"return Object.keys(globalThis).includes('limits')", false},
		{"return big.list.at(-1).last && big.list.length", int64(10_001)},
	}
	for i, tt := range tests {
		s.Inline = append(s.Inline, js.Inline{ID: string(rune('a' + i)), Body: "try { " + tt.body + " } catch (e) { return String(e) }", At: place("srs.conf", i+1, 1)})
	}
	program := compile(t, modules, s)
	wire, err := js.AppendProgram(nil, program)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := js.DecodeProgram(wire)
	if err != nil {
		t.Fatal(err)
	}
	for name, program := range map[string]*js.Program{"compiled": program, "decoded": decoded} {
		p := pool(t, program, js.Options{})
		for i, tt := range tests {
			r, err := p.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Inline: string(rune('a' + i))}})
			if err != nil || r.Value != tt.want {
				t.Errorf("%s: %s = %v, %v, want %v", name, tt.body, r.Value, err, tt.want)
			}
		}
	}
	var looked []string
	for _, f := range program.Files() {
		looked = append(looked, f.Name)
	}
	if diff := cmp.Diff([]string{"data/large.json", "data/limits.json", "hooks.js", "large.json"}, looked); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestFaultsOfPreloads(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"missing", "", `srs.conf:2:19: object "o.json": not found`},
		{"broken", "{\n  \"é\": 1,,\n}", `o.json:2:10: broken JSON: invalid character ',' looking for beginning of object key string`},
		{"cut", "{\n  \"a\": [1,\n", `o.json:2:11: broken JSON: unexpected end of JSON input`},
		{"two values", "{} {}", `o.json:1:4: broken JSON: invalid character '{' after top-level value`},
		{"deep", strings.Repeat("[", 1000) + strings.Repeat("]", 1000), `o.json:1:1: JSON is nested too deep`},
		{"large", strings.Repeat(" ", 9<<20), `srs.conf:2:19: object "o.json": o.json is larger than 8388608 bytes`},
	}
	for _, tt := range tests {
		s := inline("return 1")
		s.Preloads = []js.Preload{preload("o", "o.json")}
		fsys := files("o.json", tt.text)
		if tt.text == "" {
			fsys = files()
		}
		if diff := cmp.Diff([]string{tt.want}, faults(t, fsys, s, named("w", s))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Units that share a VM have their objects in common.
func TestPreloadsOfSharedVM(t *testing.T) {
	a, b := inline("return typeof one + one.n + two.n"), inline("return two.n")
	a.VM, b.VM, b.Unit = js.Shared, js.Shared, "w"
	a.Preloads = []js.Preload{preload("one", "1.json")}
	b.Preloads = []js.Preload{preload("one", "1.json"), preload("two", "2.json")}
	fsys := files("1.json", `{"n": 1}`, "2.json", `{"n": 2}`)
	p := pool(t, compile(t, fsys, a, b), js.Options{})
	r, err := p.Call(t.Context(), block())
	if err != nil || r.Value != "object12" {
		t.Errorf("Call = %v, %v", r.Value, err)
	}
	b.Preloads[0].File = "2.json"
	want := []string{`srs.conf:2:19: another object is named "one" in the VM that vhosts share`}
	if diff := cmp.Diff(want, faults(t, fsys, a, b)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
