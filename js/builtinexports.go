package js

import "slices"

// builtinExports are the names that a built-in module exports; nil if that is not
// known. The module, which is the server's own, is run for it.
func (b *bundler) builtinExports(name string) []string {
	names, ok := b.exports[name]
	if !ok {
		names = b.runBuiltin(name)
		b.exports[name] = names
	}
	return names
}

func (b *bundler) runBuiltin(name string) []string {
	i := slices.IndexFunc(b.options.Modules, func(m Module) bool { return m.Name == name })
	if i < 0 || b.options.Modules[i].Source == "" {
		return nil
	}
	o := b.options
	o.Host = nil // nothing is asked on behalf of nobody
	e, err := newEngine(o)
	if err != nil {
		return nil
	}
	pool := newPool(e, &Program{})
	defer pool.end()
	m := seat{core: pool.core, modules: &modules{}, timers: &timers{}, abandon: func(*vm) {}, post: func(*vm, task) {}}.newVM()
	if err := m.start(); err != nil {
		return nil
	}
	exports, err := m.require(name)
	if err != nil {
		return nil
	}
	return exports.ToObject(m.rt).GetOwnPropertyNames()
}
