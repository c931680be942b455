package builtin

import (
	"slices"
	"strings"
)

// xmlAttributeType is what a document type says of an attribute (XML 1.0, 3.3).
type xmlAttributeType struct {
	name      string
	tokenized bool    // any type but CDATA
	value     *string // the default; nil: none
}

// doctype reads a document type after <!DOCTYPE (XML 1.0, 2.8).
func (p *xmlParser) doctype() error {
	in := p.in()
	in.space()
	if in.name() == "" {
		return p.fail("Document type has no name")
	}
	in.space()
	if _, err := p.externalID(); err != nil {
		return err
	}
	in.space()
	if in.skip("[") {
		if err := p.subset(); err != nil {
			return err
		}
	}
	in.space()
	if !in.skip(">") {
		return p.fail("Document type is not terminated")
	}
	return nil
}

// externalID reads what names something outside, if that is next.
func (p *xmlParser) externalID() (bool, error) {
	in := p.in()
	literals := 0
	switch {
	case in.skip("SYSTEM"):
		literals = 1
	case in.skip("PUBLIC"):
		literals = 2
	}
	for range literals {
		space := in.space()
		if _, ok := in.quoted(); !ok || !space {
			return true, p.fail("External identifier is not in quotes")
		}
	}
	return literals > 0, nil
}

// subset reads the declarations between [ and ].
func (p *xmlParser) subset() error {
	in := p.in()
	for {
		in.space()
		if in.skip("]") {
			return nil
		}
		if err := p.declaration(); err != nil {
			return err
		}
	}
}

func (p *xmlParser) declaration() error {
	in := p.in()
	switch {
	case in.skip("<!--"):
		if _, ok := in.until("-->"); !ok {
			return p.fail("Comment is not terminated")
		}
	case in.skip("<?"):
		if _, ok := in.until("?>"); !ok {
			return p.fail("Processing instruction is not terminated")
		}
	case in.skip("<!ENTITY"):
		return p.entity()
	case in.skip("<!ATTLIST"):
		return p.attributeList()
	case in.skip("<!ELEMENT"), in.skip("<!NOTATION"):
		if _, ok := in.until(">"); !ok {
			return p.fail("Declaration is not terminated")
		}
	case strings.HasPrefix(in.rest(), "%"):
		return p.fail("Parameter entities are not supported")
	default:
		return p.fail("Document type has no declaration here")
	}
	return nil
}

// entity reads a declaration after <!ENTITY. The first of a name counts.
func (p *xmlParser) entity() error {
	in := p.in()
	in.space()
	parameter := in.skip("%")
	in.space()
	e := &xmlEntity{name: in.name()}
	if e.name == "" || !in.space() {
		return p.fail("Entity has no proper name")
	}
	external, err := p.externalID()
	if err != nil {
		return err
	}
	e.external = external
	if !external {
		raw, ok := in.quoted()
		if !ok {
			return p.fail("Value of entity '%s' is not in quotes", e.name)
		}
		if e.text, err = p.entityValue(raw); err != nil {
			return err
		}
	}
	if in.space(); in.skip("NDATA") {
		in.space()
		in.name()
		in.space()
	}
	if !in.skip(">") {
		return p.fail("Entity '%s' is not terminated", e.name)
	}
	if _, known := p.entities[e.name]; !known && !parameter {
		p.entities[e.name] = e
	}
	return nil
}

// entityValue replaces references of characters; others stay until the entity is
// used (XML 1.0, 4.5).
func (p *xmlParser) entityValue(raw string) (string, error) {
	if strings.ContainsRune(raw, '%') {
		return "", p.fail("Parameter entities are not supported")
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(raw, "&#")
		b.WriteString(before)
		if !ok {
			return b.String(), nil
		}
		digits, after, ok := strings.Cut(rest, ";")
		if !ok {
			return "", p.fail("Entity reference: expecting ';'")
		}
		s, _, err := p.character("#" + digits)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
		raw = after
	}
}

// attributeList reads a declaration after <!ATTLIST.
func (p *xmlParser) attributeList() error {
	in := p.in()
	in.space()
	element := in.name()
	if element == "" {
		return p.fail("Attribute list has no element")
	}
	for {
		in.space()
		if in.skip(">") {
			return nil
		}
		if len(p.types[element]) == maxXMLNames {
			return p.fail("Element %s has more than %d attributes", element, maxXMLNames)
		}
		t, err := p.attributeType()
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(p.types[element], func(o xmlAttributeType) bool { return o.name == t.name }) {
			p.types[element] = append(p.types[element], t)
		}
	}
}

func (p *xmlParser) attributeType() (t xmlAttributeType, err error) {
	in := p.in()
	t.name = in.name()
	in.space()
	kind := in.name()
	in.space()
	if in.skip("(") { // an enumeration, also that of a NOTATION
		if _, ok := in.until(")"); !ok {
			return t, p.fail("Enumeration is not terminated")
		}
		in.space()
	} else if kind == "" {
		return t, p.fail("Attribute %s has no type", t.name)
	}
	if t.name == "" {
		return t, p.fail("Attribute list has no proper name")
	}
	t.tokenized = kind != "CDATA"
	if in.skip("#REQUIRED") || in.skip("#IMPLIED") {
		return t, nil
	}
	in.skip("#FIXED")
	in.space()
	raw, ok := in.quoted()
	if !ok {
		return t, p.fail("Default of attribute %s is not in quotes", t.name)
	}
	value, err := p.attributeValue(raw)
	t.value = &value
	return t, err
}

// isTokenized reports whether the spaces of an attribute are to be made single ones.
func (p *xmlParser) isTokenized(element, name string) bool {
	i := slices.IndexFunc(p.types[element], func(t xmlAttributeType) bool { return t.name == name })
	return i >= 0 && p.types[element][i].tokenized
}

// withDefaults adds the attributes that the document type gives an element.
func (p *xmlParser) withDefaults(element string, l []xmlAttribute) []xmlAttribute {
	for _, t := range p.types[element] {
		if t.value == nil || slices.ContainsFunc(l, func(a xmlAttribute) bool { return a.name == t.name }) {
			continue
		}
		p.nodes++
		p.expanded += len(*t.value)
		l = append(l, xmlAttribute{t.name, *t.value})
	}
	return l
}
