package conf

import "reflect"

var vhostTable = table.byName["vhost"].block

// inherit gives every vhost what it takes from the top level.
func (d *decoder) inherit(c *Config) {
	top := reflect.ValueOf(c).Elem()
	for _, v := range c.VHosts {
		v.JSPath = join(v.JSPath, c.JSPath)
		v.JSImport = join(v.JSImport, c.JSImport)
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
