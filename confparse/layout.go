package confparse

// word writes a name or an argument.
func (l *layout) word(x lexeme) {
	switch {
	case !l.inside && !l.flat:
		l.line(l.level, x.lines)
	case l.commented:
		l.line(l.level+1, 1)
	case !x.adjacent || !l.inside:
		l.out.WriteByte(' ')
	}
	l.out.WriteString(x.token.Value)
	l.inside, l.fresh, l.commented = true, false, false
}

// script writes the JavaScript that ends a directive.
func (l *layout) script(text string) {
	if l.commented {
		l.line(l.level, 1)
	} else {
		l.out.WriteByte(' ')
	}
	l.out.WriteString(text)
	l.inside = false
}

// close writes a '}'.
func (l *layout) close() {
	l.level--
	switch {
	case !l.flat:
		l.line(l.level, 1)
	case !l.fresh:
		l.out.WriteByte(' ')
	}
	l.out.WriteByte('}')
	l.flat, l.fresh, l.commented = false, false, false
}

// comments writes the comments before a token: behind what they stand behind, or
// on lines of their own.
func (l *layout) comments(x lexeme) {
	for _, c := range x.comments {
		switch {
		case c.lines == 0 && !l.commented && l.out.Len() > 0:
			l.out.WriteByte(' ')
		case l.inside:
			l.line(l.level+1, 1)
		default:
			l.line(l.level, c.lines)
			l.fresh = false
		}
		l.out.WriteString(c.text)
		l.commented = true
	}
}

// line begins a line, after a blank one if the text had such a one there: two
// newlines or more. None stands at the beginning of a block.
func (l *layout) line(level, newlines int) {
	if l.out.Len() > 0 {
		l.out.WriteString(l.eol)
		if newlines > 1 && !l.fresh {
			l.out.WriteString(l.eol)
		}
	}
	for range level {
		l.out.WriteString(indentation)
	}
	l.commented = false
}
