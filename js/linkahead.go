package js

import (
	"fmt"
	"regexp"
	"strings"
)

// bundleAhead bundles the modules of imports before any is linked alone, which takes
// as long again for each, and takes their links from the bundle, where that shows
// them. Faults are for whoever links them.
func (b *bundler) bundleAhead(imports []Import) {
	links := make([]*link, len(imports))
	news := false
	for i, imp := range imports {
		file, err := b.files.find(imp.File, imp.Dirs)
		if err != nil {
			return
		}
		links[i] = &link{file: file}
		_, known := b.links[linkKey(file, imp.Dirs)]
		news = news || !known
	}
	if !news {
		return
	}
	made, errs := b.bundle(imports, links)
	if len(errs) > 0 {
		return
	}
	for i, l := range links {
		key := linkKey(l.file, imports[i].Dirs)
		if _, known := b.links[key]; known {
			continue
		}
		if names, ok := exportsOf(made.code, i); ok {
			l.exports = names
			b.links[key] = linked{link: l}
		}
	}
}

func linkKey(file string, dirs []string) string {
	return fmt.Sprintf("%q", append([]string{file}, dirs...))
}

var exportLine = regexp.MustCompile(`(?m)^  ("[^"]*"|[^\s:"]+): \(\) => `)

// exportsOf are the exports of the n-th module of a bundle: esbuild writes
// "__export(x_exports, {" and a line for each. ok is false where they do not show,
// as of CommonJS.
func exportsOf(code string, n int) (names []string, ok bool) {
	_, rest, ok := strings.Cut(code, fmt.Sprintf("\n  m%d: () => ", n))
	if !ok {
		return nil, false
	}
	name := rest[:max(strings.IndexAny(rest, ",\n"), 0)]
	if !strings.HasSuffix(strings.TrimRight(name, "0123456789"), "_exports") || strings.Contains(code, "__reExport("+name+",") {
		return nil, false
	}
	_, list, ok := strings.Cut(code, "\n__export("+name+", {\n")
	if !ok {
		return nil, false
	}
	list, _, ok = strings.Cut(list, "\n});\n")
	for _, m := range exportLine.FindAllStringSubmatch(list, -1) {
		if strings.HasPrefix(m[1], `"`) {
			return nil, false
		}
		names = append(names, m[1])
	}
	return names, ok && len(names) == 1+strings.Count(list, "\n")
}
