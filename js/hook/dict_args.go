package hook

import (
	"math"
	"time"

	"weir/js"
)

// entryArgs are key, value[, timeout].
func (d *dict) entryArgs(args []js.Value) (string, js.Value, time.Duration, error) {
	timeout, err := d.timeoutArg(arg(args, 2))
	if err != nil {
		return "", nil, 0, err
	}
	if d.Type == "number" {
		n, ok := number(arg(args, 1))
		if !ok {
			return "", nil, 0, typeError("number value is expected")
		}
		return keyArg(args), n, timeout, nil
	}
	s, ok := arg(args, 1).(string)
	if !ok {
		return "", nil, 0, typeError("string value is expected")
	}
	return keyArg(args), s, timeout, nil
}

func (d *dict) timeoutArg(v js.Value) (time.Duration, error) {
	if v == nil {
		return d.Timeout, nil
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
	return time.Duration(min(ms, float64(math.MaxInt64/int64(time.Millisecond)/2))) * time.Millisecond, nil
}

func keyArg(args []js.Value) string {
	key, ok := arg(args, 0).(string)
	if !ok {
		key = word(arg(args, 0))
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
