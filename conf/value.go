package conf

import (
	"reflect"
	"strconv"
	"strings"
	"time"

	"weir/confparse"
)

// setDefault sets v as the file would that leaves the directive out.
func (d *dir) setDefault(v reflect.Value) {
	switch {
	case d.block != nil && !d.multi:
		v.Set(d.block.zero)
	case d.byDefault != "":
		if f := d.set(v, words(d.name, d.byDefault)); f != nil {
			panic("default of " + d.field + " " + f.message)
		}
	}
}

// written is the default as the file may have it: not a 0 that stands for another
// directive's value.
func (d *dir) written() string {
	if d.byDefault == "" {
		return ""
	}
	x := words(d.name, d.byDefault)
	x.Args[0].Span.Start.Line = 1 // as if written, so that the range holds
	if f := d.set(reflect.New(d.typ).Elem(), x); f != nil {
		return ""
	}
	return d.byDefault
}

// set decodes x into v, the directive's field, whose former value is lost unless
// the directive may be repeated.
func (d *dir) set(v reflect.Value, x *confparse.Directive) *fault {
	if d.typ.Kind() != reflect.Slice {
		return d.setOne(v, x)
	}
	if d.multi {
		return d.appendOne(v, x)
	}
	v.SetZero()
	if len(x.Args) == 0 {
		return &fault{message: "takes at least one value"}
	}
	for i := range x.Args {
		one := *x
		one.Args = x.Args[i : i+1]
		if f := d.appendOne(v, &one); f != nil {
			return f
		}
	}
	return nil
}

func (d *dir) appendOne(v reflect.Value, x *confparse.Directive) *fault {
	e := reflect.New(v.Type().Elem()).Elem()
	f := d.setOne(e, x)
	if f == nil {
		v.Set(reflect.Append(v, e))
	}
	return f
}

func (d *dir) setOne(v reflect.Value, x *confparse.Directive) *fault {
	if s, ok := v.Addr().Interface().(syntax); ok {
		if err := s.Set(x); err != nil {
			return err.(*fault)
		}
		if l, ok := s.(*Listen); ok && d.loopback && l.Bare {
			l.Addr = "127.0.0.1:" + l.port()
		}
		return nil
	}
	w, f := oneArg(x)
	if f != nil {
		return f
	}
	return d.setWord(v, w)
}

func (d *dir) setWord(v reflect.Value, w confparse.Word) *fault {
	switch v.Interface().(type) {
	case bool:
		on, f := parseBool(w)
		v.SetBool(on)
		return f
	case string:
		return d.setText(v, w)
	case time.Duration:
		n, err := parseDuration(w.Value, d.unit)
		if err != nil {
			return faultAt(w, "must be a time: %v, or a number of %s", err, unitNames[d.unit])
		}
		v.SetInt(int64(n))
	case int64:
		n, err := parseSize(w.Value)
		if err != nil {
			return faultAt(w, "must be a size: %v", err)
		}
		v.SetInt(n)
	case int:
		n, err := strconv.Atoi(w.Value)
		if err != nil {
			return faultAt(w, "must be a whole number")
		}
		v.SetInt(int64(n))
	}
	return d.checkRange(v.Int(), w)
}

func (d *dir) setText(v reflect.Value, w confparse.Word) *fault {
	text, f := w.Value, d.checkEnum(w)
	switch d.form {
	case "url":
		f = checkURL(w)
	case "path":
		if text == "" {
			f = faultAt(w, "takes a path")
		}
	case "domain":
		text, f = parseDomain(w)
	}
	v.SetString(text)
	return f
}

var unitNames = map[string]string{"s": "seconds", "ms": "milliseconds"}

func parseBool(w confparse.Word) (bool, *fault) {
	switch strings.ToLower(w.Value) {
	case "on":
		return true, nil
	case "off":
		return false, nil
	case "true", "yes", "1":
		return false, faultAt(w, "must be on or off").hinting(`write "on"`)
	case "false", "no", "0":
		return false, faultAt(w, "must be on or off").hinting(`write "off"`)
	}
	return false, faultAt(w, "must be on or off")
}

func (d *dir) checkEnum(w confparse.Word) *fault {
	if len(d.enum) == 0 {
		return nil
	}
	for _, e := range d.enum {
		if w.Value == e {
			return nil
		}
	}
	f := faultAt(w, "must be %s", oneOf(d.enum))
	if near := confparse.Suggest(w.Value, d.enum); near != "" {
		return f.hinting("did you mean %q?", near)
	}
	return f
}

// checkRange checks what is written, not the default: chunk_size 0 stands for
// the top level's and cannot be written.
func (d *dir) checkRange(n int64, w confparse.Word) *fault {
	if w.Span.Start.IsZero() {
		return nil
	}
	if d.min != "" && n < d.bound(d.min) {
		return faultAt(w, "must be at least %s", d.min)
	}
	if d.max != "" && n > d.bound(d.max) {
		return faultAt(w, "must be at most %s", d.max)
	}
	return nil
}

// bound reads min or max; a mistake there shows in the tests, which write both.
func (d *dir) bound(s string) int64 {
	if d.typ == reflect.TypeFor[time.Duration]() {
		n, _ := parseDuration(s, d.unit)
		return int64(n)
	}
	n, _ := parseSize(s)
	return n
}
