package confparse

import (
	"fmt"

	"github.com/alecthomas/participle/v2/lexer"
)

// begin starts a directive, if none has begun, with a first word.
func (t *tokenizer) begin(name string, span Span) {
	if t.inside {
		return
	}
	t.inside = true
	t.current = opened{name: name, span: span, indent: t.indent}
}

// semi reads a ';'.
func (t *tokenizer) semi(width int) (lexer.Token, bool) {
	stray := !t.inside
	t.inside = false
	token := t.plain(t.take(tokenSemi, width))
	if stray {
		t.warnf("W102", spanOf(token), "this ';' ends nothing")
	}
	return token, !stray
}

// open reads a '{': of a block, or of a script when the directive is a js_*.
func (t *tokenizer) open(width int) (lexer.Token, bool) {
	if !t.inside {
		// The name is put in; the '{' is read again, now as its block's.
		t.errorf("E103", Span{t.at, t.ahead(width)}, "a block needs a directive's name before its '{'")
		t.begin("", Span{t.at, t.at})
		return lexer.Token{Type: tokenWord, Pos: toPosition(t.at)}, true
	}
	if takesScript(t.current.name) {
		return t.script(width), true
	}
	t.inside = false
	token := t.plain(t.take(tokenOpen, width))
	switch {
	case t.deep > 0:
		t.deep++
	case len(t.blocks) == maxDepth:
		t.errorf("E104", spanOf(token), "blocks nest deeper than %d", maxDepth)
		t.deep = 1
		token = lexer.Token{Type: tokenSemi, Pos: token.Pos}
	default:
		t.blocks = append(t.blocks, t.current)
	}
	return token, true
}

// close reads a '}'.
func (t *tokenizer) close(width int) (lexer.Token, bool) {
	if t.inside {
		return t.missingSemi(" before '}'", "end it with ';'"), true
	}
	first, indent := t.blank, t.indent
	token := t.plain(t.take(tokenClose, width))
	if t.deep > 0 {
		t.deep--
		return token, false
	}
	if len(t.blocks) == 0 {
		d := t.errorf("E105", spanOf(token), "this '}' closes nothing")
		if t.suspect != nil {
			d.Notes = append(d.Notes, *t.suspect)
		}
		return token, false
	}
	block := t.blocks[len(t.blocks)-1]
	t.blocks = t.blocks[:len(t.blocks)-1]
	if block.suspect == nil && first {
		block.suspect = disagreeing(block, spanOf(token), indent)
	}
	t.pass(block.suspect)
	return token, true
}

// disagreeing returns a note if the '}' at brace, indented so far and the first
// of its line, does not stand below the directive it closes.
func disagreeing(block opened, brace Span, indent int) *Note {
	if indent == block.indent || brace.Start.Line == block.span.Start.Line {
		return nil
	}
	return &Note{brace, fmt.Sprintf("this '}' closes %q of line %d, but is indented like another", block.name, block.span.Start.Line)}
}

// pass hands a suspicious '}' to the block around the one it closed: if that is
// never closed, here is where it went wrong.
func (t *tokenizer) pass(suspect *Note) {
	switch n := len(t.blocks); {
	case suspect == nil:
	case n == 0:
		t.suspect = suspect
	case t.blocks[n-1].suspect == nil:
		t.blocks[n-1].suspect = suspect
	}
}

// missingSemi puts in the ';' of the current directive.
func (t *tokenizer) missingSemi(where, hint string) lexer.Token {
	if !t.gaveUp {
		t.errorf("E101", Span{t.last, t.last}, "missing ';' after %q%s", t.current.name, where).Hint = hint
	}
	t.inside = false
	return lexer.Token{Type: tokenSemi, Pos: toPosition(t.last)}
}

// end closes what is open at the end of the file, a token at a time.
func (t *tokenizer) end() (lexer.Token, bool) {
	if t.deep > 0 {
		t.deep, t.inside, t.gaveUp = 0, false, true
		return lexer.Token{}, false
	}
	if t.inside {
		return t.missingSemi(" at the end of the file", "end it with ';'"), true
	}
	n := len(t.blocks)
	if n == 0 {
		return lexer.EOFToken(toPosition(t.at)), true
	}
	block := t.blocks[n-1]
	t.blocks = t.blocks[:n-1]
	if !t.gaveUp {
		d := t.errorf("E111", block.span, "the block of %q is never closed", block.name)
		if block.suspect != nil {
			d.Notes = append(d.Notes, *block.suspect)
		}
	}
	return lexer.Token{Type: tokenClose, Pos: toPosition(t.at)}, true
}
