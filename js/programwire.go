package js

import (
	"fmt"
	"maps"
	"slices"
)

// AppendProgram appends the encoding of a program, for a process that is to run
// or inspect it: texts, source maps and names. What units share is encoded once.
// Program.Files and Program.Warnings stay behind. It fails on programs larger than MaxSize.
func AppendProgram(b []byte, p *Program) ([]byte, error) {
	w := programWriter{encoder: encoder{b: b, limit: len(b) + MaxSize}}
	units := slices.Sorted(maps.Keys(p.units))
	for _, m := range p.modules { // the first ones
		w.modules.index(m)
	}
	for _, name := range units {
		w.add(p.units[name])
	}
	for _, m := range w.modules.list {
		for _, o := range m.preloads {
			w.objects.index(o.preload)
		}
	}
	writeAll(&w, w.bundles.list, w.bundle)
	writeAll(&w, w.objects.list, func(o *preload) { w.text(o.text) })
	writeAll(&w, w.modules.list, w.module)
	w.count(len(p.modules))
	writeAll(&w, w.inline.list, w.inlineProgram)
	writeAll(&w, w.units.list, w.unit)
	writeAll(&w, units, func(name string) {
		w.text(name)
		w.count(w.units.index(p.units[name]))
	})
	if w.err != nil {
		return nil, fmt.Errorf("encode scripts: %w", w.err)
	}
	return w.b, nil
}

// programWriter has the pieces of a program, each once.
type programWriter struct {
	encoder
	bundles table[*bundle]
	objects table[*preload]
	modules table[*modules]
	inline  table[*inlineProgram]
	units   table[*unitProgram]
}

// table numbers things in the order in which they come.
type table[T comparable] struct {
	list []T
	at   map[T]int
}

func (t *table[T]) index(v T) int {
	i, ok := t.at[v]
	if !ok {
		if t.at == nil {
			t.at = map[T]int{}
		}
		i = len(t.list)
		t.at[v] = i
		t.list = append(t.list, v)
	}
	return i
}

func writeAll[T any](w *programWriter, l []T, write func(T)) {
	w.count(len(l))
	for _, v := range l {
		write(v)
	}
}

func (w *programWriter) add(u *unitProgram) {
	w.units.index(u)
	w.modules.index(u.modules)
	if u.bundle != nil {
		w.bundles.index(u.bundle)
	}
	for _, i := range u.inline {
		w.inline.index(i)
	}
}

func (w *programWriter) bundle(b *bundle) {
	w.text(b.code)
	w.text(string(b.mapping))
	w.texts(b.sources)
}

func (w *programWriter) module(m *modules) {
	if w.has(m.bundle != nil) {
		w.count(w.bundles.index(m.bundle))
	}
	writeAll(w, m.preloads, func(o namedPreload) {
		w.text(o.name)
		w.count(w.objects.index(o.preload))
	})
	writeAll(w, m.uses, func(u namedUse) {
		w.names(u.names)
		w.use(u.Use)
	})
}

func (w *programWriter) inlineProgram(i *inlineProgram) {
	w.text(i.ID)
	w.texts(i.Params)
	w.has(i.Sync)
	w.text(i.Body)
	w.place(i.At)
	w.texts(i.scope.names)
	w.numbers(i.scope.imports)
	if w.has(i.lowered != nil) {
		w.text(i.lowered.code)
		w.text(string(i.lowered.mapping))
	}
}

func (w *programWriter) unit(u *unitProgram) {
	w.count(w.modules.index(u.modules))
	w.names(u.names)
	writeAll(w, u.inline, func(i *inlineProgram) { w.count(w.inline.index(i)) })
	writeAll(w, u.uses, w.use)
	w.count(int(u.model))
	w.count(max(u.workers, 0))
}

func (w *programWriter) names(n names) {
	w.texts(n.list)
	w.numbers(n.index)
	w.texts(n.scope.names)
	w.numbers(n.scope.imports)
}

func (w *programWriter) use(u Use) {
	for _, s := range []string{u.Func.Module, u.Func.Name, u.Func.Inline} {
		w.text(s)
	}
	w.has(u.Sync)
	w.place(u.At)
}

func (w *programWriter) place(p Place) {
	w.text(p.File)
	w.count(max(p.Line, 0))
	w.count(max(p.Col, 0))
}

func (w *programWriter) texts(l []string) { writeAll(w, l, w.text) }

func (w *programWriter) numbers(l []int) { writeAll(w, l, func(n int) { w.count(max(n, 0)) }) }
