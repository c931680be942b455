package conf

// Directive is a row of the directive table, for the manual.
type Directive struct {
	Path     string   // "vhost.hls.hls_fragment"; the first place if there are several
	Name     string   // "hls_fragment"
	Aliases  []string // SRS's older names; "../name" stood outside the block
	Usage    string   // "hls_fragment time;"
	Default  string   // as it would be written; "" for none
	Range    string   // "200ms to 60s"; "" without bounds
	Doc      string   // the field's comment
	Reload   Class    // of a directive without a block
	Block    bool     // whether it has a block
	Contexts []string // the blocks in which it may stand; "" is the top level
	Package  string   // the package that serves it
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
			continue
		}
		m.rows[d.field] = len(m.list)
		m.list = append(m.list, Directive{
			Path: b.join(d.name), Name: d.name, Aliases: d.aliases, Usage: d.usage(), Default: d.byDefault,
			Range: d.rangeText(), Doc: m.docs[d.field], Reload: d.reload, Block: d.block != nil,
			Contexts: []string{b.path}, Package: d.pkg,
		})
		if d.block != nil {
			m.add(d.block)
		}
	}
}
