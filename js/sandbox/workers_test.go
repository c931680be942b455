package sandbox

import (
	"strings"
	"testing"
)

func TestCallsRunInWorker(t *testing.T) {
	s := start(t, `
		let n = 0;
		export function count(by) { return n += by; }
		export async function later(v) { await new Promise(go => setTimeout(go, 5)); return v; }
		export function fail() { throw new RangeError('no'); }
	`)
	for want := range int64(3) {
		if v, err := do(t, s, "a", "count", int64(1)); err != nil || v != want+1 {
			t.Fatalf("%v, %v, want %d", v, err, want+1)
		}
	}
	if v, err := do(t, s, "b", "later", "x"); err != nil || v != "x" {
		t.Errorf("%v, %v, want x", v, err)
	}
	if _, err := do(t, s, "b", "fail"); err == nil || err.Error() != "m.js:5:34: RangeError: no" {
		t.Errorf("%v, want the exception with its place", err)
	}
}

func TestWorkerHasNothing(t *testing.T) {
	s := start(t, `
		import escapes from 'escapes';
		export function all() { return Object.fromEntries(['read', 'write', 'list', 'tcp', 'udp', 'exec', 'kill', 'environment', 'descriptors'].map(n => [n, escapes[n]()])); }
	`)
	v, err := do(t, s, "a", "all")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range v.(map[string]any) {
		t.Log(name, ": ", text)
		switch name {
		case "environment":
			if text != ";" {
				t.Errorf("environment: %v", text)
			}
		default:
			if s, ok := text.(string); !ok || name != "descriptors" && !strings.Contains(s, "permi") {
				t.Errorf("%s: %v, want that it is not permitted", name, text)
			}
		}
	}
}
