package builtin

import "slices"

func (p *urlParser) file(c rune) step {
	p.url.scheme = "file"
	p.url.host = empty()
	switch {
	case c == '/' || c == '\\':
		return p.to((*urlParser).fileSlash)
	case p.base == nil || p.base.scheme != "file":
		return p.again((*urlParser).path)
	}
	p.inherit()
	return p.relativeTail(c, func() {
		if startsWithDrive(p.input[p.at:]) {
			p.url.path = nil
		} else {
			p.url.shorten()
		}
	})
}

func (p *urlParser) fileSlash(c rune) step {
	if c == '/' || c == '\\' {
		return p.to((*urlParser).fileHost)
	}
	if b := p.base; b != nil && b.scheme == "file" {
		p.url.host = b.host
		if !startsWithDrive(p.input[min(p.at, len(p.input)):]) && len(b.path) > 0 && isNormalDrive(b.path[0]) {
			p.url.path = append(p.url.path, b.path[0])
		}
	}
	return p.again((*urlParser).path)
}

func (p *urlParser) fileHost(c rune) step {
	if !p.ends(c) {
		p.buf.WriteRune(c)
		return next
	}
	switch {
	case p.override == "" && isDrive(p.buf.String()):
		return p.again((*urlParser).path) // the buffer is a segment
	case p.buf.Len() == 0:
		p.url.host = empty()
	case !p.setHost():
		return failed
	case *p.url.host == "localhost":
		p.url.host = empty()
	}
	if p.override != "" {
		return done
	}
	return p.again((*urlParser).pathStart)
}

// isDrive reports whether s is a Windows drive letter: "c:" or "c|".
func isDrive(s string) bool {
	return len(s) == 2 && isAlpha(rune(s[0])) && (s[1] == ':' || s[1] == '|')
}

func isNormalDrive(s string) bool { return isDrive(s) && s[1] == ':' }

func startsWithDrive(s []rune) bool {
	return len(s) >= 2 && isDrive(string(s[:2])) && (len(s) == 2 || slices.Contains([]rune("/\\?#"), s[2]))
}
