package builtin

import "weir/js"

// native is a function of a module's own script: it is called with what that
// script passes, and documented there.
func native(name string, call func(js.Env, []js.Value) (js.Value, error)) js.Native {
	return js.Native{Member: js.Member{Name: name}, Call: call}
}

// text is the i-th argument; "" if it is no string.
func text(args []js.Value, i int) string {
	if i >= len(args) {
		return ""
	}
	s, _ := args[i].(string)
	return s
}

// bytes is the i-th argument, an ArrayBuffer or the UTF-8 of a string.
func bytes(args []js.Value, i int) []byte {
	if i >= len(args) {
		return nil
	}
	if b, ok := args[i].([]byte); ok {
		return b
	}
	return []byte(text(args, i))
}

// number is the i-th argument; 0 if it is no number.
func number(args []js.Value, i int) float64 {
	if i >= len(args) {
		return 0
	}
	switch n := args[i].(type) {
	case float64:
		return n
	case int64:
		return float64(n)
	}
	return 0
}
