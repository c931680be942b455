package js

import (
	"encoding/json"
	"path"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja/file"
)

// layout says where each rune of an inline script stands, in the text that goja
// sees and in the configuration file. The text has the body alone, in its second
// line and those that follow: what a script costs must not depend on how far down
// in the file it is.
type layout []landmark

// landmark is the place of a rune, or of the body's end.
type landmark struct {
	text, file spot
	inWord     bool // it goes on with a word: no position of the engine is there
}

// spot is a line and a column from 1: in the text in bytes, in the file in runes.
type spot struct{ line, col int }

// layOut goes through the body. The engine takes more for the end of a line than
// the file does (ECMA-262, 12.3).
func layOut(in Inline) layout {
	l := make(layout, 0, len(in.Body)+1)
	m := landmark{text: spot{2, 1}, file: spot{in.At.Line, in.At.Col}}
	var last rune
	for i := 0; i < len(in.Body); {
		r, size := utf8.DecodeRuneInString(in.Body[i:])
		m.inWord = isWordRune(last) && isWordRune(r)
		l = append(l, m)
		i += size
		last = r
		m.text.col += size
		m.file.col++
		if r == '\n' {
			m.file = spot{m.file.line + 1, 1}
		}
		if r == '\n' || r == '\u2028' || r == '\u2029' || r == '\r' && (i == len(in.Body) || in.Body[i] != '\n') {
			m.text = spot{m.text.line + 1, 1}
		}
	}
	m.inWord = false
	return append(l, m)
}

func isWordRune(r rune) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// find returns where the file has what the text has at a spot; ok is false
// outside of the body, and the place is the nearest then.
func (l layout) find(at spot) (s spot, ok bool) {
	for i := len(l) - 1; i >= 0; i-- {
		if m := l[i].text; m.line < at.line || m.line == at.line && m.col <= at.col {
			return l[i].file, i < len(l)-1 || m == at
		}
	}
	return l[0].file, false
}

// sourceMap is the layout for goja: with it, it shows positions as the file's. It
// counts columns from 1 in both, which adaptMap is about, too.
func (l layout) sourceMap(name string) []byte {
	var b []byte
	text, in := spot{1, 0}, spot{1, 0}
	for _, m := range l {
		if m.inWord {
			continue
		}
		if m.text.line == text.line {
			b = append(b, ',')
		}
		for ; text.line < m.text.line; text = (spot{text.line + 1, 0}) {
			b = append(b, ';')
		}
		b = appendVLQ(b, m.text.col-text.col, 0, m.file.line-in.line, m.file.col-in.col)
		text, in = m.text, m.file
	}
	mapping, _ := json.Marshal(map[string]any{"version": 3, "sources": []string{name}, "mappings": string(b)}) //nolint:errcheck // it always encodes
	return mapping
}

// scriptName is what goja is to call a text of which the file, or the first of
// them, is called name. It takes the slash of an absolute name away from those
// that are not.
func scriptName(text, name string) string {
	if path.IsAbs(name) {
		return "/" + text
	}
	return text
}

// spelled is how goja writes the name of a source of a script: as a URL.
func spelled(script, name string) string {
	if u := file.ResolveSourcemapURL(script, name); u != nil {
		return u.String()
	}
	return name
}
