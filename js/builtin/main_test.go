package builtin_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
	"weir/js/shared"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // which expected dates are written in
	// The regular expressions of the engine keep a clock, which ends by itself.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/dlclark/regexp2/v2.runClock"))
}

// host is a server that keeps what scripts log, and holds dictionaries.
type host struct {
	dicts *shared.Dicts
	env   map[string]any

	mu  sync.Mutex
	log []string
}

func (h *host) Log(_ js.Origin, l js.Level, message string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.log = append(h.log, fmt.Sprintf("%d %s", l, message))
}

func (h *host) taken() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	l := h.log
	h.log = nil
	return l
}

func (h *host) Ask(_ context.Context, _ js.Origin, op string, args []js.Value) (js.Value, error) {
	if op == "env" && h.env != nil {
		return h.env, nil
	}
	if op != "dict" {
		return nil, fmt.Errorf("%s: not asked for in these tests", op)
	}
	return h.dicts.Answer("v", args)
}

// newPool has a module m with the given text. Each export is a handler.
func newPool(t testing.TB, h *host, module string) *js.Pool {
	t.Helper()
	fsys := fstest.MapFS{"m.js": &fstest.MapFile{Data: []byte(module)}}
	o := js.Options{
		Classes: hook.Classes(),
		Modules: append(builtin.Modules(builtin.Server{Version: "1.2.3", Prefix: "/srv", ConfFile: "/etc/weir/srs.conf"}),
			js.Module{Name: "inspect", Source: "module.exports = require('weir:inspect');"}),
		Host:   h,
		Budget: js.Budget{Wall: time.Minute, CPU: time.Minute}, // timing decides nothing here
	}
	p, err := js.Compile(fsys, []js.Source{{Unit: "v", Imports: []js.Import{{Name: "m", File: "m.js", Dirs: []string{"."}}}}}, o)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := js.NewPool(p, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := pool.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return pool
}

// check is an expression and what it is to be: what it throws is
// "TypeError: message".
type check struct {
	name, expr string
	want       js.Value
}

// evaluate runs the expressions in one VM, in order, with the preamble ahead.
func evaluate(t *testing.T, h *host, preamble string, checks []check) {
	t.Helper()
	module := preamble + "\nexport const all = [\n"
	for _, c := range checks {
		module += "() => (" + c.expr + "),\n"
	}
	module += "];\nexport function run(i) { try { return all[i](); } catch (e) { return `${e.name}: ${e.message}`; } }\n"
	pool := newPool(t, h, module)
	for i, c := range checks {
		r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}, Args: []js.Value{int64(i)}})
		if err != nil {
			t.Errorf("%s: %v", c.expr, err)
		}
		if diff := cmp.Diff(c.want, r.Value); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.name, c.expr, diff)
		}
	}
}
