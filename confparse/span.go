package confparse

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// String returns "file:line:col", or the file alone.
func (p Pos) String() string {
	if p.IsZero() {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

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
