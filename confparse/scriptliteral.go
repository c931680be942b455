package confparse

import "strings"

// quoted reads a string.
func (s *scriptScanner) quoted(quote byte) *scriptFault {
	start := s.at
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case quote:
			s.at++
			s.after = afterOperand
			return nil
		case '\\':
			s.at++
			if s.peek(0) == '\r' && s.peek(1) == '\n' {
				s.at++
			}
		case '\n', '\r':
			return &scriptFault{message: "the string is not closed on its line", at: start}
		}
	}
	s.at = len(s.text)
	return &scriptFault{message: "the string is never closed", at: start}
}

// template reads on in the template literal that began at offset start, to its
// end or to a substitution.
func (s *scriptScanner) template(start int) *scriptFault {
	for ; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
		case '`':
			s.at++
			s.after = afterOperand
			return nil
		case '$':
			if s.peek(1) == '{' {
				s.at++
				fault := s.push(bracketSubst)
				s.top().at = start
				return fault
			}
		}
	}
	s.at = len(s.text)
	return &scriptFault{message: "the template literal is never closed", at: start}
}

// slash reads a comment, a regular expression or a division.
func (s *scriptScanner) slash() *scriptFault {
	start := s.at
	switch next := s.peek(1); {
	case next == '/':
		for !s.atLineEnd(0) {
			s.at++
		}
	case next == '*':
		n := strings.Index(s.text[s.at+2:], "*/")
		if n < 0 {
			s.at = len(s.text)
			return &scriptFault{message: "the comment is never closed", at: start}
		}
		s.at += 2 + n + 2
	case s.after != afterOperand && s.at >= s.divided && s.regexp():
		s.after = afterOperand
	default:
		s.at++
		s.after = afterOperator
	}
	return nil
}

// atLineEnd reports whether a line terminator of JavaScript stands n bytes after
// the cursor, or the text ends there.
func (s *scriptScanner) atLineEnd(n int) bool {
	switch s.peek(n) {
	case '\n', '\r':
		return true
	case '\xe2': // U+2028 and U+2029
		return s.peek(n+1) == 0x80 && s.peek(n+2)&^1 == 0xa8
	}
	return s.at+n >= len(s.text)
}

// regexp reads a regular expression, if one ends on this line.
func (s *scriptScanner) regexp() bool {
	class := false
	n := 1
	for ; !s.atLineEnd(n); n++ {
		switch c := s.peek(n); {
		case c == '\\' && !s.atLineEnd(n+1):
			n++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			s.at += n + 1
			for isIdentifier(s.peek(0)) {
				s.at++
			}
			return true
		}
	}
	s.divided = s.at + n
	return false
}
