package confparse

import "unicode/utf8"

// keywords are those after which an expression or a condition begins.
var keywords = map[string]context{
	"await": afterOperator, "case": afterOperator, "delete": afterOperator, "in": afterOperator,
	"instanceof": afterOperator, "new": afterOperator, "of": afterOperator, "return": afterOperator,
	"throw": afterOperator, "typeof": afterOperator, "void": afterOperator, "yield": afterOperator,
	"do": afterStatement, "else": afterStatement,
	"for": afterControl, "if": afterControl, "while": afterControl, "with": afterControl,
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isIdentifier reports whether c may stand in an identifier; every byte beyond
// ASCII may.
func isIdentifier(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '$' || c >= utf8.RuneSelf
}

// identifier reads a name or a keyword.
func (s *scriptScanner) identifier() {
	start := s.at
	for s.at < len(s.text) {
		c := s.text[s.at]
		if c >= utf8.RuneSelf && s.spaceLength() > 0 || !isIdentifier(c) && c != '\\' && s.at > start {
			break
		}
		s.at++
		if c == '\\' && s.peek(0) == 'u' { // \u{61}: these braces are no brackets
			s.at += 1 + bracedLength(s.text[s.at+1:])
		}
	}
	s.after = s.afterWord(s.text[start:s.at])
}

// afterWord tells what may follow a word.
func (s *scriptScanner) afterWord(word string) context {
	next, keyword := keywords[word]
	switch {
	case !keyword || s.after == afterDot:
		return afterOperand
	case word == "of" && s.top().kind != bracketControl:
		return afterOperand
	case word == "await" && s.after == afterControl: // for await (
		return afterControl
	}
	return next
}

// number reads a number, with its dots and its suffix.
func (s *scriptScanner) number() {
	for s.at < len(s.text) && (isIdentifier(s.text[s.at]) || s.text[s.at] == '.') {
		s.at++
	}
	s.after = afterOperand
}

// operator reads an operator that begins with c.
func (s *scriptScanner) operator(c byte) {
	width, after := 1, afterOperator
	next := s.peek(1)
	switch {
	case c == ';':
		after = afterStatement
		s.top().ternary = 0
	case c == ':':
		after = s.colon()
	case c == '?' && next == '.' && !isDigit(s.peek(2)):
		width, after = 2, afterDot
	case c == '?' && next == '?':
		width = 2
	case c == '?':
		s.top().ternary++
	case c == '.' && next == '.':
		width = 3
	case c == '.':
		after = afterDot
	case c == '=' && next == '>':
		width, after = 2, afterStatement
	case (c == '+' || c == '-') && next == c: // x++ remains an operand, ++x begins one
		width, after = 2, s.after
	}
	s.at = min(s.at+width, len(s.text))
	s.after = after
}

// colon tells a ternary's colon from a label's or a case's.
func (s *scriptScanner) colon() context {
	if b := s.top(); b.ternary > 0 {
		b.ternary--
		return afterOperator
	}
	return afterColon
}
