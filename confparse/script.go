package confparse

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// takesScript reports whether the block of a directive is JavaScript.
func takesScript(name string) bool { return strings.HasPrefix(name, "js_") }

// script reads the JavaScript of the current directive, braces included.
func (t *tokenizer) script(width int) lexer.Token {
	t.inside = false
	start := t.at.Offset
	text := t.text
	if t.bounded {
		text = text[:t.seemingEnd()]
	}
	end, fault := scanScript(text, start, start+width)
	if fault != nil {
		return t.badScript(fault, width)
	}
	token := t.plain(t.takeScript(tokenScript, end-start))
	t.checkBrace(token)
	return token
}

// badScript reports what is wrong with a script and reads on where it seems to end.
func (t *tokenizer) badScript(fault *scriptFault, width int) lexer.Token {
	end := t.lineScriptEnd()
	if fault.read > end {
		end = t.seemingEnd()
	}
	if fault.read > end {
		// The script swallowed other directives. What stands open before
		// them tells more than what went wrong in them.
		t.bounded = true
		_, fault = scanScript(t.text[:end-1], t.at.Offset, t.at.Offset+width)
	}
	from := t.at
	place := from.advance(t.text[from.Offset:fault.at])
	d := t.errorf("E110", Span{place, place.advance(t.text[fault.at : fault.at+1])}, "in the JavaScript of %q: %s", t.current.name, fault.message)
	if place.Line != from.Line {
		d.Notes = append(d.Notes, Note{Span{from, t.ahead(width)}, "the script begins here"})
	}
	if end == len(t.text) {
		t.gaveUp = true
	}
	return t.plain(t.takeScript(tokenBadScript, end-from.Offset))
}

// lineScriptEnd returns the end of the script at the cursor if it seems to be
// written in one line, else 0.
func (t *tokenizer) lineScriptEnd() int {
	line, _, _ := strings.Cut(t.text[t.at.Offset:], "\n")
	if line = strings.TrimRight(line, " \t\r;"); strings.HasSuffix(line, "}") {
		return t.at.Offset + len(line)
	}
	return 0
}

// seemingEnd guesses the end of the script at the cursor: after the first line
// that begins with a '}' and is not indented deeper than the directive.
func (t *tokenizer) seemingEnd() int {
	at := t.at.Offset
	for {
		n := strings.IndexByte(t.text[at:], '\n')
		if n < 0 {
			return len(t.text)
		}
		at += n + 1
		indent, text := lineIndent(t.text[at:])
		at += text
		if strings.HasPrefix(t.text[at:], "}") && indent <= t.current.indent {
			return at + 1
		}
	}
}

// takeScript makes a token of the next n bytes, which may hold newlines.
func (t *tokenizer) takeScript(kind lexer.TokenType, n int) lexer.Token {
	text := t.text[t.at.Offset : t.at.Offset+n]
	token := lexer.Token{Type: kind, Value: text, Pos: toPosition(t.at)}
	if k := strings.LastIndexByte(text, '\n'); k >= 0 {
		t.indent, _ = lineIndent(text[k+1:])
	}
	t.at = t.at.advance(text)
	t.last, t.blank = t.at, false
	return token
}

// checkBrace notes a script's closing brace if it is indented like another's.
func (t *tokenizer) checkBrace(token lexer.Token) {
	line := token.Value[strings.LastIndexByte(token.Value, '\n')+1:]
	if strings.TrimLeft(line, " \t") != "}" {
		return
	}
	brace := t.last
	brace.Offset--
	brace.Col--
	t.pass(disagreeing(t.current, Span{brace, t.last}, t.indent))
}
