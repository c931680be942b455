package vhost

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"weir/js"
	"weir/media/rtmp/amf0"
)

// properties are those of an object or an ECMA array; nil of anything else.
func properties(v any) (o amf0.Object, isArray bool) {
	switch v := v.(type) {
	case amf0.Object:
		return v, false
	case amf0.Array:
		return amf0.Object(v), true
	}
	return nil, false
}

func as(o amf0.Object, isArray bool) any {
	if isArray {
		return amf0.Array(o)
	}
	return o
}

// fromAMF is a value as scripts see it: an object of either kind is one, and a
// date is its milliseconds.
func fromAMF(v any) js.Value {
	switch v := v.(type) {
	case amf0.Object:
		m := make(map[string]any, len(v))
		for _, p := range v {
			m[p.Name] = fromAMF(p.Value)
		}
		return m
	case amf0.Array:
		return fromAMF(amf0.Object(v))
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = fromAMF(v[i])
		}
		return list
	case time.Time:
		return float64(v.UnixMilli())
	case amf0.XML:
		return string(v)
	case nil, bool, float64, string:
		return v
	}
	return nil
}

// toMetadata is what a script made of metadata: its properties in their old order,
// new ones behind.
func toMetadata(old amf0.Object, v js.Value) (amf0.Object, error) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("metadata must be an object, not %T", v)
	}
	o, err := toObject(old, m)
	return o, err
}

func toObject(old amf0.Object, m map[string]any) (amf0.Object, error) {
	o := amf0.Object{}
	left := maps.Clone(m)
	add := func(name string, before any) error {
		v, err := toAMF(before, left[name])
		delete(left, name)
		o = append(o, amf0.Property{Name: name, Value: v})
		return err
	}
	for _, p := range old {
		if _, ok := left[p.Name]; !ok {
			continue // deleted, or there twice
		}
		if err := add(p.Name, p.Value); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		if err := add(name, nil); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// toAMF is a script's value in AMF 0, of the kind that it had before where that
// fits.
func toAMF(before any, v js.Value) (any, error) {
	switch v := v.(type) {
	case nil, bool, string:
		return v, nil
	case int64:
		return number(before, float64(v)), nil
	case float64:
		return number(before, v), nil
	case []any:
		list := make([]any, len(v))
		for i := range v {
			var err error
			if list[i], err = toAMF(nil, v[i]); err != nil {
				return nil, err
			}
		}
		return list, nil
	case map[string]any:
		old, isArray := properties(before)
		o, err := toObject(old, v)
		return as(o, isArray), err
	}
	return nil, fmt.Errorf("metadata cannot have a %T in it", v)
}

// number stays the date that it was.
func number(before any, n float64) any {
	if t, ok := before.(time.Time); ok && float64(t.UnixMilli()) == n {
		return t
	}
	return n
}
