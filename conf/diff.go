package conf

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Change is a directive that has another value.
type Change struct {
	Path     string // "hls.hls_fragment"; in a vhost "vhost[NAME].hls.hls_fragment"
	Old, New string // as they would be written; "" for none. Of an inline script, which may hold secrets, its place; secrets are not shown
	Reload   Class
}

// Diff lists what is different in new, in the table's order, the top level
// first; a certificate that has another content under its name, too. Vhosts are matched by name; one that is new or gone is a live change. A
// vhost that only inherits a changed value is not listed. Places do not count.
func Diff(old, new *Config) []Change {
	d := differ{}
	o, n := reflect.ValueOf(old).Elem(), reflect.ValueOf(new).Elem()
	d.block(table, "", o, n)
	d.renewal("http_server.https", &old.HTTPServer.HTTPS.KeyPair, &new.HTTPServer.HTTPS.KeyPair)
	d.renewal("http_api.https", &old.HTTPAPI.HTTPS.KeyPair, &new.HTTPAPI.HTTPS.KeyPair)
	olds, news := byName(old.VHosts), byName(new.VHosts)
	for _, v := range old.VHosts {
		if news[v.Name] == nil {
			d.changes = append(d.changes, Change{Path: vhostPath(v), Old: v.Name})
		}
	}
	d.oldTop, d.newTop = o, n
	for _, v := range new.VHosts {
		if before := olds[v.Name]; before == nil {
			d.changes = append(d.changes, Change{Path: vhostPath(v), New: v.Name})
		} else {
			d.block(vhostTable, vhostPath(v), reflect.ValueOf(before).Elem(), reflect.ValueOf(v).Elem())
		}
	}
	return d.changes
}

func vhostPath(v *VHost) string { return fmt.Sprintf("vhost[%s]", v.Name) }

func byName(list []*VHost) map[string]*VHost {
	m := make(map[string]*VHost, len(list))
	for _, v := range list {
		m[v.Name] = v
	}
	return m
}

type differ struct {
	changes        []Change
	oldTop, newTop reflect.Value // Config, once vhosts are compared
}

func (d *differ) block(b *block, path string, old, new reflect.Value) {
	for _, known := range b.dirs {
		o, n := old.FieldByIndex(known.index), new.FieldByIndex(known.index)
		switch {
		case known.block == nil:
			d.value(known, path, o, n)
		case !known.multi:
			d.block(known.block, joinPath(path, known.name), o, n)
		case known.block != vhostTable:
			d.repeated(known, joinPath(path, known.name), o, n)
		}
	}
}

// repeated compares blocks that may be repeated, by what stands before them.
func (d *differ) repeated(known *dir, path string, old, new reflect.Value) {
	index := func(list reflect.Value) map[string]reflect.Value {
		m := map[string]reflect.Value{}
		for i := range list.Len() {
			m[d.nameOf(known, list.Index(i).Elem())] = list.Index(i).Elem()
		}
		return m
	}
	olds, news := index(old), index(new)
	for i := range old.Len() {
		if name := d.nameOf(known, old.Index(i).Elem()); !news[name].IsValid() {
			d.changes = append(d.changes, Change{Path: path + "[" + name + "]", Old: name})
		}
	}
	for i := range new.Len() {
		name := d.nameOf(known, new.Index(i).Elem())
		if !olds[name].IsValid() {
			d.changes = append(d.changes, Change{Path: path + "[" + name + "]", New: name})
			continue
		}
		d.block(known.block, path+"["+name+"]", olds[name], news[name])
	}
}

func (d *differ) nameOf(known *dir, v reflect.Value) string {
	return format(v.FieldByIndex(known.block.arg.index))
}

// renewal notes that a file of the pair has another content.
func (d *differ) renewal(path string, old, new *KeyPair) {
	if old.Cert != new.Cert || old.Certificate == nil || new.Certificate == nil || old.Certificate.Leaf.Equal(new.Certificate.Leaf) {
		return
	}
	d.changes = append(d.changes, Change{Path: joinPath(path, "cert"), Old: old.describe(), New: new.describe(), Reload: ReloadLive})
}

// describe tells a certificate from others under its name.
func (p *KeyPair) describe() string {
	return fmt.Sprintf("%s (until %s)", p.Cert, p.Certificate.Leaf.NotAfter.UTC().Format(time.DateTime))
}

// value compares a directive of the block with that path.
func (d *differ) value(known *dir, path string, old, new reflect.Value) {
	if plainlyEqual(old, new) {
		return
	}
	before, after := content(old), content(new)
	if before == after {
		return
	}
	if known.inherit && d.oldTop.IsValid() {
		index := table.byName[known.name].index
		if before == content(d.oldTop.FieldByIndex(index)) && after == content(d.newTop.FieldByIndex(index)) {
			return
		}
	}
	d.changes = append(d.changes, Change{Path: joinPath(path, known.name), Old: known.show(old), New: known.show(new), Reload: known.reload})
}

// plainlyEqual reports whether two values are equal that can be told without
// writing them: nearly all of them, in a file of ten thousand vhosts.
func plainlyEqual(old, new reflect.Value) bool {
	switch old.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int64, reflect.String:
		return old.Equal(new)
	}
	return old.IsZero() && new.IsZero()
}

// show writes a value for people to see.
func (d *dir) show(v reflect.Value) string { return d.reveal(format(v)) }

// reveal returns what may be seen of a value as it is written.
func (d *dir) reveal(text string) string {
	switch {
	case text == "":
	case d.secret:
		return hidden
	case d.form == "url":
		list := strings.Fields(text)
		for i := range list {
			list[i] = redactURL(list[i])
		}
		return strings.Join(list, " ")
	}
	return text
}

// content is what makes two values equal: of an inline script its text, wherever
// it stands.
func content(v reflect.Value) string {
	if v.Kind() == reflect.Slice {
		list := make([]string, v.Len())
		for i := range list {
			list[i] = content(v.Index(i))
		}
		return strings.Join(list, " ")
	}
	if b, ok := v.Interface().(interface{ around(handler string) string }); ok && bindsHandler(v.Type()) {
		h := v
		if v.Type() != reflect.TypeFor[Handler]() {
			h = v.FieldByName("Handler")
		}
		if h := h.Interface().(Handler); h.Script != nil {
			return b.around("{" + h.Script.Body + "}")
		}
	}
	return format(v)
}

// format writes a value as it would stand in the file.
func format(v reflect.Value) string {
	if v.Kind() == reflect.Slice {
		list := make([]string, v.Len())
		for i := range list {
			list[i] = format(v.Index(i))
		}
		return strings.Join(list, " ")
	}
	switch x := v.Interface().(type) {
	case time.Duration:
		return formatDuration(x)
	case bool:
		return map[bool]string{true: "on", false: "off"}[x]
	case string:
		return x
	case int:
		return strconv.Itoa(x)
	}
	return fmt.Sprint(v.Interface())
}
