package hook

import (
	"maps"
	"slices"

	"weir/js"
)

// Variables are those of a session or a request that the configuration declares.
type Variables struct {
	// Values are js_var's, and of js_set's those that are known.
	Values map[string]string
	// Sets are js_set's that are not known.
	Sets map[string]SetFunc
}

// SetFunc is what gives a js_set its value.
type SetFunc struct {
	js.Func
	NoCache bool // it is asked each time
}

// object is what s.variables and r.variables are made of.
func (v Variables) object(class string) *js.Object {
	var known, sets js.Value
	if len(v.Values) > 0 {
		m := make(map[string]any, len(v.Values))
		for name, value := range v.Values {
			m[name] = value
		}
		known = m
	}
	if len(v.Sets) > 0 {
		m := make(map[string]any, len(v.Sets))
		for name, f := range v.Sets {
			m[name] = []any{f.Module, f.Name, f.Inline, f.NoCache}
		}
		sets = m
	}
	return &js.Object{Class: class, Fields: []js.Value{known, sets}}
}

// variables is the class of the variables of what fields finds the fields of.
func variables(name string, fields func([]js.Value) func(string) js.Value) js.Class {
	return js.Class{
		Name:    name,
		Fields:  []js.Member{{Name: "known"}, {Name: "sets"}},
		Effects: []js.Member{{Name: "variable"}},
		Methods: []js.Native{{Member: js.Member{Name: "builtin"}, Call: func(_ js.Env, args []js.Value) (js.Value, error) {
			name, _ := args[1].(string)
			if v, ok := Variable(fields(args), name); ok {
				return v, nil
			}
			return nil, nil
		}}},
		Wrapper: "weir:variables",
		Inner:   true,
	}
}

// Keep takes the values that a handler has given to variables, or has learned of
// them, and returns them.
func (v *Variables) Keep(r js.Result) (given map[string]string) {
	for _, e := range r.Effects {
		if e.Name != "variable" || len(e.Args) != 2 {
			continue
		}
		name, _ := e.Args[0].(string)
		_, known := v.Values[name]
		if _, set := v.Sets[name]; !known && !set {
			continue
		}
		if given == nil {
			given = map[string]string{}
		}
		given[name] = ValueText(e.Args[1])
	}
	if given != nil {
		all := maps.Clone(v.Values) // others may look at it
		if all == nil {
			all = map[string]string{}
		}
		maps.Copy(all, given)
		v.Values = all
	}
	return given
}

// Names are those of the variables that are declared, in order.
func (v Variables) Names() []string {
	names := slices.AppendSeq(slices.Collect(maps.Keys(v.Values)), maps.Keys(v.Sets))
	slices.Sort(names)
	return slices.Compact(names)
}

// ValueText is the value of a variable, as a handler gives it: text, or the bytes of a
// Buffer.
func ValueText(v js.Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	}
	return word(v)
}
