package js

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sample is a program with all that a program has.
func sample(t testing.TB) *Program {
	t.Helper()
	at := func(line int) Place { return Place{"srs.conf", line, 3} }
	imports := []Import{{Name: "m", File: "m.ts", At: at(1)}, {Name: "not-a-name", File: "lib.js", At: at(2)}}
	p, err := Compile(fstest.MapFS{
		"m.ts":   {Data: []byte("import { twice } from './lib.js';\nexport const f = (n: number) => twice(n);\nexport const no = () => { throw new Error('no') }")},
		"lib.js": {Data: []byte("export const twice = (n) => 2 * n")},
	}, []Source{
		{Unit: "a", Imports: imports, Uses: []Use{{Func: Func{Module: "m", Name: "f"}, At: at(3)}}, VM: PerDirective, Workers: 3},
		{Unit: "b", Imports: imports, Inline: []Inline{{ID: "in", Params: []string{"n"}, Sync: true, Body: "return m.f(n)", At: at(4)}}},
		{Unit: "c", Imports: imports[:1], VM: Shared, Uses: []Use{{Func: Func{Module: "m", Name: "gone"}, Sync: true, At: at(5)}}},
		{Unit: "d", Imports: imports[1:], VM: Shared},
		{Unit: "e", Inline: []Inline{{ID: "in", Body: "throw new Error('e')", At: at(6)}}, VM: PerCall},
	}, Options{})
	if err == nil {
		t.Fatal("the missing export was not found")
	}
	return p
}

// outcomes are what a program does.
func outcomes(t *testing.T, p *Program) []any {
	t.Helper()
	pool, err := NewPool(p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close(t.Context()) //nolint:errcheck // nothing runs
	var l []any
	for _, c := range []Call{
		{Unit: "a", Func: Func{Module: "m", Name: "f"}},
		{Unit: "a", Func: Func{Module: "m", Name: "no"}},
		{Unit: "a", Func: Func{Module: "not-a-name", Name: "twice"}},
		{Unit: "b", Func: Func{Inline: "in"}},
		{Unit: "c", Func: Func{Module: "m", Name: "f"}},
		{Unit: "d", Func: Func{Module: "not-a-name", Name: "twice"}},
		{Unit: "e", Func: Func{Inline: "in"}},
		{Unit: "f"},
		{Unit: "a", Func: Func{Module: "x", Name: "y"}},
	} {
		c.Args, c.Budget = []Value{int64(2)}, Budget{time.Minute, time.Minute}
		r, err := pool.Call(t.Context(), c)
		l = append(l, r.Value, traits(err))
	}
	return append(l, traits(Inspect(t.Context(), p, Options{})))
}

func TestProgramEncoding(t *testing.T) {
	p := sample(t)
	b, err := AppendProgram(nil, p)
	if err != nil {
		t.Fatal(err)
	}
	got, err := DecodeProgram(b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(outcomes(t, p), outcomes(t, got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	again, err := AppendProgram(nil, got)
	if err != nil || string(again) != string(b) {
		t.Errorf("encoded again it differs: %v", err)
	}
}

func FuzzDecodeProgram(f *testing.F) {
	b, err := AppendProgram(nil, sample(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := DecodeProgram(b)
		if err != nil {
			return
		}
		for _, u := range p.units {
			u.at(Func{Module: "m", Name: "f"})
			u.place("m.ts", 1, 1)
			u.names.find("m")
		}
		if _, err := AppendProgram(nil, p); err != nil {
			t.Fatal(err)
		}
	})
}
