package js

import "slices"

// DecodeProgram reads what AppendProgram wrote, all of b. What it makes is
// compiled when it is run.
func DecodeProgram(b []byte) (*Program, error) {
	r := programReader{decoder: decoder{b: b}}
	r.bundles = readAll(&r, r.bundle)
	r.objects = readAll(&r, func() *preload { return newPreload(r.text()) })
	r.modules = readAll(&r, r.module)
	p := &Program{units: map[string]*unitProgram{}}
	p.modules = r.modules[:r.upTo(len(r.modules))]
	r.inline = readAll(&r, r.inlineProgram)
	r.units = readAll(&r, r.unit)
	for range r.count() {
		name := r.text()
		p.units[name] = pick(&r, r.units)
	}
	return p, r.end()
}

// programReader has the pieces of a program that were read.
type programReader struct {
	decoder
	bundles []*bundle
	objects []*preload
	modules []*modules
	inline  []*inlineProgram
	units   []*unitProgram
}

func readAll[T any](r *programReader, read func() T) []T {
	var l []T
	for range r.count() {
		v := read()
		if r.err != nil {
			return nil
		}
		l = append(l, v)
	}
	return l
}

// upTo is a number that is at most n.
func (r *programReader) upTo(n int) int {
	i := r.number()
	if i > n {
		r.fail(errMalformed)
		return 0
	}
	return i
}

// pick is one of l, by its index.
func pick[T any](r *programReader, l []T) (v T) {
	if i := r.upTo(len(l) - 1); r.err == nil && i < len(l) {
		return l[i]
	}
	return v
}

func (r *programReader) bundle() *bundle {
	return newBundle(r.text(), []byte(r.text()), r.texts())
}

func (r *programReader) module() *modules {
	m := &modules{}
	if r.has() {
		m.bundle = pick(r, r.bundles)
	}
	m.preloads = readAll(r, func() namedPreload { return namedPreload{r.text(), pick(r, r.objects)} })
	m.uses = readAll(r, func() namedUse { return namedUse{r.names(), r.use()} })
	return m
}

func (r *programReader) inlineProgram() *inlineProgram {
	in := Inline{ID: r.text(), Params: r.texts(), Sync: r.has(), Body: r.text(), At: r.place()}
	i := newInline(in, r.scope())
	if r.has() {
		i.lowered = &lowered{r.text(), []byte(r.text())}
	}
	return i
}

func (r *programReader) unit() *unitProgram {
	u := &unitProgram{
		modules: pick(r, r.modules),
		names:   r.names(),
		inline:  readAll(r, func() *inlineProgram { return pick(r, r.inline) }),
		uses:    readAll(r, r.use),
		model:   Model(r.upTo(int(PerCall))),
		workers: r.number(),
	}
	for _, i := range u.inline {
		r.within(i, u.names)
	}
	return u
}

// within checks that the imports that an inline script sees are among the unit's.
func (r *programReader) within(i *inlineProgram, n names) {
	if i != nil && len(i.scope.imports) > 0 && slices.Max(i.scope.imports) >= len(n.index) {
		r.fail(errMalformed)
	}
}

func (r *programReader) names() names {
	n := names{list: r.texts(), index: r.numbers(), scope: r.scope()}
	if len(n.list) != len(n.index) {
		r.fail(errMalformed)
	}
	return n
}

func (r *programReader) scope() scope {
	s := scope{names: r.texts(), imports: r.numbers()}
	if len(s.names) != len(s.imports) {
		r.fail(errMalformed)
	}
	return s
}

func (r *programReader) use() Use {
	return Use{
		Func: Func{Module: r.text(), Name: r.text(), Inline: r.text()},
		Sync: r.has(), At: r.place(),
	}
}

func (r *programReader) place() Place {
	return Place{File: r.text(), Line: r.number(), Col: r.number()}
}

func (r *programReader) texts() []string { return readAll(r, r.text) }

func (r *programReader) numbers() []int { return readAll(r, r.number) }
