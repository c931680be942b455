package confparse

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

const (
	// indentation is what a block adds to its lines.
	indentation = "    "
	// maxFlat is how many directives a block in one line may hold.
	maxFlat = 2
)

// Format lays out the text of the file called name in the one way there is: a
// directive a line, four spaces a level, the brace on the name's line, words one
// space apart, at most one blank line in a row. A block stays in one line if it
// is there, without a comment, with at most two directives that have no block.
// The tree does not change: comments stay where they stand, quotes and scripts
// byte by byte, and lines end as the first one does.
//
// A text with errors comes back as it is, with them. What Format returns it
// formats to itself.
func Format(name, text string) (string, Diagnostics) {
	_, found := Parse(name, text)
	if found.HasErrors() {
		return text, found
	}
	list := lexemes(name, text)
	l := &layout{list: list, eol: lineEnd(list), fresh: true}
	l.out.Grow(len(text))
	for i := range list {
		l.write(i)
	}
	return l.out.String(), found
}

// layout is the state of a Format.
type layout struct {
	list []lexeme
	eol  string

	out       strings.Builder
	level     int  // blocks that are open
	inside    bool // a directive has begun and not ended
	flat      bool // in a block of one line
	fresh     bool // nothing stands in the block so far
	commented bool // the line ends in a comment
}

// write writes the token i and the comments before it. Comments before a ';' or
// a '{' go after it, so that it stands on the line of its directive.
func (l *layout) write(i int) {
	x := l.list[i]
	switch x.token.Type {
	case tokenSemi:
		l.out.WriteString(";")
		l.inside = false
		l.comments(x)
		return
	case tokenOpen:
		l.out.WriteString(" {")
		l.inside, l.fresh = false, true
		l.flat = len(x.comments) == 0 && l.fits(i+1)
		l.level++
		l.comments(x)
		return
	}
	l.comments(x)
	switch x.token.Type {
	case tokenClose:
		l.close()
	case tokenScript:
		l.script(x.token.Value)
	case lexer.EOF:
		if l.out.Len() > 0 {
			l.out.WriteString(l.eol)
		}
	default:
		l.word(x)
	}
}

// fits reports whether the block that begins before token i is one of one line.
func (l *layout) fits(i int) bool {
	for count := 0; ; i++ {
		x := l.list[i]
		switch {
		case x.lines > 0 || len(x.comments) > 0:
			return false
		case x.token.Type == tokenClose:
			return count <= maxFlat
		case x.token.Type == tokenOpen || x.token.Type == tokenScript:
			return false
		case x.token.Type == tokenSemi:
			count++
		}
	}
}
