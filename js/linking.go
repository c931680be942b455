package js

import (
	"fmt"
	"slices"
)

// linking is what became of a list of imports.
type linking struct {
	imports []Import
	names   names
	links   []*link // of each; nil where the module is faulty
	modules *modules
}

// link links and bundles the modules of one list of imports. Where a list stands
// matters to its faults alone.
func (c *compiler) link(imports []Import) linking {
	key := ""
	for _, i := range imports {
		key += fmt.Sprintf("%q %q %q\n", i.Name, i.File, i.Dirs)
	}
	l, ok := c.linked[key]
	if !ok {
		l = linking{imports: imports, names: namesOf(imports), modules: &modules{}}
		c.made = append(c.made, l.modules)
	}
	if ok && l.modules.bundle != nil || len(imports) == 0 {
		c.linked[key] = l
		return l
	}
	var whole bool
	if l.links, whole = c.linksOf(imports); whole {
		b, errs := c.bundler.bundle(imports, l.links)
		c.add(errs...)
		l.modules.bundle = b
	}
	c.linked[key] = l
	return l
}

// linksOf links the modules of imports, each alone. whole says that none is
// faulty.
func (c *compiler) linksOf(imports []Import) (links []*link, whole bool) {
	whole = true
	for _, imp := range imports {
		l, errs := c.bundler.link(imp)
		c.add(errs...)
		links = append(links, l)
		whole = whole && len(errs) == 0
	}
	return links, whole
}

// namesOf are the names of imports that have a bundle to themselves.
func namesOf(imports []Import) names {
	var n names
	for i, imp := range imports {
		n.list = append(n.list, imp.Name)
		n.index = append(n.index, i)
	}
	n.scope = scopeOf(n.list)
	return n
}

// share links the modules of all units that are Shared as one list.
func (c *compiler) share(srcs []Source) {
	var all []Import
	for _, s := range srcs {
		if s.VM != Shared {
			continue
		}
		for _, imp := range s.Imports {
			if indexOf(all, imp) < 0 {
				all = append(all, imp)
			}
		}
	}
	c.shared = c.link(all)
}

// part is the linking of a unit that is Shared: its own names of some of the
// modules.
func (c *compiler) part(imports []Import) linking {
	l := linking{imports: imports, names: namesOf(imports), modules: c.shared.modules}
	l.links, _ = c.linksOf(imports)
	for i, imp := range imports {
		l.names.index[i] = indexOf(c.shared.imports, imp)
	}
	return l
}

// indexOf finds the import of the same module, -1 if there is none.
func indexOf(imports []Import, imp Import) int {
	return slices.IndexFunc(imports, func(i Import) bool { return i.File == imp.File && slices.Equal(i.Dirs, imp.Dirs) })
}
