package builtin

import (
	"errors"
	"testing"

	"weir/js"
)

// Whatever is read, what comes of it is a list in which elements begin and end, and
// errors are those of XML.
func FuzzXML(f *testing.F) {
	for _, s := range []string{
		`<a b="1&amp;">x<c/><!-- y --><?z w?><![CDATA[<]]></a>`,
		`<!DOCTYPE a [<!ENTITY e "<b>&f;</b>"><!ENTITY f "g"><!ATTLIST a c NMTOKENS "1  2">]><a>&e;</a>`,
		`<p:a xmlns:p="u" xmlns="v" p:b="1"><c xmlns=""/></p:a>`,
		`</a>`,
		"<?xml version='1.0' encoding='latin1'?><a>\xe9</a>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := parseXML(js.Env{}, []js.Value{b})
		var thrown *js.Throw
		if err != nil && !errors.As(err, &thrown) {
			t.Errorf("%T is no error of a script", err)
		}
		depth, kinds := 0, map[int64]int{xmlEnd: 0, xmlElement: 5, xmlText: 1, xmlComment: 1, xmlInstruction: 2}
		l, _ := v.([]js.Value)
		for len(l) > 0 {
			kind := l[0].(int64)
			switch kind {
			case xmlElement:
				depth++
			case xmlEnd:
				depth--
			}
			l = l[1+kinds[kind]:]
		}
		if depth != 0 {
			t.Errorf("%d elements more begin than end", depth)
		}
	})
}
