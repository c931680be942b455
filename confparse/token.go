package confparse

import (
	"fmt"
	"io"

	"github.com/alecthomas/participle/v2/lexer"
)

// The tokens. Words and strings keep their quotes; a script its braces. A token
// that repairs the text (a ';' or '}' that was forgotten) has no value.
const (
	tokenWord      lexer.TokenType = -(iota + 2)
	tokenString                    // "…" or '…'
	tokenSemi                      // ;
	tokenOpen                      // {
	tokenClose                     // }
	tokenScript                    // { JavaScript }
	tokenBadScript                 // the same, but where it ends is a guess
)

// definition is what participle knows of the tokenizer.
type definition struct{}

func (definition) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF":       lexer.EOF,
		"Word":      tokenWord,
		"String":    tokenString,
		"Semi":      tokenSemi,
		"Open":      tokenOpen,
		"Close":     tokenClose,
		"Script":    tokenScript,
		"BadScript": tokenBadScript,
	}
}

func (definition) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return newTokenizer(name, string(text)), nil
}

func toPosition(p Pos) lexer.Position {
	return lexer.Position{Filename: p.File, Offset: p.Offset, Line: p.Line, Column: p.Col}
}

func fromPosition(p lexer.Position) Pos {
	return Pos{File: p.Filename, Offset: p.Offset, Line: p.Line, Col: p.Column}
}
