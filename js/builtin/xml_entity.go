package builtin

import (
	"strconv"
	"strings"
)

// xmlEntity is a general entity that a document declares (XML 1.0, 4.2).
type xmlEntity struct {
	name     string
	text     string
	external bool // which is not loaded
	open     bool // it is being read
}

var xmlPredefined = map[string]string{"lt": "<", "gt": ">", "amp": "&", "apos": "'", "quot": `"`}

// reference reads a reference in content.
func (p *xmlParser) reference() error {
	in := p.in()
	name, err := p.referenceName(in)
	if err != nil {
		return err
	}
	if s, ok, err := p.character(name); ok || err != nil {
		p.text.WriteString(s)
		return err
	}
	e, err := p.enter(name)
	if err != nil {
		return err
	}
	p.inputs = append(p.inputs, &xmlInput{text: e.text, entity: e, depth: len(p.open)})
	return nil
}

// referenceName reads what is between & and ;.
func (p *xmlParser) referenceName(in *xmlInput) (string, error) {
	in.skip("&")
	name := in.name()
	if strings.HasPrefix(in.rest(), "#") {
		name = in.rest()[:1+len(in.rest()[1:])-len(strings.TrimLeft(in.rest()[1:], "x0123456789abcdefABCDEF"))]
		in.at += len(name)
	}
	if name == "" {
		return "", p.fail("Entity reference has no name")
	}
	if !in.skip(";") {
		return "", p.fail("Entity reference: expecting ';'")
	}
	return name, nil
}

// character is what &name; stands for if that is a character.
func (p *xmlParser) character(name string) (string, bool, error) {
	if s, ok := xmlPredefined[name]; ok {
		return s, true, nil
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return "", false, nil
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > 0x10FFFF || !isXMLChar(rune(n)) {
		return "", true, p.fail("Character reference &%s; is of no character", name)
	}
	return string(rune(n)), true, nil
}

// enter begins to read an entity.
func (p *xmlParser) enter(name string) (*xmlEntity, error) {
	e, ok := p.entities[name]
	switch {
	case !ok:
		return nil, p.fail("Entity '%s' not defined", name)
	case e.external:
		return nil, p.fail("Entity '%s' is external, and not loaded", name)
	case e.open:
		return nil, p.fail("Entity '%s' refers to itself", name)
	}
	if p.expanded += len(e.text) + len(name); p.expanded > maxXMLExpanded {
		return nil, p.fail("Entities expand to more than %d bytes", maxXMLExpanded)
	}
	e.open = true
	return e, nil
}

// attributeValue expands the references in a value (XML 1.0, 3.3.3).
func (p *xmlParser) attributeValue(raw string) (string, error) {
	if strings.ContainsRune(raw, '<') {
		return "", p.fail("Unescaped '<' not allowed in attributes values")
	}
	var b strings.Builder
	in := &xmlInput{text: raw}
	for in.rest() != "" {
		if !strings.HasPrefix(in.rest(), "&") {
			n := strings.IndexByte(in.rest(), '&')
			if n < 0 {
				n = len(in.rest())
			}
			b.WriteString(strings.Map(blank, in.rest()[:n]))
			in.at += n
			continue
		}
		s, err := p.expand(in)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

// expand reads a reference in a value.
func (p *xmlParser) expand(in *xmlInput) (string, error) {
	name, err := p.referenceName(in)
	if err != nil {
		return "", err
	}
	if s, ok, err := p.character(name); ok || err != nil {
		return s, err
	}
	e, err := p.enter(name)
	if err != nil {
		return "", err
	}
	defer func() { e.open = false }()
	return p.attributeValue(e.text)
}

// blank makes white space a space.
func blank(r rune) rune {
	if r == '\t' || r == '\n' || r == '\r' {
		return ' '
	}
	return r
}
