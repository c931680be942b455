package conf

import (
	"slices"
	"strings"

	"weir/confparse"
)

// unknown reports a name that neither weir nor SRS has in b.
func (d *decoder) unknown(b *block, x *confparse.Directive) {
	name := x.Name.Value
	if homes := homesOf(name); len(homes) > 0 {
		d.errorf("E202", x.Name.Span, "%s does not belong %s", name, inBlock(b.path)).Hint = "it belongs " + oneOf(homes)
		return
	}
	f := d.errorf("E201", x.Name.Span, "unknown directive %q %s", name, inBlock(b.path))
	if near := confparse.Suggest(name, b.names()); near != "" {
		f.Hint = "did you mean \"" + near + "\"?"
	}
}

// homesOf lists where a directive may stand, in weir or in SRS.
func homesOf(name string) []string {
	var homes []string
	table.walk(func(b *block) {
		if b.byName[name] != nil || srs[b.join(name)] != nil {
			homes = append(homes, inBlock(b.path))
		}
	})
	return homes
}

// names are those that may stand in b, sorted.
func (b *block) names() []string {
	var names []string
	for name := range b.byName {
		names = append(names, name)
	}
	for path := range srs {
		if in, name := splitPath(path); in == b.path {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func splitPath(path string) (block, name string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)], path[i+1:]
}

func inBlock(path string) string {
	if path == "" {
		return "at the top level"
	}
	return "in " + path
}
