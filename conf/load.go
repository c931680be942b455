package conf

import (
	"io/fs"
	"path"

	"weir/confparse"
	"weir/js"
)

// Load reads the file named name with what it includes, decodes and checks it.
// The findings are those of syntax and meaning together, in source order; the
// Config may be used if none is an error. It is nil only if the file cannot be
// read at all. Modules are looked up in fsys, too, and those of js_hooks are parsed
// in this process: see js.Exports.
func Load(fsys fs.FS, name string) (*Config, confparse.Diagnostics) {
	return LoadEnv(fsys, name, Env{Exports: js.Exports})
}

// LoadEnv is Load in an environment, whose variables override the file. Each that
// does is a warning. The place of a finding in one is its name with a "$", and
// the column in its value.
func LoadEnv(fsys fs.FS, name string, env Env) (*Config, confparse.Diagnostics) {
	f, syntax := confparse.Load(fsys, name)
	if len(f.Sources) == 0 {
		return nil, syntax
	}
	c, meaning := decode(f, fsys, env)
	return c, append(syntax, meaning...).Sort()
}

// Decode gives a tree its meaning. Unlike Load it does not look whether modules
// are there.
func Decode(f *confparse.File) (*Config, confparse.Diagnostics) {
	c, list := decode(f, nil, Env{})
	return c, list.Sort()
}

func decode(f *confparse.File, fsys fs.FS, env Env) (*Config, confparse.Diagnostics) {
	c := &Config{}
	d := &decoder{places: places{}, env: newOverrides(env.Vars)}
	d.whole.Start.File = f.Name
	d.top(c, f.Directives)
	c.File = f
	d.reportNoEffect()
	d.reportOverrides()
	d.locateModules(c, fsys)
	resolvePermits(c, path.Dir(f.Name))
	d.checkModules(c)
	d.checkPreloads(c)
	d.checkSets(c)
	d.bindModules(c, fsys, env)
	d.nameInline(c)
	d.inherit(c)
	d.checkZones(c)
	d.checkLocations(c)
	d.checkUnserved(c)
	d.checkLogs(c)
	d.checkVHosts(c)
	d.checkConflicts(c.File)
	d.checkAuth(&c.HTTPAPI.Auth)
	d.checkPorts(c)
	d.loadPairs(c, fsys)
	d.checkDescriptors(c, env.MaxFiles)
	return c, d.list
}
