package builtin

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"weir/js"
)

// xmlInput is a text that is read: the document, or that of an entity.
type xmlInput struct {
	text   string
	at     int
	entity *xmlEntity // nil: the document
	depth  int        // of the elements around it
}

// rest is what has not been read.
func (in *xmlInput) rest() string { return in.text[in.at:] }

// skip goes on after s, if that is next.
func (in *xmlInput) skip(s string) bool {
	if !strings.HasPrefix(in.rest(), s) {
		return false
	}
	in.at += len(s)
	return true
}

// space goes on after white space, and reports whether there was some.
func (in *xmlInput) space() bool {
	rest := strings.TrimLeft(in.rest(), " \t\n\r")
	n := len(in.rest()) - len(rest)
	in.at += n
	return n > 0
}

// until goes on after the next end, and returns what is ahead of it.
func (in *xmlInput) until(end string) (string, bool) {
	s, _, ok := strings.Cut(in.rest(), end)
	if ok {
		in.at += len(s) + len(end)
	}
	return s, ok
}

// name reads a name, "" if there is none (XML 1.0, 2.3).
func (in *xmlInput) name() string {
	n := 0
	for i, r := range in.rest() {
		if !isXMLNameStart(r) && (i == 0 || !isXMLNameRest(r)) {
			break
		}
		n = i + utf8.RuneLen(r)
	}
	s := in.rest()[:n]
	in.at += n
	return s
}

// quoted reads a literal in quotes.
func (in *xmlInput) quoted() (string, bool) {
	for _, q := range []string{`"`, `'`} {
		if in.skip(q) {
			return in.until(q)
		}
	}
	return "", false
}

func isXMLNameStart(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r == '_', r == ':':
		return true
	case r < 0xC0, r == 0xD7, r == 0xF7, r == 0x37E:
		return false
	}
	return r <= 0x2FF || 0x370 <= r && r <= 0x1FFF || r == 0x200C || r == 0x200D || 0x2070 <= r && r <= 0x218F ||
		0x2C00 <= r && r <= 0x2FEF || 0x3001 <= r && r <= 0xD7FF || 0xF900 <= r && r <= 0xFDCF ||
		0xFDF0 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0xEFFFF
}

func isXMLNameRest(r rune) bool {
	return '0' <= r && r <= '9' || r == '-' || r == '.' || r == 0xB7 || 0x300 <= r && r <= 0x36F || r == 0x203F || r == 0x2040
}

// isXMLName reports whether s is a name, with at most a colon inside (Namespaces in
// XML 1.0, 4).
func isXMLName(s string) bool {
	in := xmlInput{text: s}
	prefix, local, colon := strings.Cut(s, ":")
	return in.name() == s && prefix != "" && (!colon || local != "" && !strings.Contains(local, ":") && isXMLName(local))
}

// isXMLChar is the Char of XML 1.0, 2.2.
func isXMLChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || 0x20 <= r && r <= 0xD7FF || 0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0x10FFFF
}

// xmlError is an error at an offset in the text.
func xmlError(message, text string, at int) error {
	before := text[:min(at, len(text))]
	line := 1 + strings.Count(before, "\n")
	col := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	return &js.Throw{Class: "Error", Message: fmt.Sprintf(`failed to parse XML ("%s" at %d:%d)`, message, line, col)}
}
