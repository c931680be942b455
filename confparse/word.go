package confparse

import (
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// word reads an unquoted word: up to white space, ';', '{' or '}'. The braces of
// "${name}" belong to it.
func (t *tokenizer) word() lexer.Token {
	n, odd := wordLength(t.text[t.at.Offset:])
	token := t.take(tokenWord, n)
	if odd {
		t.checkText(token)
	}
	t.begin(token.Value, spanOf(token))
	return token
}

// wordLength returns the length of the word that text begins with, and whether
// it has bytes that are no plain ASCII text.
func wordLength(text string) (n int, odd bool) {
	for n < len(text) {
		switch c := text[n]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';' || c == '{' || c == '}':
			return n, odd
		case c == '$':
			n += 1 + bracedLength(text[n+1:])
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(text[n:])
			if endsWord(lookalikes[r]) {
				return n, odd
			}
			n, odd = n+size, true
		default:
			odd = odd || isControl(rune(c))
			n++
		}
	}
	return n, odd
}

// bracedLength returns the length of the "{name}" that text begins with, or 0.
func bracedLength(text string) int {
	if !strings.HasPrefix(text, "{") {
		return 0
	}
	if n := strings.IndexAny(text[1:], " \t\r\n;{}"); n >= 0 && text[1+n] == '}' {
		return n + 2
	}
	return 0
}

// quoted reads a string, which must end on its line.
func (t *tokenizer) quoted(quote byte) lexer.Token {
	n, closed := quotedLength(t.text[t.at.Offset:])
	if !closed {
		// What ends a directive ends this one too: there are no errors that follow from it.
		n = 1 + len(strings.TrimRight(t.text[t.at.Offset+1:t.at.Offset+n], " \t\r;{}"))
		t.errorf("E108", Span{t.at, t.ahead(1)}, "this %c is not closed on its line", quote).
			Hint = `close it before the end of the line; a quote inside is written \` + string(quote)
	}
	token := t.take(tokenString, n)
	t.checkText(token)
	if closed && !t.atWordEnd() {
		_, width := t.mark()
		t.errorf("E109", Span{t.at, t.ahead(width)}, "a closing quote must be followed by a space or ';'")
	}
	name := unquote(token.Value)
	if name == "" && !t.inside {
		t.errorf("E112", spanOf(token), "a directive's name must not be empty")
	}
	t.begin(name, spanOf(token))
	return token
}

// quotedLength returns the length of the string that text begins with, quotes
// included, or of what there is of it on its line.
func quotedLength(text string) (n int, closed bool) {
	for n = 1; n < len(text) && text[n] != '\n'; n++ {
		switch text[n] {
		case text[0]:
			return n + 1, true
		case '\\':
			if n+1 < len(text) && text[n+1] != '\n' {
				n++
			}
		}
	}
	return n, false
}

// atWordEnd reports whether the cursor stands where a quoted word may end.
func (t *tokenizer) atWordEnd() bool {
	if t.at.Offset == len(t.text) {
		return true
	}
	c, _ := t.mark()
	return endsWord(c) || strings.IndexByte("\t\r\n)", c) >= 0
}

// unquote decodes a string with nginx's escapes, \" \' \\ \t \r \n; any other
// backslash stays. The closing quote may be missing.
func unquote(raw string) string {
	quote, body := raw[0], raw[1:]
	if n := strings.IndexByte(body, '\\'); n < 0 {
		return strings.TrimSuffix(body, string(quote))
	}
	b := make([]byte, 0, len(body))
	for i := 0; i < len(body) && body[i] != quote; i++ {
		c := body[i]
		if c == '\\' && i+1 < len(body) {
			if k := strings.IndexByte(`"'\trn`, body[i+1]); k >= 0 {
				c = "\"'\\\t\r\n"[k]
				i++
			}
		}
		b = append(b, c)
	}
	return string(b)
}
