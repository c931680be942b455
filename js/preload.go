package js

import (
	"errors"
	"sync"

	"github.com/dop251/goja"
)

// Preload is a JSON file whose content is a global object: js_preload_object.
type Preload struct {
	Name string   // of the global
	File string   // as written, relative to one of Dirs
	Dirs []string // where to look, in order
	At   Place    // of the directive
}

// preloads are the objects of a list of modules, by name.
type preloads []namedPreload

type namedPreload struct {
	name string
	*preload
}

// preload is a file's content, parsed when a VM first asks for it. VMs have copies.
type preload struct {
	text string
	tree func() (any, error)
}

func newPreload(text string) *preload {
	return &preload{text: text, tree: sync.OnceValues(func() (any, error) { return parseJSON(text) })}
}

// largePreload is how long a text is, in bytes, that is made an object when a VM
// starts: in a handler, which might not ask for it, it would be charged to that.
const largePreload = 64 << 10

// preloads reads the files of a list.
func (c *compiler) preloads(list []Preload) preloads {
	var l preloads
	for _, p := range list {
		if made := c.preload(p); made != nil {
			l = append(l, namedPreload{p.Name, made})
		}
	}
	return l
}

// preload reads one file, once; nil if it is faulty.
func (c *compiler) preload(p Preload) *preload {
	file, err := c.bundler.files.find(p.File, p.Dirs)
	if err != nil {
		e := errorAt(p.At, "object %q: %v", p.File, err)
		if err == errNoModule {
			e.Module = p.Name
		}
		c.add(e)
		return nil
	}
	made, ok := c.objects[file]
	if ok {
		return made
	}
	text, _ := c.bundler.files.open(file) //nolint:errcheck // it was found
	made = newPreload(text)
	if _, err := made.tree(); err != nil {
		e := &Error{Message: err.Error()}
		errors.As(err, &e)
		e.File = file
		c.add(e)
		made = nil
	}
	c.objects[file] = made
	return made
}

// installPreloads defines the objects as globals that cannot be changed, and are made
// when they are first read.
func (m *vm) installPreloads() error {
	if len(m.modules.preloads) == 0 {
		return nil
	}
	global := m.rt.GlobalObject()
	freeze, _ := goja.AssertFunction(m.rt.Get("Object").ToObject(m.rt).Get("freeze"))
	for _, p := range m.modules.preloads {
		var made goja.Value
		get := func(goja.FunctionCall) goja.Value {
			if made == nil {
				made = m.frozen(p.preload, freeze)
			}
			return made
		}
		if err := global.DefineAccessorProperty(p.name, m.rt.ToValue(get), nil, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
			return err
		}
		if len(p.text) > largePreload {
			get(goja.FunctionCall{})
		}
	}
	return nil
}

// frozen makes an object of a file's content.
func (m *vm) frozen(p *preload, freeze goja.Callable) goja.Value {
	tree, err := p.tree()
	if err != nil {
		panic(m.thrower(err))
	}
	return m.frozenValue(tree, freeze)
}

func (m *vm) frozenValue(v any, freeze goja.Callable) goja.Value {
	var o *goja.Object
	switch v := v.(type) {
	case nil:
		return goja.Null()
	case []any:
		items := make([]any, len(v))
		for i, one := range v {
			items[i] = m.frozenValue(one, freeze)
		}
		o = m.rt.NewArray(items...)
	case jsonObject:
		o = m.rt.NewObject()
		for _, one := range v {
			value := m.frozenValue(one.value, freeze)
			_ = o.DefineDataProperty(one.name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE) // a new object takes every property
		}
	default:
		return m.rt.ToValue(v)
	}
	_, _ = freeze(goja.Undefined(), o) //nolint:errcheck // a new object can be frozen
	return o
}
