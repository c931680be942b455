package confparse

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// lexeme is a token with what stands before it.
type lexeme struct {
	token    lexer.Token
	comments []comment
	lines    int  // newlines between the token and what is before it, a comment or a token
	adjacent bool // nothing is between them
	crlf     bool // the first of all newlines before the token is a CRLF
}

// comment is one, from its '#' to the end of its line.
type comment struct {
	text  string
	lines int // newlines between it and what is before it
}

// lexemes returns the tokens of a text without errors, the end of the file last.
func lexemes(name, text string) (list []lexeme) {
	t := newTokenizer(name, text)
	for at := t.at.Offset; ; {
		token, _ := t.Next() // never fails
		x := between(text[at:token.Pos.Offset])
		x.token = token
		list = append(list, x)
		if token.EOF() {
			return list
		}
		at = token.Pos.Offset + len(token.Value)
	}
}

// between reads what stands between two tokens: white space, comments, and the
// ';' that end nothing.
func between(gap string) lexeme {
	x := lexeme{adjacent: gap == ""}
	if n := strings.IndexByte(gap, '\n'); n > 0 {
		x.crlf = gap[n-1] == '\r'
	}
	for i := 0; i < len(gap); i++ {
		switch gap[i] {
		case '\n':
			x.lines++
		case '#':
			n := lineLength(gap[i:])
			text := strings.TrimRight(gap[i:i+n], " \t")
			x.comments = append(x.comments, comment{text, x.lines})
			x.lines = 0
			i += n - 1
		}
	}
	return x
}

// newlines returns how many newlines stand before the token.
func (x lexeme) newlines() int {
	n := x.lines
	for _, c := range x.comments {
		n += c.lines
	}
	return n
}

// lineEnd returns how the first line outside of a script ends.
func lineEnd(list []lexeme) string {
	for _, x := range list {
		switch {
		case x.crlf:
			return "\r\n"
		case x.newlines() > 0:
			return "\n"
		}
	}
	return "\n"
}
