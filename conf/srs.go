package conf

import (
	"strings"

	"weir/confparse"
)

// policy is what becomes of a directive of SRS, or of njs, that weir does not serve.
type policy int

const (
	noEffect policy = iota // means nothing here: one information line names them all
	missing                // a feature that is not there: a warning
	guard                  // keeps somebody out: an error, since to ignore it lets everybody in
	refused                // an error in SRS, too
)

// srsRow is directives of SRS that have one fate.
type srsRow struct {
	in string // the block they stand in
	policy
	// names are separated by spaces. After "name=value", that value asks for
	// nothing that is missing here.
	names string
	why   string // missing: what lacks; guard: what to write instead; refused: the message
}

// srs holds the rows by the path of each of their directives.
var srs = indexSRS(append(njsRows, srsRows...))

func indexSRS(rows []srsRow) map[string]*srsRow {
	index := map[string]*srsRow{}
	for i := range rows {
		for _, name := range strings.Fields(rows[i].names) {
			name, _, _ = strings.Cut(name, "=")
			index[joinPath(rows[i].in, name)] = &rows[i]
		}
	}
	return index
}

// unserved gathers the directives of one block that are missing, by their row.
type unserved []unservedRow

type unservedRow struct {
	row  *srsRow
	list []confparse.Word
}

func (u *unserved) add(row *srsRow, w confparse.Word) {
	for i := range *u {
		if e := &(*u)[i]; e.row == row {
			e.list = append(e.list, w)
			return
		}
	}
	*u = append(*u, unservedRow{row, []confparse.Word{w}})
}

// legacy deals with x, a directive of SRS that row speaks of. What is reported
// only if its block is enabled goes to u.
func (d *decoder) legacy(row *srsRow, x *confparse.Directive, u *unserved) {
	switch {
	case row.policy == noEffect:
		d.noEffect = append(d.noEffect, x.Name)
	case row.asksNothing(x):
	case row.policy == refused:
		d.errorf("E205", x.Name.Span, "%s: %s", x.Name.Value, row.why)
	default:
		u.add(row, x.Name)
	}
}

// asksNothing reports whether x is turned off or has the value that row names.
func (r *srsRow) asksNothing(x *confparse.Directive) bool {
	for _, inner := range x.Block {
		if inner.Name.Value == "enabled" && len(inner.Args) == 1 {
			return strings.EqualFold(inner.Args[0].Value, "off")
		}
	}
	if x.HasBlock() || len(x.Args) != 1 {
		return false
	}
	for _, name := range strings.Fields(r.names) {
		if name == x.Name.Value+"="+x.Args[0].Value {
			return true
		}
	}
	return false
}

// unserved warns once for each row, and refuses each guard.
func (d *decoder) unserved(u unserved) {
	for _, e := range u {
		if e.row.policy == missing {
			d.warnf("W301", e.list[0].Span, "not served: %s: %s", joinWords(e.list), e.row.why)
			continue
		}
		for _, w := range e.list {
			d.errorf("E302", w.Span, "%s guards access and is not served: without it everybody would be let in", w.Value).
				Hint = e.row.why
		}
	}
}

// reportNoEffect names all directives without effect in one line.
func (d *decoder) reportNoEffect() {
	if len(d.noEffect) > 0 {
		d.add(confparse.Info, "I303", d.noEffect[0].Span, "without effect: %s", joinWords(d.noEffect))
	}
}

// joinWords lists the words, each once.
func joinWords(list []confparse.Word) string {
	seen := map[string]bool{}
	var names []string
	for _, w := range list {
		if !seen[w.Value] {
			seen[w.Value] = true
			names = append(names, w.Value)
		}
	}
	return strings.Join(names, ", ")
}
