package builtin

import "strings"

func (p *urlParser) pathStart(c rune) step {
	switch {
	case p.url.special():
		if !p.slash(c) {
			p.at--
		}
		return p.to((*urlParser).path)
	case p.override == "" && (c == '?' || c == '#'):
		return p.afterPath(c)
	case c != eof:
		if c != '/' {
			p.at--
		}
		return p.to((*urlParser).path)
	case p.override != "" && p.url.host == nil:
		p.url.path = append(p.url.path, "")
	}
	return next
}

func (p *urlParser) path(c rune) step {
	if c != eof && !p.slash(c) && (p.override != "" || c != '?' && c != '#') {
		percentEncode(&p.buf, c, pathSet)
		return next
	}
	p.segment(p.take(), p.slash(c))
	return p.afterPath(c)
}

// segment adds a segment to the path, behind which there is another or not.
func (p *urlParser) segment(s string, more bool) {
	u := p.url
	switch dots := strings.ReplaceAll(strings.ToLower(s), "%2e", "."); {
	case dots == "..":
		u.shorten()
		if !more {
			u.path = append(u.path, "")
		}
	case dots == ".":
		if !more {
			u.path = append(u.path, "")
		}
	default:
		if u.scheme == "file" && len(u.path) == 0 && isDrive(s) {
			s = s[:1] + ":"
		}
		u.path = append(u.path, s)
	}
}

func (p *urlParser) opaquePath(c rune) step {
	switch {
	case c == eof || c == '?' || c == '#':
		*p.url.opaque = p.take()
		return p.afterPath(c)
	case c == ' ' && p.follows("?#"):
		p.buf.WriteString("%20")
	default:
		percentEncode(&p.buf, c, controlSet)
	}
	return next
}

// afterPath goes on to the query or the fragment, if c begins one.
func (p *urlParser) afterPath(c rune) step {
	switch c {
	case '?':
		p.url.query = empty()
		return p.to((*urlParser).queryState)
	case '#':
		p.url.fragment = empty()
		return p.to((*urlParser).fragment)
	}
	return next
}

func (p *urlParser) queryState(c rune) step {
	if c != eof && (p.override != "" || c != '#') {
		p.buf.WriteRune(c)
		return next
	}
	set := querySet
	if p.url.special() {
		set = specialQuerySet
	}
	*p.url.query += percentEncodeAll(p.take(), set)
	if c == '#' {
		p.url.fragment = empty()
		return p.to((*urlParser).fragment)
	}
	return next
}

func (p *urlParser) fragment(c rune) step {
	if c == eof {
		return next
	}
	*p.url.fragment += percentEncodeAll(string(p.input[p.at:]), fragmentSet)
	return done
}
