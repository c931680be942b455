package confparse

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

const (
	// maxDepth bounds the nesting of blocks: the grammar recurses.
	maxDepth = 64
	// maxTokens bounds what a file of 8 MiB may cost: a token is ten times its text.
	maxTokens = 1_000_000
	// maxFindings bounds the warnings of a file, and the errors on top of them.
	maxFindings = 1000
)

// A tokenizer is a participle lexer that never fails. What is wrong becomes a
// finding, and the tokens are repaired (a missing ';' or '}' is put in, a stray
// '}' left out), so that the grammar always sees a well-formed file and all of it
// is checked in one run.
type tokenizer struct {
	text  string
	found Diagnostics
	count int // tokens so far

	at     Pos  // the cursor
	last   Pos  // the end of the last token
	indent int  // columns of white space before the text of the cursor's line
	blank  bool // nothing but white space so far on the cursor's line

	inside  bool // a directive has begun and not ended
	current opened
	blocks  []opened // the blocks that are open, outermost first
	deep    int      // blocks that are open below the deepest allowed
	suspect *Note    // the last '}' at the top whose indentation disagrees
	gaveUp  bool     // the rest is not read: do not report what it leaves open

	// bounded: a script has swallowed what follows it, so scripts are now
	// taken to end where they seem to. It keeps the time linear.
	bounded bool
}

// opened is a directive that has begun.
type opened struct {
	name    string
	span    Span // of the name
	indent  int  // of its line
	suspect *Note
}

func newTokenizer(name, text string) *tokenizer {
	t := &tokenizer{text: text, blank: true, at: Pos{File: name, Line: 1, Col: 1}}
	if strings.HasPrefix(text, "\ufeff") {
		t.at.Offset = len("\ufeff")
	}
	t.last = t.at
	return t
}

// Next returns the next token; the error is always nil.
func (t *tokenizer) Next() (lexer.Token, error) {
	for {
		skipped := t.deep > 0
		token, ok := t.scan()
		if !ok || skipped {
			continue
		}
		if t.count++; t.count == maxTokens {
			t.errorf("E104", Span{t.at, t.at}, "the file has more than %d words", maxTokens)
			t.giveUp()
		}
		return token, nil
	}
}

// scan reads on to the next token. It reports false when what it read is none.
func (t *tokenizer) scan() (lexer.Token, bool) {
	newline := t.skipSpace()
	if t.at.Offset == len(t.text) {
		return t.end()
	}
	c, width := t.mark()
	if newline && t.inside && t.indent <= t.current.indent && c != ';' && c != '{' && c != '}' {
		return t.missingSemi("", "end it with ';': only a line that is indented deeper goes on with it"), true
	}
	switch c {
	case ';':
		return t.semi(width)
	case '{':
		return t.open(width)
	case '}':
		return t.close(width)
	case '"', '\'':
		return t.quoted(c), true
	}
	return t.word(), true
}

// advance moves the cursor over n bytes without a newline.
func (t *tokenizer) advance(n int) {
	t.at.Col += utf8.RuneCountInString(t.text[t.at.Offset : t.at.Offset+n])
	t.at.Offset += n
}

// take makes a token of the next n bytes, which hold no newline.
func (t *tokenizer) take(kind lexer.TokenType, n int) lexer.Token {
	token := lexer.Token{Type: kind, Value: t.text[t.at.Offset : t.at.Offset+n], Pos: toPosition(t.at)}
	t.advance(n)
	t.last, t.blank = t.at, false
	return token
}

// giveUp ends the reading of the file at the cursor.
func (t *tokenizer) giveUp() {
	t.at = t.at.advance(t.text[t.at.Offset:])
	t.gaveUp = true
}

// report records a finding, unless there are too many.
func (t *tokenizer) report(severity Severity, limit int, code string, at Span, format string, args []any) *Diagnostic {
	if len(t.found) >= limit {
		return &Diagnostic{}
	}
	t.found = append(t.found, Diagnostic{Severity: severity, Code: code, Span: at, Message: fmt.Sprintf(format, args...)})
	return &t.found[len(t.found)-1]
}

// errorf records an error and returns it for its hint and notes. Warnings never
// crowd errors out.
func (t *tokenizer) errorf(code string, at Span, format string, args ...any) *Diagnostic {
	return t.report(Error, 2*maxFindings, code, at, format, args)
}

func (t *tokenizer) warnf(code string, at Span, format string, args ...any) *Diagnostic {
	return t.report(Warning, maxFindings, code, at, format, args)
}
