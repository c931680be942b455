package builtin

import "strings"

// maxURL bounds a URL, in bytes, as browsers do.
const maxURL = 2 << 20

// parseURL is the URL parser (URL Standard, 4.4); nil is failure.
func parseURL(s string, base *string) *webURL {
	if len(s) > maxURL {
		return nil
	}
	var b *webURL
	if base != nil {
		if b = parseURL(*base, nil); b == nil {
			return nil
		}
	}
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	p := newURLParser(s, &webURL{port: -1}, (*urlParser).schemeStart)
	p.base = b
	if !p.run() {
		return nil
	}
	return p.url
}

// urlParser is the basic URL parser, a state machine whose states are methods.
type urlParser struct {
	input    []rune
	url      *webURL
	base     *webURL
	override string // the member that a setter sets; "" otherwise

	at    int // the pointer
	state urlState
	buf   strings.Builder

	inBrackets bool
}

// urlState takes the present character, and may move the pointer back or ahead.
type urlState func(p *urlParser, c rune) step

type step int

const (
	next step = iota
	done
	failed
)

// eof is the character behind the last.
const eof rune = -1

func newURLParser(s string, u *webURL, start urlState) *urlParser {
	s = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, s)
	return &urlParser{input: []rune(s), url: u, state: start}
}

func (p *urlParser) run() bool {
	for ; p.at <= len(p.input); p.at++ {
		c := eof
		if p.at < len(p.input) {
			c = p.input[p.at]
		}
		switch p.state(p, c) {
		case done:
			return true
		case failed:
			return false
		}
	}
	return true
}

// to goes to a state with the next character, again with this one.
func (p *urlParser) to(s urlState) step { p.state = s; return next }

func (p *urlParser) again(s urlState) step { p.at--; return p.to(s) }

// follows reports whether the next character is one of chars.
func (p *urlParser) follows(chars string) bool {
	return p.at+1 < len(p.input) && strings.ContainsRune(chars, p.input[p.at+1])
}

// take empties the buffer.
func (p *urlParser) take() string {
	s := p.buf.String()
	p.buf.Reset()
	return s
}

// slash reports whether c separates segments.
func (p *urlParser) slash(c rune) bool { return c == '/' || c == '\\' && p.url.special() }

// ends reports whether c ends an authority.
func (p *urlParser) ends(c rune) bool { return c == eof || c == '?' || c == '#' || p.slash(c) }

func empty() *string { return new(string) }

func (p *urlParser) schemeStart(c rune) step {
	switch {
	case isAlpha(c):
		p.at-- // the same characters are allowed, and more
		return p.to((*urlParser).scheme)
	case p.override == "":
		return p.again((*urlParser).noScheme)
	}
	return failed
}

func (p *urlParser) scheme(c rune) step {
	switch {
	case isAlpha(c) || '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.':
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		p.buf.WriteRune(c)
		return next
	case c == ':' && p.override != "":
		p.changeScheme(p.take())
		return done
	case c == ':':
		p.url.scheme = p.take()
		return p.afterScheme()
	case p.override == "":
		p.buf.Reset()
		p.at = -1
		return p.to((*urlParser).noScheme)
	}
	return failed
}

// changeScheme is the setter's part of the scheme state.
func (p *urlParser) changeScheme(scheme string) {
	u := p.url
	if isSpecial(scheme) != u.special() ||
		scheme == "file" && (u.hasCredentials() || u.port >= 0) ||
		u.scheme == "file" && (u.host == nil || *u.host == "") {
		return
	}
	u.scheme = scheme
	if d, ok := specialPorts[scheme]; ok && d == u.port {
		u.port = -1
	}
}

func (p *urlParser) afterScheme() step {
	u := p.url
	switch {
	case u.scheme == "file":
		return p.to((*urlParser).file)
	case u.special() && p.base != nil && p.base.scheme == u.scheme:
		return p.to((*urlParser).specialRelativeOrAuthority)
	case u.special():
		return p.to((*urlParser).specialAuthoritySlashes)
	case p.follows("/"):
		p.at++
		return p.to((*urlParser).pathOrAuthority)
	}
	u.opaque = empty()
	return p.to((*urlParser).opaquePath)
}

func (p *urlParser) noScheme(c rune) step {
	switch {
	case p.base == nil || p.base.opaque != nil && c != '#':
		return failed
	case p.base.opaque != nil:
		p.url.scheme, p.url.opaque, p.url.query, p.url.fragment = p.base.scheme, p.base.opaque, p.base.query, empty()
		return p.to((*urlParser).fragment)
	case p.base.scheme != "file":
		return p.again((*urlParser).relative)
	}
	return p.again((*urlParser).file)
}

func (p *urlParser) specialRelativeOrAuthority(c rune) step {
	if c == '/' && p.follows("/") {
		p.at++
		return p.to((*urlParser).specialAuthorityIgnoreSlashes)
	}
	return p.again((*urlParser).relative)
}

func (p *urlParser) pathOrAuthority(c rune) step {
	if c == '/' {
		return p.to((*urlParser).authority)
	}
	return p.again((*urlParser).path)
}

func (p *urlParser) relative(c rune) step {
	p.url.scheme = p.base.scheme
	if p.slash(c) {
		return p.to((*urlParser).relativeSlash)
	}
	p.inherit()
	return p.relativeTail(c, p.url.shorten)
}

// inherit takes the base's authority, path and query.
func (p *urlParser) inherit() {
	b := p.base.clone()
	b.fragment = nil
	p.url = b
}

// relativeTail goes on behind the base's path, of which cut leaves what stays.
func (p *urlParser) relativeTail(c rune, cut func()) step {
	if c == eof || c == '?' || c == '#' {
		return p.afterPath(c)
	}
	p.url.query = nil
	cut()
	return p.again((*urlParser).path)
}

func (p *urlParser) relativeSlash(c rune) step {
	switch {
	case p.url.special() && (c == '/' || c == '\\'):
		return p.to((*urlParser).specialAuthorityIgnoreSlashes)
	case c == '/':
		return p.to((*urlParser).authority)
	}
	p.inherit()
	p.url.path, p.url.query = nil, nil
	return p.again((*urlParser).path)
}

func (p *urlParser) specialAuthoritySlashes(c rune) step {
	if c == '/' && p.follows("/") {
		p.at++
		return p.to((*urlParser).specialAuthorityIgnoreSlashes)
	}
	return p.again((*urlParser).specialAuthorityIgnoreSlashes)
}

func (p *urlParser) specialAuthorityIgnoreSlashes(c rune) step {
	if c == '/' || c == '\\' {
		return next
	}
	return p.again((*urlParser).authority)
}

func isAlpha(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
