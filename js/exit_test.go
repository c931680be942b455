package js_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// ending is a module that says what scripts gave to it at the end of their VM: all of
// that "loop" does not let it come to, and then it throws what is "throw".
var ending = js.Module{
	Name: "ending", Exit: "exit",
	Source: `exports.say = native.say; const names = []; exports.bye = (n) => { names.push(n); };
		exports.exit = () => { for (const n of names.splice(0)) { native.say('bye ' + n); while (n === 'loop'); if (n === 'throw') throw new RangeError('late'); } };`,
	Natives: saying(logging)[0].Natives,
}

// What scripts have registered for their VM's end runs at that, once, and no timer
// after it; in no VM that registered nothing, or that broke.
func TestExit(t *testing.T) {
	const script = `import { bye, say } from 'ending';
		export const a = (name) => { bye(name); setInterval(() => say('tick'), 1); };
		export const once = bye, none = () => {};
		export const stuck = (name) => { bye(name); for (;;); };`
	tests := []struct {
		name  string
		vm    js.Model
		calls []js.Call
		want  []string
	}{
		{"of a unit", js.PerUnit, []js.Call{export("a", "x"), export("a", "y")}, []string{"bye x", "bye y"}},
		{"of units", js.PerUnit, []js.Call{export("a", "x"), of("w", export("a", "y"))}, []string{"bye x", "bye y"}},
		{"of units that share it", js.Shared, []js.Call{export("a", "x"), of("w", export("a", "y"))}, []string{"bye x", "bye y"}},
		{"of none", js.PerUnit, nil, nil},
		{"of those without", js.PerUnit, []js.Call{export("none")}, nil},
		{"which throws", js.PerUnit, []js.Call{export("a", "throw")}, []string{"RangeError: late", "bye throw"}},
		{"which does not end", js.PerUnit, []js.Call{export("a", "loop")}, []string{"bye loop", "script ran longer than its CPU limit"}},
		{"which broke", js.PerUnit, []js.Call{export("stuck", "x")}, nil},
		{"of a call", js.PerCall, []js.Call{export("once", "x"), export("once", "y"), export("none")}, []string{"bye x", "bye y"}},
	}
	for _, loop := range []bool{false, true} {
		for _, tt := range tests {
			host := newRecorder()
			v, w := hooks(), hooks()
			w.Unit = "w"
			v.VM, w.VM = tt.vm, tt.vm
			o := js.Options{Host: host, Modules: []js.Module{ending}}
			program, err := js.Compile(files("hooks.js", script), []js.Source{v, w}, o)
			if err != nil {
				t.Fatal(err)
			}
			var p js.Caller
			if loop {
				p, err = newLooped(program, o)
			} else {
				p, err = js.NewPool(program, o)
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range tt.calls {
				_, _ = p.Call(t.Context(), c) // stuck fails
			}
			if err := p.Close(t.Context()); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(tt.want, said(host.logged())); diff != "" {
				t.Errorf("%s, loop %v (-want +got):\n%s", tt.name, loop, diff)
			}
		}
	}
}

// said are the messages of a log, in order, without the places of faults.
func said(lines []string) []string {
	var list []string
	for _, l := range lines {
		if strings.HasSuffix(l, " tick") {
			continue
		}
		l = l[strings.Index(l, " ")+3:] // behind the session and the level
		if i := strings.LastIndex(l, ":1:"); i >= 0 {
			_, l, _ = strings.Cut(l[i:], " ")
		}
		if l == js.ErrClosed.Error() {
			l = js.ErrCPU.Error() // a machine under load: the close had waited long enough first
		}
		list = append(list, l)
	}
	slices.Sort(list)
	return list
}
