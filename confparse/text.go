package confparse

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
)

const (
	// maxShown is how many findings of a run are printed.
	maxShown = 20
	// excerptWidth is how much of a source line is printed, in columns.
	excerptWidth = 120
	tabWidth     = 4
)

// WriteText prints the findings for people, in the order they have:
//
//	srs.conf:9:9: error: unknown directive "hls_fragmnet" in vhost.hls [E201]
//	    9 |         hls_fragmnet 10;
//	      |         ^^^^^^^^^^^^
//	hint: did you mean "hls_fragment"?
//
// f holds the lines, and knows where the files with findings are included, which
// is noted. After twenty findings it prints only how many more there are.
func (l Diagnostics) WriteText(w io.Writer, f *File) error {
	var b bytes.Buffer
	for _, d := range l[:min(len(l), maxShown)] {
		d.writeText(&b, f)
	}
	if n := len(l) - maxShown; n > 0 {
		fmt.Fprintf(&b, "and %d more\n", n)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (d Diagnostic) writeText(b *bytes.Buffer, f *File) {
	at := d.place(f)
	fmt.Fprintf(b, "%v: %s: %s", at, d.Severity, d.Message)
	if d.Code != "" {
		fmt.Fprintf(b, " [%s]", d.Code)
	}
	b.WriteByte('\n')
	if source := f.Source(at.File); source != "" && !at.IsZero() {
		writeExcerpt(b, line(source, at.Line), d.Span)
	}
	if d.Hint != "" {
		fmt.Fprintf(b, "hint: %s\n", d.Hint)
	}
	for _, n := range d.notes(f) {
		fmt.Fprintf(b, "%v: note: %s\n", n.Span.Start, n.Message)
	}
}

// line returns the line of text with number n, from 1, or "".
func line(text string, n int) string {
	for ; n > 1; n-- {
		_, rest, ok := strings.Cut(text, "\n")
		if !ok {
			return ""
		}
		text = rest
	}
	text, _, _ = strings.Cut(text, "\n")
	return strings.TrimSuffix(text, "\r")
}

// writeExcerpt prints the line in which at begins and a caret under each of its
// columns there.
func writeExcerpt(b *bytes.Buffer, line string, at Span) {
	cells, from, to := layOut(line, at)
	if from > excerptWidth*3/4 { // a long line is cut around the carets
		cut := from - excerptWidth/2
		cells = append([]rune("..."), cells[cut:]...)
		from, to = from-cut+3, to-cut+3
	}
	if len(cells) > excerptWidth {
		cells = append(cells[:excerptWidth:excerptWidth], []rune("...")...)
		to = min(to, excerptWidth)
	}
	fmt.Fprintf(b, "%5d | %s\n", at.Start.Line, string(cells))
	fmt.Fprintf(b, "      | %s%s\n", strings.Repeat(" ", from), strings.Repeat("^", max(1, to-from)))
}

// layOut expands the tabs of a line and replaces what a terminal would obey.
// It returns the characters and which of them at covers.
func layOut(line string, at Span) (cells []rune, from, to int) {
	end := at.End.Col
	if at.End.Line != at.Start.Line {
		end = len(line) + 2 // to the end of the line
	}
	from, to = -1, -1
	col := 0
	for _, r := range line {
		if col++; col == at.Start.Col {
			from = len(cells)
		}
		if col == end {
			to = len(cells)
		}
		if r == '\t' {
			cells = append(cells, []rune(strings.Repeat(" ", tabWidth-len(cells)%tabWidth))...)
			continue
		}
		if !unicode.IsPrint(r) {
			r = '?'
		}
		cells = append(cells, r)
	}
	if from < 0 {
		from = len(cells)
	}
	if to < 0 {
		to = len(cells)
	}
	return cells, from, to
}
