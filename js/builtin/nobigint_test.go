package builtin_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
)

// Whatever is built in is there without BigInt, too, as in the server's own process.
func TestWithoutBigInt(t *testing.T) {
	o := js.Options{
		Classes: hook.Classes(), Modules: builtin.Modules(builtin.Server{}), Host: &host{}, NoBigInt: true,
		Budget: js.Budget{Wall: time.Minute, CPU: time.Minute},
	}
	var body strings.Builder
	body.WriteString("const bad = []; const look = (name, f) => { try { f(); } catch (e) { bad.push(name + ': ' + e); } };\n")
	for _, m := range o.Modules {
		for _, name := range m.Globals {
			fmt.Fprintf(&body, "look('%s', () => globalThis['%[1]s']);\n", name)
		}
		if m.Name != "" && !strings.Contains(m.Name, ":") {
			fmt.Fprintf(&body, "await import('%s').catch((e) => bad.push('%[1]s: ' + e));\n", m.Name)
		}
	}
	body.WriteString("look('clone', () => structuredClone({ a: new Uint8Array(2) })); look('Buffer', () => Buffer.from('a').readInt8(0));\nreturn bad.join('\\n');")
	p, err := js.Compile(fstest.MapFS{}, []js.Source{{Unit: "v", Inline: []js.Inline{{ID: "all", Params: []string{"s"}, Body: body.String(), At: js.Place{File: "srs.conf", Line: 1, Col: 1}}}}}, o)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := js.NewPool(p, o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Inline: "all"}})
	if err != nil || r.Value != "" {
		t.Errorf("%v\n%v", r.Value, err)
	}
	if err := pool.Close(context.Background()); err != nil {
		t.Error(err)
	}
}
