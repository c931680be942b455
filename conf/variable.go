package conf

import (
	"fmt"
	"strings"
)

// variable is an environment variable that stands for a directive.
type variable struct {
	name  string  // "SRS_VHOST_HLS_ENABLED"
	in    *block  // where the directive stands
	known *dir    // nil: SRS's alone
	row   *srsRow // what becomes of it then
	path  string  // "vhost.hls.enabled"
	block bool    // of a row's block: the variable is its "enabled"
}

// variables are all there are, by name. A directive that may be repeated has
// none: no variable could say which one it means.
var variables = indexVariables()

func indexVariables() map[string]*variable {
	index := map[string]*variable{}
	add := func(v *variable) {
		if index[v.name] != nil {
			panic(fmt.Sprintf("variable %s stands for %s and %s", v.name, v.path, index[v.name].path))
		}
		index[v.name] = v
	}
	table.walk(func(b *block) {
		for _, d := range b.dirs {
			if d.block == nil && !d.multi {
				add(&variable{name: variableName(b.join(d.name)), in: b, known: d, path: b.join(d.name)})
			}
		}
		for path, row := range srs {
			if row.in == b.path {
				add(&variable{name: variableName(path), in: b, row: row, path: path})
				add(&variable{name: variableName(path) + "_ENABLED", in: b, row: row, path: path, block: true})
			}
		}
	})
	return index
}

// variableName is SRS's: "vhost.hls.enabled" is SRS_VHOST_HLS_ENABLED.
func variableName(path string) string {
	return "SRS_" + strings.ToUpper(strings.ReplaceAll(path, ".", "_"))
}
