package shared

import (
	"fmt"

	"weir/js"
)

// entryArgs are key, value[, timeout], the last in ms.
func (d *dict) entryArgs(args []js.Value) (string, js.Value, int64, error) {
	ttl, err := d.timeoutArg(arg(args, 2))
	if err != nil {
		return "", nil, 0, err
	}
	if d.Type == numberType {
		n, ok := number(arg(args, 1))
		if !ok {
			return "", nil, 0, typeError("number value is expected")
		}
		return keyArg(args), n, ttl, nil
	}
	s, ok := arg(args, 1).(string)
	if !ok {
		return "", nil, 0, typeError("string value is expected")
	}
	return keyArg(args), s, ttl, nil
}

// timeoutArg is an entry's time to live, in ms; without v the zone's.
func (d *dict) timeoutArg(v js.Value) (int64, error) {
	if v == nil {
		return d.Timeout.Milliseconds(), nil
	}
	ms, ok := number(v)
	switch {
	case !ok:
		return 0, typeError("timeout is not a number")
	case d.Timeout == 0:
		return 0, typeError("shared dict must be declared with timeout")
	case !(ms >= 1): // NaN too
		return 0, typeError("timeout must be greater than or equal to 1")
	}
	return int64(min(ms, maxTTL)), nil
}

// arg is the i-th argument, nil if there is none.
func arg(args []js.Value, i int) js.Value {
	if i >= len(args) {
		return nil
	}
	return args[i]
}

func keyArg(args []js.Value) string {
	key, ok := arg(args, 0).(string)
	if !ok {
		key = fmt.Sprint(arg(args, 0))
	}
	return key
}

func number(v js.Value) (float64, bool) {
	switch n := v.(type) {
	case float64:
		return n, true
	case int64:
		return float64(n), true
	}
	return 0, false
}

func typeError(message string) error { return &js.Throw{Class: "TypeError", Message: message} }
