package hook

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"time"

	"weir/js"
	"weir/media"
)

// DefaultCode is the code of a denial that gives none.
const DefaultCode = 403

// deny takes (code?, reason?) or (reason).
func (v *Verdict) deny(args []js.Value) error {
	v.decide(Verdict{Deny: true, Code: DefaultCode})
	code, reason := arg(args, 0), arg(args, 1)
	if s, ok := code.(string); ok && reason == nil {
		code, reason = nil, s
	}
	if code != nil {
		n, ok := integer(code)
		if !ok || n < 400 || n > 599 {
			return fmt.Errorf("the code must be a whole number from 400 to 599, not %s", word(code))
		}
		v.Code = int(n)
	}
	if reason != nil {
		s, ok := reason.(string)
		if !ok {
			return fmt.Errorf("the reason must be a string, not %s", word(reason))
		}
		v.Reason = clip(s, maxReason)
	}
	return nil
}

// allow takes ({recheck, maxSessions}?).
func (v *Verdict) allow(args []js.Value) error {
	v.decide(Verdict{})
	if arg(args, 0) == nil {
		return nil
	}
	options, ok := arg(args, 0).(map[string]any)
	if !ok {
		return fmt.Errorf("the options must be an object, not %s", word(arg(args, 0)))
	}
	var d Verdict
	for name, o := range options {
		switch name {
		case "recheck":
			if d.Recheck, ok = interval(o); !ok {
				return fmt.Errorf("recheck must be a time from 1s to 24h as '60s', not %s", word(o))
			}
		case "maxSessions":
			n, ok := integer(o)
			if !ok || n < 1 || n > math.MaxInt32 {
				return fmt.Errorf("maxSessions must be a whole number from 1, not %s", word(o))
			}
			d.MaxSessions = int(n)
		default:
			return fmt.Errorf("unknown option %q", name)
		}
	}
	v.decide(d)
	return nil
}

// interval reads "60s" or "1h30m", of a second to a day.
func interval(v js.Value) (time.Duration, bool) {
	s, _ := v.(string)
	t, err := time.ParseDuration(s)
	return t, err == nil && t >= time.Second && t <= 24*time.Hour
}

// Text is a text that a handler of kind Value returned; "" for nothing.
func Text(v js.Value) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	}
	return "", fmt.Errorf("the handler must return a string, not %s", clip(word(v), maxReason))
}

// redirect takes (url).
func (v *Verdict) redirect(args []js.Value) error {
	s, ok := arg(args, 0).(string)
	if !ok {
		return fmt.Errorf("the URL must be a string, not %s", word(arg(args, 0)))
	}
	if len(s) > maxURL {
		return fmt.Errorf("the URL has more than %d bytes", maxURL)
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return fmt.Errorf("%q is not an absolute URL", s)
	}
	v.Redirect = s
	return nil
}

// rename takes ([app,] stream).
func (v *Verdict) rename(args []js.Value) error {
	var names []string
	for _, a := range args {
		s, ok := a.(string)
		if !ok {
			return fmt.Errorf("a name must be a string, not %s", word(a))
		}
		if s == "" {
			return errors.New("a name is empty")
		}
		names = append(names, s)
	}
	switch len(names) {
	case 1:
		v.Rename = &media.Key{Stream: names[0]}
	case 2:
		v.Rename = &media.Key{App: names[0], Stream: names[1]}
	default:
		return fmt.Errorf("takes a stream, or an app and a stream; there are %d arguments", len(names))
	}
	return nil
}

// arg is the i-th argument; nil, as undefined is, where there is none.
func arg(args []js.Value, i int) js.Value {
	if i >= len(args) {
		return nil
	}
	return args[i]
}

// integer accepts both encodings of a number.
func integer(v js.Value) (int64, bool) {
	switch n := v.(type) {
	case int64:
		return n, true
	case float64:
		return int64(n), n == math.Trunc(n) && math.Abs(n) < 1<<53
	}
	return 0, false
}
