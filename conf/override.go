package conf

import (
	"cmp"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"weir/confparse"
	"weir/js"
)

// Env is what the meaning of a file depends on besides files.
type Env struct {
	// Vars are the environment's variables, "NAME=value" as os.Environ lists them.
	// SRS_PATH=value overrides a directive as in SRS: SRS_HTTP_API_LISTEN is
	// http_api.listen, and SRS_VHOST_HLS_ENABLED is hls.enabled of every vhost. An
	// empty one is as good as none.
	Vars []string
	// MaxFiles is how many files the process may have open (RLIMIT_NOFILE); 0 is not known.
	MaxFiles uint64
	// Exports tells what modules export, as js.Exports does, for js_hooks. Nil: nothing
	// is known of them.
	Exports func(fsys fs.FS, files []string) []js.Exported
}

// override is a variable that is set.
type override struct {
	*variable
	value string
	as    *confparse.Directive // what it stands for
	over  *confparse.Directive // the first one of the file that it overrides; nil: none
	used  bool
}

// overrides are the variables that are set.
type overrides struct {
	list   []*override // by name
	byDir  map[*confparse.Directive]*override
	inside map[*block]bool // blocks that have one of SRS's alone in them, themselves included
}

func newOverrides(vars []string) overrides {
	e := overrides{byDir: map[*confparse.Directive]*override{}, inside: map[*block]bool{}}
	for _, text := range vars {
		name, value, _ := strings.Cut(text, "=")
		if v := variables[name]; v != nil && value != "" {
			o := &override{variable: v, value: value, as: v.directive(value)}
			e.list = append(e.list, o)
			e.byDir[o.as] = o
			if v.row != nil {
				e.inside[v.in] = true
			}
		}
	}
	slices.SortFunc(e.list, func(a, b *override) int { return cmp.Compare(a.name, b.name) })
	return e
}

// directive is what the file would say instead. Its place is the variable.
func (v *variable) directive(value string) *confparse.Directive {
	at := confparse.Pos{File: "$" + v.name, Line: 1, Col: 1}
	word := func(s string, after int) confparse.Word {
		start, end := at, at
		start.Col, start.Offset = at.Col+len([]rune(value[:after])), after
		end.Col, end.Offset = start.Col+len([]rune(s)), after+len(s)
		return confparse.Word{Value: s, Span: confparse.Span{Start: start, End: end}}
	}
	_, name := splitPath(v.path)
	whole := word(value, 0)
	x := &confparse.Directive{Name: confparse.Word{Value: name, Span: whole.Span}, Span: whole.Span}
	switch {
	case v.block:
		x.Block = []*confparse.Directive{{Name: confparse.Word{Value: "enabled"}, Args: []confparse.Word{whole}}}
	case v.known != nil && v.known.typ.Kind() == reflect.Slice:
		after := 0
		for _, s := range strings.Fields(value) {
			after += strings.Index(value[after:], s)
			x.Args = append(x.Args, word(s, after))
			after += len(s)
		}
	default:
		x.Args = []confparse.Word{whole}
	}
	return x
}

// override sets what variables set in b and the blocks in it, ahead of the file:
// the first one holds.
func (d *decoder) override(b *block, v reflect.Value) {
	for _, o := range d.env.list {
		if at, ok := fieldOf(b, v, o); ok {
			o.used = true
			d.directive(o.in, o.known, at, o.as)
		}
	}
}

// fieldOf returns the struct in v, which is of b, where o stands.
func fieldOf(b *block, v reflect.Value, o *override) (reflect.Value, bool) {
	if o.known == nil {
		return v, false
	}
	if o.in == b {
		return v, true
	}
	for _, known := range b.dirs {
		if known.block != nil && !known.multi {
			if at, ok := fieldOf(known.block, v.FieldByIndex(known.index), o); ok {
				return at, true
			}
		}
	}
	return v, false
}

// legacyVariables deals with the variables of what SRS has in b and weir has not.
func (d *decoder) legacyVariables(b *block, u *unserved) {
	if !d.env.inside[b] {
		return
	}
	for _, o := range d.env.list {
		if o.row != nil && o.in == b {
			d.legacy(o.row, o.as, u)
		}
	}
}

// absentBlocks visits the blocks that the file does not have and variables speak of.
func (d *decoder) absentBlocks(b *block, v reflect.Value) {
	if len(d.env.inside) == 0 {
		return
	}
	for _, known := range b.dirs {
		field := v.FieldByIndex(known.index)
		if known.block != nil && !known.multi && d.places[field.Addr().Interface()] == nil {
			d.block(known.block, field, nil)
		}
	}
}

// reportOverrides names each variable that has an effect.
func (d *decoder) reportOverrides() {
	for _, o := range d.env.list {
		if !o.used {
			continue
		}
		verb, at := "sets", o.as.Span
		at.End = at.Start // the value may be a secret
		var notes []confparse.Note
		if o.over != nil {
			verb, notes = "overrides", noteAt(o.over.Name.Span, "written here")
		}
		d.warnf("W410", at, "%s=%s %s %s", o.name, o.known.reveal(o.value), verb, o.path).Notes = notes
	}
}
