package confparse

import (
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// lookalikes are the characters that pass for one that matters here. Input
// methods and web pages put them where their author sees the plain one.
var lookalikes = map[rune]byte{
	'\u00a0': ' ', // no-break space
	'\u3000': ' ', // ideographic space
	'\ufeff': ' ', // zero width no-break space
	'；':      ';',
	'｛':      '{',
	'｝':      '}',
	'“':      '"',
	'”':      '"',
	'‘':      '\'',
	'’':      '\'',
}

const lookalikeHint = "type the plain character, or put the word in quotes if this one is meant"

// endsWord reports whether c ends an unquoted word; line ends and tabs apart.
func endsWord(c byte) bool { return c == ' ' || c == ';' || c == '{' || c == '}' }

func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

// mark returns the character at the cursor and its width in bytes. A lookalike
// of a ';' or a brace is read as such, so that one slip makes one finding.
func (t *tokenizer) mark() (c byte, width int) {
	c = t.text[t.at.Offset]
	if c < utf8.RuneSelf {
		return c, 1
	}
	r, size := utf8.DecodeRuneInString(t.text[t.at.Offset:])
	if k := lookalikes[r]; endsWord(k) {
		return k, size
	}
	return c, size
}

// plain reports the token if it begins with a lookalike of the mark it was read as.
func (t *tokenizer) plain(token lexer.Token) lexer.Token {
	if r, size := utf8.DecodeRuneInString(token.Value); lookalikes[r] != 0 {
		at := fromPosition(token.Pos)
		t.lookalike(Span{at, at.advance(token.Value[:size])}, r)
	}
	return token
}

func (t *tokenizer) lookalike(at Span, r rune) {
	t.errorf("E107", at, "%U looks like %q but is another character", r, lookalikes[r]).Hint = lookalikeHint
}

// checkText reports what does not belong into a word: the first bytes that are
// not UTF-8, control characters and, without quotes, lookalikes.
func (t *tokenizer) checkText(token lexer.Token) {
	at := fromPosition(token.Pos)
	for i, r := range token.Value {
		_, size := utf8.DecodeRuneInString(token.Value[i:])
		here := Pos{at.File, at.Offset + i, at.Line, at.Col}
		at.Col++
		span := Span{here, Pos{at.File, here.Offset + size, at.Line, at.Col}}
		switch {
		case r == utf8.RuneError && size == 1:
			t.errorf("E106", span, "this is not UTF-8 text").
				Hint = "save the file as UTF-8; other encodings may stand in comments only"
			return
		case isControl(r):
			t.errorf("E107", span, "the control character %U does not belong here", r)
		case token.Type == tokenWord && lookalikes[r] != 0:
			t.lookalike(span, r)
		}
	}
}
