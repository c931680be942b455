package conf

import (
	"cmp"
	"reflect"
	"strings"

	"weir/confparse"
)

// decoder fills the structs from the tree.
type decoder struct {
	findings
	env      overrides
	whole    confparse.Span // the main file as a whole
	places   places
	noEffect []confparse.Word // SRS's directives that mean nothing here
}

// places holds the directive that set a field, by the field's address.
type places map[any]*confparse.Directive

// of returns where the first of the fields, pointers, that the file sets was set:
// the value, or else the name; otherwise if it sets none.
func (p places) of(otherwise confparse.Span, fields ...any) confparse.Span {
	for _, field := range fields {
		if x := p[field]; x != nil && len(x.Args) > 0 {
			return x.Args[0].Span
		} else if x != nil {
			return x.Name.Span
		}
	}
	return otherwise
}

func (d *decoder) top(c *Config, list []*confparse.Directive) {
	v := reflect.ValueOf(c).Elem()
	v.Set(table.zero)
	d.override(table, v)
	d.block(table, v, list)
	d.required(table, v)
}

func (d *decoder) block(b *block, v reflect.Value, list []*confparse.Directive) {
	var missing unserved
	d.legacyVariables(b, &missing)
	for _, x := range list {
		if known := b.byName[x.Name.Value]; known != nil {
			d.directive(b, known, v, x)
		} else if row := srs[joinPath(b.path, x.Name.Value)]; row != nil {
			d.legacy(row, x, &missing)
		} else {
			d.unknown(b, x)
		}
	}
	d.absentBlocks(b, v)
	if enabled := v.FieldByName("Enabled"); !enabled.IsValid() || enabled.Bool() {
		d.unserved(missing)
	}
}

func (d *decoder) directive(b *block, known *dir, v reflect.Value, x *confparse.Directive) {
	if known.plain != nil && !x.HasBlock() {
		known = known.plain
	}
	field := v.FieldByIndex(known.index)
	key := field.Addr().Interface()
	d.enable(known, v)
	first := d.places[key]
	if o := d.env.byDir[first]; o != nil { // what is wrong in the file is said all the same
		o.over = cmp.Or(o.over, x)
		field = reflect.New(known.typ).Elem()
	} else if first != nil && !known.multi {
		d.duplicate(x, first)
		return
	} else {
		d.places[key] = x
	}
	switch {
	case known.block != nil:
		d.nested(known, field, x)
	case x.HasBlock(), x.Script != nil && !bindsHandler(known.elem()):
		d.errorf("E204", x.Name.Span, "%s takes no block", x.Name.Value).Hint = "usage: " + known.usage()
	default:
		if f := known.set(field, x); f != nil {
			d.fault(x, f)
		}
	}
}

// enable turns on the block that SRS 1 enabled by writing known outside it, unless
// it is turned off expressly.
func (d *decoder) enable(known *dir, v reflect.Value) {
	if known.enabled == nil {
		return
	}
	if on := v.FieldByIndex(known.enabled); d.places[on.Addr().Interface()] == nil {
		on.SetBool(true)
	}
}

func (d *decoder) fault(x *confparse.Directive, f *fault) {
	at := f.at
	if at.Start.IsZero() {
		at = x.Name.Span
	}
	d.errorf("E205", at, "%s %s", x.Name.Value, f.message).Hint = f.hint
}

// duplicate reports x. The first one wins as in SRS, whose shipped files repeat
// themselves; nothing is lost by being strict about what SRS does not have.
func (d *decoder) duplicate(x, first *confparse.Directive) {
	at, notes := x.Name.Span, noteAt(first.Name.Span, "first set here")
	if strings.HasPrefix(x.Name.Value, "js_") {
		d.errorf("E203", at, "%s is set twice", x.Name.Value).Notes = notes
		return
	}
	d.warnf("W203", at, "%s is set twice: the first one holds", x.Name.Value).Notes = notes
}

func (d *decoder) nested(known *dir, field reflect.Value, x *confparse.Directive) {
	if !x.HasBlock() {
		d.errorf("E206", x.Name.Span, "%s needs a block", x.Name.Value).Hint = "usage: " + known.usage()
		return
	}
	if known.multi {
		e := reflect.New(known.elem())
		e.Elem().Set(known.block.zero)
		field.Set(reflect.Append(field, e))
		field = e.Elem()
		d.override(known.block, field)
	}
	d.argument(known, field, x)
	if at := field.FieldByName("Span"); at.IsValid() {
		at.Set(reflect.ValueOf(x.Span))
	}
	d.block(known.block, field, x.Block)
}

// argument decodes what stands before a block.
func (d *decoder) argument(known *dir, v reflect.Value, x *confparse.Directive) {
	arg := known.block.arg
	want := 0
	if arg != nil {
		want = 1
	}
	if arg != nil && hasSyntax(arg.typ) {
		if f := arg.set(v.FieldByIndex(arg.index), x); f != nil {
			d.fault(x, f)
		}
		return
	}
	switch {
	case len(x.Args) < want || want == 1 && x.Args[0].Value == "":
		d.errorf("E207", x.Name.Span, "%s needs a name", x.Name.Value).Hint = "usage: " + known.usage()
	case len(x.Args) > want:
		d.errorf("E207", x.Args[want].Span, "%s takes %s before its block", x.Name.Value, [...]string{"nothing", "one name"}[want]).
			Hint = "usage: " + known.usage()
	}
	if arg != nil && len(x.Args) > 0 {
		v.FieldByIndex(arg.index).SetString(x.Args[0].Value)
	}
}

// required reports what the top level must have.
func (d *decoder) required(b *block, v reflect.Value) {
	for _, known := range b.dirs {
		if known.required && d.places[v.FieldByIndex(known.index).Addr().Interface()] == nil {
			d.errorf("E208", d.whole, "%s is missing", known.name).Hint = "usage: " + known.usage()
		}
	}
}
