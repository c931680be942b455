package js

import (
	"slices"

	"github.com/dop251/goja"
)

// nativeSet is what a module sees as native: a function becomes an object of the VM
// when the module first reads it, for each costs more than half a kilobyte.
type nativeSet struct {
	m    *vm
	list []Native
	made map[string]goja.Value
}

// nativeObject holds the natives of a module.
func (m *vm) nativeObject(l []Native) *goja.Object {
	return m.rt.NewDynamicObject(&nativeSet{m, l, map[string]goja.Value{}})
}

// Get is goja's.
func (s *nativeSet) Get(name string) goja.Value {
	if f := s.made[name]; f != nil {
		return f
	}
	var f goja.Value
	if i := s.index(name); i >= 0 {
		f = s.m.newFunction(name, func(c goja.FunctionCall) goja.Value {
			return s.m.callNative(s.list[i], nil, c.Arguments, s.m.current)
		})
	} else if name == stateName {
		f = s.m.newFunction(name, s.m.promiseState)
	} else {
		return nil
	}
	s.made[name] = f
	return f
}

// stateName is the native that every module has: of a promise the state, "pending",
// "fulfilled" or "rejected", and what it came to.
const stateName = "promiseState"

func (m *vm) promiseState(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	if !ok || o.ExportType() != promiseType {
		return goja.Undefined()
	}
	p, _ := o.Export().(*goja.Promise)
	states := map[goja.PromiseState]string{goja.PromiseStatePending: "pending", goja.PromiseStateFulfilled: "fulfilled", goja.PromiseStateRejected: "rejected"}
	return m.rt.NewArray(states[p.State()], p.Result())
}

func (s *nativeSet) index(name string) int {
	return slices.IndexFunc(s.list, func(n Native) bool { return n.Name == name })
}

// Has is goja's.
func (s *nativeSet) Has(name string) bool { return s.index(name) >= 0 }

// Set is goja's: natives stay what they are.
func (s *nativeSet) Set(string, goja.Value) bool { return false }

// Delete is goja's.
func (s *nativeSet) Delete(string) bool { return false }

// Keys is goja's.
func (s *nativeSet) Keys() []string {
	var l []string
	for _, n := range s.list {
		l = append(l, n.Name)
	}
	return l
}
