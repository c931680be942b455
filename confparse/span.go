package confparse

import (
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// advance returns the position after text, which begins at p.
func (p Pos) advance(text string) Pos {
	if n := strings.Count(text, "\n"); n > 0 {
		p.Line += n
		p.Col = 1 + utf8.RuneCountInString(text[strings.LastIndexByte(text, '\n')+1:])
	} else {
		p.Col += utf8.RuneCountInString(text)
	}
	p.Offset += len(text)
	return p
}

// spanOf returns where token stands.
func spanOf(token lexer.Token) Span {
	p := fromPosition(token.Pos)
	return Span{p, p.advance(token.Value)}
}

// ahead returns the position n bytes after the cursor.
func (t *tokenizer) ahead(n int) Pos {
	return t.at.advance(t.text[t.at.Offset : t.at.Offset+n])
}
