package builtin

import (
	"strconv"
	"strings"
)

// authority takes all up to its last at sign as credentials.
func (p *urlParser) authority(rune) step {
	sign, end := -1, p.at
	for ; end < len(p.input) && !p.ends(p.input[end]); end++ {
		if p.input[end] == '@' {
			sign = end
		}
	}
	switch {
	case sign < 0:
		return p.again((*urlParser).hostState)
	case sign+1 == end:
		return failed
	}
	name, password, _ := strings.Cut(string(p.input[p.at:sign]), ":")
	p.url.username = percentEncodeAll(name, userinfoSet)
	p.url.password = percentEncodeAll(password, userinfoSet)
	p.at = sign
	return p.to((*urlParser).hostState)
}

func (p *urlParser) hostState(c rune) step {
	u := p.url
	switch {
	case p.override != "" && u.scheme == "file":
		return p.again((*urlParser).fileHost)
	case c == ':' && !p.inBrackets:
		if p.buf.Len() == 0 || p.override == "hostname" || !p.setHost() {
			return failed
		}
		return p.to((*urlParser).portState)
	case p.ends(c):
		if p.buf.Len() == 0 && (u.special() || p.override != "" && (u.hasCredentials() || u.port >= 0)) || !p.setHost() {
			return failed
		}
		if p.override != "" {
			return done
		}
		return p.again((*urlParser).pathStart)
	case c == '[':
		p.inBrackets = true
	case c == ']':
		p.inBrackets = false
	}
	p.buf.WriteRune(c)
	return next
}

func (p *urlParser) setHost() bool {
	h, ok := parseHost(p.take(), !p.url.special())
	if ok {
		p.url.host = &h
	}
	return ok
}

func (p *urlParser) portState(c rune) step {
	switch {
	case '0' <= c && c <= '9':
		p.buf.WriteRune(c)
		return next
	case !p.ends(c) && p.override == "":
		return failed
	}
	if s := p.take(); s != "" {
		n, err := strconv.ParseUint(s, 10, 16)
		if err != nil {
			return failed
		}
		p.url.port = int(n)
		if d, ok := specialPorts[p.url.scheme]; ok && d == p.url.port {
			p.url.port = -1
		}
		if p.override != "" {
			return done
		}
	}
	if p.override != "" {
		return failed
	}
	return p.again((*urlParser).pathStart)
}
