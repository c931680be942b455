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

// link links and bundles the modules of one list of imports, for VMs with some
// objects. Where a list stands matters to its faults alone.
func (c *compiler) link(imports []Import, objects preloads) linking {
	key := ""
	for _, o := range objects {
		key += fmt.Sprintf("%q %p\n", o.name, o.preload)
	}
	for _, i := range imports {
		key += fmt.Sprintf("%q %q %q\n", i.Name, i.File, i.Dirs)
	}
	l, ok := c.linked[key]
	if !ok {
		l = linking{imports: imports, names: namesOf(imports), modules: &modules{preloads: objects}}
		c.made = append(c.made, l.modules)
	}
	if ok && l.modules.bundle != nil || len(imports) == 0 {
		c.linked[key] = l
		return l
	}
	c.bundler.bundleAhead(imports)
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

// share links the modules of all units that are Shared as one list. They have their
// objects in common, too.
func (c *compiler) share(srcs []Source) {
	var all []Import
	var objects preloads
	for _, s := range srcs {
		if s.VM != Shared {
			continue
		}
		for _, imp := range s.Imports {
			if indexOf(all, imp) < 0 {
				all = append(all, imp)
			}
		}
		objects = c.joinPreloads(objects, s.Preloads)
	}
	c.shared = c.link(all, objects)
}

// joinPreloads adds the objects of a unit to those of others in the same VM.
func (c *compiler) joinPreloads(l preloads, list []Preload) preloads {
	for _, p := range list {
		made := c.preload(p)
		if made == nil {
			continue
		}
		i := slices.IndexFunc(l, func(o namedPreload) bool { return o.name == p.Name })
		switch {
		case i < 0:
			l = append(l, namedPreload{p.Name, made})
		case l[i].preload != made:
			c.add(errorAt(p.At, "another object is named %q in the VM that vhosts share", p.Name))
		}
	}
	return l
}

// part is the linking of a unit that is Shared: its own names of some of the
// modules.
func (c *compiler) part(s Source) linking {
	imports := s.Imports
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
