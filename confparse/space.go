package confparse

import (
	"strings"
	"unicode/utf8"
)

// skipSpace skips white space and comments, and reports whether a line ended.
func (t *tokenizer) skipSpace() (newline bool) {
	for t.at.Offset < len(t.text) {
		switch c := t.text[t.at.Offset]; {
		case c == '\n':
			t.at.Offset++
			t.at.Line++
			t.at.Col = 1
			t.indent, t.blank = 0, true
			newline = true
		case c == ' ' || c == '\t' || c == '\r':
			t.at.Offset++
			t.at.Col++
			if t.blank {
				t.indent = indented(t.indent, c)
			}
		case c == '#':
			t.advance(lineLength(t.text[t.at.Offset:]))
		case c >= utf8.RuneSelf && t.skipOddSpace():
		default:
			return newline
		}
	}
	return newline
}

// skipOddSpace skips a lookalike of a space, if the cursor is at one.
func (t *tokenizer) skipOddSpace() bool {
	r, size := utf8.DecodeRuneInString(t.text[t.at.Offset:])
	if lookalikes[r] != ' ' {
		return false
	}
	t.lookalike(Span{t.at, t.ahead(size)}, r)
	t.advance(size)
	if t.blank {
		t.indent++
	}
	return true
}

// lineLength returns the length of text up to the end of its first line. A lone
// CR ends it too, as in SRS.
func lineLength(text string) int {
	if n := strings.IndexAny(text, "\r\n"); n >= 0 {
		return n
	}
	return len(text)
}

// indented returns the column after c, a white space at column n from 0.
func indented(n int, c byte) int {
	if c == '\t' {
		return n + 8 - n%8
	}
	return n + 1
}

// lineIndent measures the white space that text begins with, in columns and bytes.
func lineIndent(text string) (columns, n int) {
	for n < len(text) && (text[n] == ' ' || text[n] == '\t') {
		columns = indented(columns, text[n])
		n++
	}
	return columns, n
}
