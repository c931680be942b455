package hook

import (
	"maps"
	"slices"
	"strings"

	"weir/js"
)

// field finds a field of a Session or of a Request by its name; nil if it has none.
type field = func(name string) js.Value

// Variable is a variable of nginx's kind, by its name without "$"; false if there
// is none. get finds the fields of a Session or a Request.
func Variable(get field, name string) (string, bool) {
	if f, ok := builtin[name]; ok {
		return f(get), true
	}
	for prefix, f := range builtinPrefixes {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return f(get, rest)
		}
	}
	return "", false
}

// IsVariable says whether there is a variable of that name that no configuration
// declares.
func IsVariable(name string) bool {
	_, ok := builtin[name]
	for prefix := range builtinPrefixes {
		ok = ok || len(name) > len(prefix) && strings.HasPrefix(name, prefix)
	}
	return ok
}

// VariableNames are the names of all variables, those with an end of the writer's
// choice as "arg_NAME", in order.
func VariableNames() []string {
	names := slices.Collect(maps.Keys(builtin))
	for prefix := range builtinPrefixes {
		names = append(names, prefix+"NAME")
	}
	slices.Sort(names)
	return names
}

// Get finds the fields of a session.
func (s *Session) Get(name string) js.Value { return getFrom(sessionFields, s, s.Hidden, name) }

// Get finds the fields of a request.
func (r *Request) Get(name string) js.Value { return getFrom(requestFields, r, r.Hidden, name) }

func getFrom[T any](table []property[T], v T, hidden Hidden, name string) js.Value {
	if i := indexOf(table, name); i >= 0 {
		return hidden.field(name, table[i].of(v))
	}
	return nil
}
