package builtin

import (
	"slices"
	"strings"

	"weir/js"
)

// xmlAttribute is an attribute as it is written.
type xmlAttribute struct{ name, value string }

func (p *xmlParser) startTag() error {
	in := p.in()
	line := p.line()
	in.skip("<")
	name := in.name()
	if name == "" {
		return p.fail("Start tag has no proper name")
	}
	if len(p.open) >= maxXMLDepth {
		return p.fail("Elements are nested deeper than %d", maxXMLDepth)
	}
	attributes, err := p.attributes(name)
	if err != nil {
		return err
	}
	empty := in.skip("/>")
	if !empty && !in.skip(">") {
		return p.fail("Couldn't find end of Start Tag %s line %d", name, line)
	}
	p.open = append(p.open, xmlOpen{name: name, line: line})
	if err := p.element(name, p.withDefaults(name, attributes)); err != nil {
		return err
	}
	if empty {
		return p.end()
	}
	return nil
}

func (p *xmlParser) attributes(element string) ([]xmlAttribute, error) {
	in := p.in()
	var l []xmlAttribute
	for {
		space := in.space()
		name := in.name()
		if name == "" {
			return l, nil
		}
		if !space {
			return nil, p.fail("Attributes are not kept apart by space")
		}
		if p.nodes++; p.nodes > maxXMLNodes {
			return nil, p.fail("The document has more than %d nodes", maxXMLNodes)
		}
		if len(l) == maxXMLNames {
			return nil, p.fail("Element %s has more than %d attributes", element, maxXMLNames)
		}
		if slices.ContainsFunc(l, func(a xmlAttribute) bool { return a.name == name }) {
			return nil, p.fail("Attribute %s redefined", name)
		}
		in.space()
		if !in.skip("=") {
			return nil, p.fail("Attribute %s has no value", name)
		}
		in.space()
		raw, ok := in.quoted()
		if !ok {
			return nil, p.fail("Value of attribute %s is not in quotes", name)
		}
		value, err := p.attributeValue(raw)
		if err != nil {
			return nil, err
		}
		if p.isTokenized(element, name) {
			value = strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == ' ' }), " ") // 3.3.3
		}
		l = append(l, xmlAttribute{name, value})
	}
}

// element lists the beginning of an element (Namespaces in XML 1.0, 3 to 6).
func (p *xmlParser) element(name string, attributes []xmlAttribute) error {
	var plain []xmlAttribute
	var declared []js.Value
	for _, a := range attributes {
		prefix, isDeclaration := declaredPrefix(a.name)
		if !isDeclaration {
			plain = append(plain, a)
			continue
		}
		if err := p.bind(prefix, a.value); err != nil {
			return err
		}
		declared = append(declared, prefix, a.value)
	}
	prefix, local, uri := p.resolve(name, true)
	l, err := p.resolveAll(plain)
	if err != nil {
		return err
	}
	return p.node(xmlElement, local, prefix, uri, l, declared)
}

// declaredPrefix is what an attribute declares: "" is the default namespace.
func declaredPrefix(name string) (string, bool) {
	if name == "xmlns" {
		return "", true
	}
	return strings.CutPrefix(name, "xmlns:")
}

func (p *xmlParser) bind(prefix, uri string) error {
	switch {
	case prefix == "xmlns", prefix == "xml" && uri != xmlNamespace, prefix != "xml" && uri == xmlNamespace,
		uri == "http://www.w3.org/2000/xmlns/":
		return p.fail("Namespace %s cannot be bound to prefix %s", uri, prefix)
	case prefix != "" && uri == "":
		return p.fail("xmlns:%s: Empty XML namespace is not allowed", prefix)
	}
	p.bound[prefix] = append(p.bound[prefix], uri)
	last := &p.open[len(p.open)-1]
	last.declared = append(last.declared, prefix)
	return nil
}

// resolve takes a name apart. One whose prefix is not declared stays whole, and has
// no namespace.
func (p *xmlParser) resolve(name string, byDefault bool) (prefix, local string, uri js.Value) {
	prefix, local, colon := strings.Cut(name, ":")
	if !colon {
		if uri, ok := p.lookup(""); ok && byDefault {
			return "", name, uri
		}
		return "", name, nil
	}
	if uri, ok := p.lookup(prefix); ok && prefix != "" && local != "" {
		return prefix, local, uri
	}
	return "", name, nil
}

func (p *xmlParser) resolveAll(attributes []xmlAttribute) ([]js.Value, error) {
	l := []js.Value{}
	type known struct{ local, uri string }
	seen := map[known]bool{}
	for _, a := range attributes {
		prefix, local, uri := p.resolve(a.name, false)
		if uri != nil {
			k := known{local, uri.(string)}
			if seen[k] {
				return nil, p.fail("Attribute %s redefined", a.name)
			}
			seen[k] = true
		}
		l = append(l, local, prefix, uri, a.value)
	}
	return l, nil
}
