package conf

import "strings"

// Directive is a row of the directive table, for the manual.
type Directive struct {
	Path     string   // "vhost.hls.hls_fragment"; the first place if there are several
	Name     string   // "hls_fragment"
	Twins    []string // other names of equal standing: "deny" of "allow"
	Aliases  []string // SRS's older names; "../name" stood outside the block
	Usage    string   // "hls_fragment time;"
	Default  string   // as it would be written; "" for none, and for one that stands for another directive's
	Example  string   // values that may stand where there is no default
	Range    string   // "200ms to 60s", "closed or open"; "" without bounds
	Doc      string   // the manual: a paragraph that begins with the name
	Reload   Class    // of a directive without a block
	Required bool     // whether a file must have it
	Block    bool     // whether it has a block
	Contexts []string // the blocks in which it may stand; "" is the top level
	Package  string   // the package that serves it
	// Variables override it: "SRS_VHOST_HLS_HLS_FRAGMENT"; none if it may be repeated.
	Variables []string
}

// Directives lists the table in its order, each block ahead of what stands in it.
func Directives() []Directive {
	m := manual{docs: comments(), rows: map[string]int{}}
	m.add(table)
	return m.list
}

type manual struct {
	list []Directive
	rows map[string]int // by field
	docs map[string]string
}

func (m *manual) add(b *block) {
	for _, d := range b.dirs {
		if i, ok := m.rows[d.field]; ok {
			m.list[i].Contexts = append(m.list[i].Contexts, b.path)
			m.list[i].Variables = append(m.list[i].Variables, variablesOf(b, d)...)
			continue
		}
		m.rows[d.field] = len(m.list)
		m.list = append(m.list, Directive{
			Path: b.join(d.name), Name: d.name, Twins: d.twins, Aliases: d.aliases, Usage: d.usage(), Default: d.written(), Example: d.example,
			Range: d.rangeText(), Doc: m.doc(d), Reload: d.reload, Required: d.required, Block: d.block != nil,
			Contexts: []string{b.path}, Package: d.pkg, Variables: variablesOf(b, d),
		})
		if d.block != nil {
			m.add(d.block)
		}
	}
}

// doc is the comment of d's field, with the directive's name for the field's.
func (m *manual) doc(d *dir) string {
	_, field := splitPath(d.field)
	text, ok := strings.CutPrefix(m.docs[d.field], field+" ")
	if !ok {
		return ""
	}
	return strings.Join(append([]string{d.name}, d.twins...), " and ") + " " + text
}

func variablesOf(b *block, d *dir) []string {
	name := variableName(b.join(d.name))
	if v := variables[name]; v == nil || v.known != d {
		return nil
	}
	return []string{name}
}
