package conf

import (
	"reflect"
	"strings"
	"time"
)

// usage is the directive as it would be written.
func (d *dir) usage() string {
	if d.block != nil {
		if arg := d.block.arg; arg != nil && hasSyntax(arg.typ) {
			return d.name + " " + arg.valueUsage() + " { ... }"
		} else if arg != nil {
			return d.name + " NAME { ... }"
		}
		return d.name + " { ... }"
	}
	text := strings.Join(append([]string{d.name}, d.twins...), " | ") + " " + d.valueUsage()
	if d.typ.Kind() == reflect.Slice && !d.multi && !strings.HasSuffix(text, "...") {
		text += " ..."
	}
	return text + ";"
}

func (d *dir) valueUsage() string {
	t := d.elem()
	if s, ok := reflect.New(t).Interface().(syntax); ok {
		return s.Usage()
	}
	switch {
	case len(d.enum) > 0:
		return strings.Join(d.enum, " | ")
	case t == reflect.TypeFor[time.Duration]():
		return "time"
	case t.Kind() == reflect.Bool:
		return "on | off"
	case t.Kind() == reflect.Int:
		return "number"
	case t.Kind() == reflect.Int64:
		return "size"
	case d.form != "":
		return d.form
	}
	return "text"
}

// rangeText is "100ms to 1h" or "closed or open", or "" where there are no bounds.
func (d *dir) rangeText() string {
	switch {
	case len(d.enum) > 0:
		return oneOf(d.enum)
	case d.min != "" && d.max != "":
		return d.min + " to " + d.max
	case d.min != "":
		return "at least " + d.min
	case d.max != "":
		return "at most " + d.max
	}
	return ""
}
