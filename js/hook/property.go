package hook

import "weir/js"

// property is a read-only member of the script's view of a T, and where it
// comes from: name, type, documentation and value stand in one line of a table.
type property[T any] struct {
	js.Member
	of func(T) js.Value
}

// members are the properties as a class declares them.
func members[T any](table []property[T]) []js.Member {
	ms := make([]js.Member, len(table))
	for i, p := range table {
		ms[i] = p.Member
	}
	return ms
}

// values are the properties of v, in the class's order.
func values[T any](table []property[T], v T) []js.Value {
	vs := make([]js.Value, len(table))
	for i, p := range table {
		vs[i] = p.of(v)
	}
	return vs
}

// orNull keeps a nil pointer from becoming a Value that is not nil.
func orNull(o *js.Object) js.Value {
	if o == nil {
		return nil
	}
	return o
}
