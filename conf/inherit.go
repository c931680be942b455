package conf

import "reflect"

var vhostTable = table.byName["vhost"].block

// inherit gives every vhost what it takes from the top level.
func (d *decoder) inherit(c *Config) {
	top := reflect.ValueOf(c).Elem()
	for _, v := range c.VHosts {
		v.JSPath = join(v.JSPath, c.JSPath)
		v.JSImport = join(v.JSImport, c.JSImport)
		v.JSPermit = join(v.JSPermit, c.JSPermit)
		v.JSHide = join(v.JSHide, c.JSHide)
		v.JSPreload = joinNamed(v.JSPreload, c.JSPreload, func(p Preload) string { return p.Name })
		v.JSVars = joinNamed(v.JSVars, c.JSVars, func(v Variable) string { return v.Name })
		v.Sets = joinNamed(v.Sets, c.Sets, func(s SetVariable) string { return s.Name })
		own := reflect.ValueOf(v).Elem()
		for _, known := range vhostTable.dirs {
			field := own.FieldByIndex(known.index)
			if known.inherit && d.places[field.Addr().Interface()] == nil {
				field.Set(top.FieldByIndex(table.byName[known.name].index))
			}
		}
	}
}

// join returns own followed by outer, and outer itself if that is all: ten
// thousand vhosts need not copy it.
func join[T any](own, outer []T) []T {
	if len(own) == 0 {
		return outer
	}
	return append(own[:len(own):len(own)], outer...)
}

// joinNamed is join without those of outer whose names own has.
func joinNamed[T any](own, outer []T, name func(T) string) []T {
	if len(own) == 0 {
		return outer
	}
	has := map[string]bool{}
	for _, x := range own {
		has[name(x)] = true
	}
	all := own[:len(own):len(own)]
	for _, x := range outer {
		if !has[name(x)] {
			all = append(all, x)
		}
	}
	return all
}

// VHost returns the vhost that serves name: the one of that name, else
// __defaultVhost__, else nil.
func (c *Config) VHost(name string) *VHost {
	var byDefault *VHost
	for _, v := range c.VHosts {
		switch v.Name {
		case name:
			return v
		case DefaultVHost:
			byDefault = v
		}
	}
	return byDefault
}

// DefaultVHost is the name of the vhost that serves all names without one.
const DefaultVHost = "__defaultVhost__"

// ChunkSizeOf returns the size of the chunks that are sent in v, in bytes.
func (c *Config) ChunkSizeOf(v *VHost) int {
	if v != nil && v.ChunkSize != 0 {
		return v.ChunkSize
	}
	return c.ChunkSize
}
