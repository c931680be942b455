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
	addImport := func(i Import) {
		if i.Path != "" {
			add(i.Path)
		} else {
			add(i.candidates()...)
		}
	}
	addAll := func(s *Scripts) {
		for _, i := range s.JSImport {
			addImport(i)
		}
		for _, p := range s.JSPreload {
			addImport(p.Import)
		}
	}
	addAll(&c.Scripts)
	for _, v := range c.VHosts {
		addAll(&v.Scripts)
	}
	add(slices.Sorted(maps.Keys(c.PairFiles))...)
	return files
}
