package conf

import (
	"maps"
	"slices"
)

// Files lists what the configuration was read from: its files and the modules
// that it names, and the TLS keys and certificates, the main file first. One that
// was not found is listed at every place where it could appear. What the modules
// import is not known here.
func (c *Config) Files() []string {
	var files []string
	seen := map[string]bool{}
	add := func(names ...string) {
		for _, n := range names {
			if !seen[n] {
				seen[n] = true
				files = append(files, n)
			}
		}
	}
	for _, s := range c.File.Sources {
		add(s.Name)
	}
	addImports := func(imports []Import) {
		for _, i := range imports {
			if i.Path != "" {
				add(i.Path)
			} else {
				add(i.candidates()...)
			}
		}
	}
	addImports(c.JSImport)
	for _, v := range c.VHosts {
		addImports(v.JSImport)
	}
	add(slices.Sorted(maps.Keys(c.PairFiles))...)
	return files
}
