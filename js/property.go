package js

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// property is the set of what \p{text} matches (ECMA-262, 22.2.1, and its tables 67
// to 69): a general category, a script or a property that is true or false. Script
// extensions are not known.
func property(text string) (runes, error) {
	s, ok := findProperty(text)
	if !ok {
		return nil, fmt.Errorf(`\p{%s} is no property that is known here`, text)
	}
	return s, nil
}

func findProperty(text string) (runes, bool) {
	name, value, ok := strings.Cut(text, "=")
	if ok {
		switch name {
		case "General_Category", "gc":
			return category(value)
		case "Script", "sc":
			return script(value)
		}
		return nil, false
	}
	if s, ok := category(text); ok {
		return s, true
	}
	if long, ok := propertyAliases[text]; ok {
		text = long
	}
	if spans, ok := emojis[text]; ok {
		return spansOf(spans), true
	}
	if s, ok := derived(text); ok {
		return s, true
	}
	if t, ok := unicode.Properties[text]; ok && !strings.HasPrefix(text, "Other_") {
		return tables(t), true
	}
	return nil, false
}

func category(name string) (runes, bool) {
	if short, ok := unicode.CategoryAliases[name]; ok {
		name = short
	}
	t, ok := unicode.Categories[name]
	if !ok {
		return nil, false
	}
	return tables(t), true
}

func script(name string) (runes, bool) {
	if long, ok := scriptAliases[name]; ok {
		name = long
	}
	t, ok := unicode.Scripts[name]
	if !ok {
		return nil, false
	}
	return tables(t), true
}

// derived are the properties that the others give (Unicode, DerivedCoreProperties.txt).
func derived(name string) (runes, bool) {
	switch name {
	case "Any":
		return runes{{0, unicode.MaxRune}}, true
	case "ASCII":
		return runes{{0, unicode.MaxASCII}}, true
	case "Assigned":
		return tables(unicode.Cn).not(), true
	case "Alphabetic":
		return tables(unicode.L, unicode.Nl, unicode.Other_Alphabetic), true
	case "Lowercase":
		return tables(unicode.Ll, unicode.Other_Lowercase), true
	case "Uppercase":
		return tables(unicode.Lu, unicode.Other_Uppercase), true
	case "Cased":
		return tables(unicode.Lu, unicode.Ll, unicode.Lt, unicode.Other_Lowercase, unicode.Other_Uppercase), true
	case "Math":
		return tables(unicode.Sm, unicode.Other_Math), true
	case "ID_Start":
		return idStart(), true
	case "ID_Continue":
		return idStart().or(tables(unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)), true
	}
	return nil, false
}

func idStart() runes {
	return tables(unicode.L, unicode.Nl, unicode.Other_ID_Start).without(tables(unicode.Pattern_Syntax, unicode.Pattern_White_Space))
}

// spansOf reads "23 2a 30-39".
func spansOf(text string) runes {
	var s runes
	for f := range strings.FieldsSeq(text) {
		lo, hi, more := strings.Cut(f, "-")
		if !more {
			hi = lo
		}
		from, _ := strconv.ParseInt(lo, 16, 32) //nolint:errcheck // the table is ours
		to, _ := strconv.ParseInt(hi, 16, 32)   //nolint:errcheck // the table is ours
		s = append(s, span{rune(from), rune(to)})
	}
	return s
}
