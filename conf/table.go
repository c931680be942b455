package conf

import (
	"fmt"
	"reflect"
	"strings"
)

// table is the directive table: Config's struct, compiled.
var table = compile(reflect.TypeFor[Config](), "", "weir")

// block is a level of the configuration: the top one, or what stands in a block.
type block struct {
	path   string // "vhost.hls"; "" for the top level
	dirs   []*dir // in the struct's order
	byName map[string]*dir
	arg    *dir          // what stands before the block; nil: nothing
	zero   reflect.Value // the struct with its defaults
}

// dir is a directive.
type dir struct {
	tag
	field   string // "HLS.Fragment": where its comment is
	typ     reflect.Type
	index   []int  // of the field in the block's struct
	block   *block // nil without one
	enabled []int  // of the "enabled" that setting this turns on
	plain   *dir   // what the name means without a block, if it may stand without one
}

func compile(t reflect.Type, path, pkg string) *block {
	b := &block{path: path, byName: map[string]*dir{}, zero: reflect.New(t).Elem()}
	b.addFields(t, nil, pkg)
	for _, d := range b.dirs {
		d.setDefault(b.zero.FieldByIndex(d.index))
	}
	return b
}

func (b *block) addFields(t reflect.Type, at []int, pkg string) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), at...), i)
		if f.Anonymous {
			b.addFields(f.Type, index, pkg)
			continue
		}
		if text := f.Tag.Get("conf"); text != "-" {
			b.add(&dir{tag: parseTag(text, pkg), field: t.Name() + "." + f.Name, typ: f.Type, index: index})
		}
	}
}

func (b *block) add(d *dir) {
	if d.arg {
		b.arg = d
		return
	}
	if inner := d.elem(); inner.Kind() == reflect.Struct && !hasSyntax(inner) {
		d.block = compile(inner, b.join(d.name), d.pkg)
	}
	b.dirs = append(b.dirs, d)
	b.name(d.name, d)
	for _, twin := range d.twins {
		b.name(twin, d)
	}
	for _, alias := range d.aliases {
		if !strings.HasPrefix(alias, "../") {
			b.name(alias, d)
		}
	}
	if d.block != nil && !d.multi {
		b.addMoved(d)
	}
}

// addMoved gives b the names that directives of d's block had in SRS when they
// stood in b.
func (b *block) addMoved(d *dir) {
	for _, inner := range d.block.dirs {
		for _, alias := range inner.aliases {
			if name, ok := strings.CutPrefix(alias, "../"); ok {
				moved := *inner
				moved.index = append(append([]int(nil), d.index...), inner.index...)
				if moved.enables {
					moved.enabled = append(append([]int(nil), d.index...), d.block.byName["enabled"].index...)
				}
				if name == d.name {
					d.plain = &moved
				} else {
					b.name(name, &moved)
				}
			}
		}
	}
}

func (b *block) name(name string, d *dir) {
	if b.byName[name] != nil {
		panic(fmt.Sprintf("directive %s is defined twice in %q", name, b.path))
	}
	b.byName[name] = d
}

// join returns the path of a directive of b.
func (b *block) join(name string) string { return joinPath(b.path, name) }

func joinPath(block, name string) string {
	if block == "" {
		return name
	}
	return block + "." + name
}

// elem is the directive's type, or the type of one of its values.
func (d *dir) elem() reflect.Type {
	t := d.typ
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// walk visits b and every block in it.
func (b *block) walk(visit func(*block)) {
	visit(b)
	for _, d := range b.dirs {
		if d.block != nil {
			d.block.walk(visit)
		}
	}
}
