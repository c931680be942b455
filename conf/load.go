package conf

import (
	"io/fs"

	"weir/confparse"
)

// Load reads the file named name with what it includes, decodes and checks it.
// The findings are those of syntax and meaning together, in source order; the
// Config may be used if none is an error. It is nil only if the file cannot be
// read at all. Modules are looked up in fsys, too.
func Load(fsys fs.FS, name string) (*Config, confparse.Diagnostics) {
	f, syntax := confparse.Load(fsys, name)
	if len(f.Sources) == 0 {
		return nil, syntax
	}
	c, meaning := decode(f, fsys)
	return c, append(syntax, meaning...).Sort()
}

// Decode gives a tree its meaning. Unlike Load it does not look whether modules
// are there.
func Decode(f *confparse.File) (*Config, confparse.Diagnostics) {
	c, list := decode(f, nil)
	return c, list.Sort()
}

func decode(f *confparse.File, fsys fs.FS) (*Config, confparse.Diagnostics) {
	c := &Config{}
	d := &decoder{places: places{}}
	d.whole.Start.File = f.Name
	d.top(c, f.Directives)
	c.File = f
	d.reportNoEffect()
	d.locateModules(c, fsys)
	d.checkModules(c)
	d.nameInline(c)
	d.inherit(c)
	d.checkZones(c)
	d.checkVHosts(c)
	d.checkAuth(&c.HTTPAPI.Auth)
	d.checkPorts(c)
	return c, d.list
}
