package confparse

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// A scriptScanner finds the '}' that ends a script, without parsing JavaScript.
// It knows strings, templates, comments and brackets, and tells a regular
// expression from a division by what stands before the '/'.
type scriptScanner struct {
	text  string
	at    int
	open  []bracket
	after context
	// divided is the end of the line on which a '/' began no regular
	// expression: the others on it are not tried. It keeps the time linear.
	divided int
}

// context is what the text before the cursor makes of the text that follows.
type context int

const (
	afterStatement context = iota // a '{' begins a block, a '/' a regular expression
	afterOperand                  // a '{' begins a body, a '/' is a division
	afterOperator                 // a '{' begins an object, a '/' a regular expression
	afterColon                    // the same, but a '{' only if the colon is no label's
	afterControl                  // a '(' begins a condition
	afterDot                      // a keyword is a name
)

// scriptFault is why no end was found.
type scriptFault struct {
	message string
	at      int // the offset of the character that is wrong
	read    int // how far the text was read
}

// scanScript returns the offset after the '}' that matches the opening brace at
// offset open, whose script begins at offset body.
func scanScript(text string, open, body int) (end int, fault *scriptFault) {
	s := scriptScanner{text: text, at: body, open: []bracket{{kind: bracketBlock, at: open}}}
	for s.at < len(text) {
		if fault := s.step(); fault != nil {
			fault.read = s.at
			return 0, fault
		}
		if len(s.open) == 0 {
			return s.at, nil
		}
	}
	b := s.top()
	return 0, &scriptFault{message: fmt.Sprintf("'%s' is never closed", brackets[b.kind].open), at: b.at, read: len(text)}
}

func (s *scriptScanner) top() *bracket { return &s.open[len(s.open)-1] }

// peek returns the byte n after the cursor, or 0.
func (s *scriptScanner) peek(n int) byte {
	if s.at+n < len(s.text) {
		return s.text[s.at+n]
	}
	return 0
}

// step reads a token, a piece of white space or a comment.
func (s *scriptScanner) step() *scriptFault {
	switch c := s.text[s.at]; {
	case c == ' ' || c >= '\t' && c <= '\r':
		s.at++
	case c == '"' || c == '\'':
		return s.quoted(c)
	case c == '`':
		s.at++
		return s.template(s.at - 1)
	case c == '/':
		return s.slash()
	case c == '{':
		return s.push(s.brace())
	case c == '(' && s.after == afterControl:
		return s.push(bracketControl)
	case c == '(':
		return s.push(bracketParen)
	case c == '[':
		return s.push(bracketIndex)
	case c == '}' || c == ')' || c == ']':
		return s.pop(c)
	case c >= '0' && c <= '9' || c == '.' && isDigit(s.peek(1)):
		s.number()
	case c >= utf8.RuneSelf && s.spaceLength() > 0:
		s.at += s.spaceLength()
	case isIdentifier(c) || c == '#' || c == '\\':
		s.identifier()
	default:
		s.operator(c)
	}
	return nil
}

// spaceLength returns the length of the white space beyond ASCII at the cursor.
func (s *scriptScanner) spaceLength() int {
	if r, n := utf8.DecodeRuneInString(s.text[s.at:]); unicode.IsSpace(r) || r == '\ufeff' {
		return n
	}
	return 0
}
