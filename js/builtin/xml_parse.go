package builtin

import (
	"fmt"
	"strings"

	"weir/js"
)

// Bounds of a document.
const (
	maxXML         = 16 << 20 // bytes of its text
	maxXMLDepth    = 512      // of its elements
	maxXMLNodes    = 1 << 18  // elements, attributes, texts and so on
	maxXMLNames    = 1024     // attributes of an element
	maxXMLExpanded = 1 << 20  // bytes that entities expand to
)

// Kinds of what is in a document, as parseXML lists them.
const (
	xmlEnd int64 = iota
	xmlElement
	xmlText
	xmlComment
	xmlInstruction
)

// xmlParser reads a document (XML 1.0, Namespaces in XML 1.0). It does not validate;
// of a document type it heeds entities and the defaults of attributes, and it loads
// nothing from outside.
type xmlParser struct {
	inputs   []*xmlInput // the innermost last
	types    map[string][]xmlAttributeType
	entities map[string]*xmlEntity
	expanded int // bytes
	nodes    int

	open  []xmlOpen           // elements that have not ended
	bound map[string][]string // namespaces by prefix, the present one last
	text  strings.Builder     // that has not become a node
	list  []js.Value

	lines, counted int // line ends in so many bytes of the document
}

// xmlOpen is an element that has not ended.
type xmlOpen struct {
	name     string
	line     int
	declared []string // prefixes
}

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

func newXMLParser(source string) *xmlParser {
	source = strings.TrimPrefix(source, "\ufeff")
	source = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(source) // 2.11
	p := &xmlParser{entities: map[string]*xmlEntity{}, types: map[string][]xmlAttributeType{}}
	p.bound = map[string][]string{"xml": {xmlNamespace}}
	p.inputs = []*xmlInput{{text: source}}
	return p
}

// in is the text that is read.
func (p *xmlParser) in() *xmlInput { return p.inputs[len(p.inputs)-1] }

// fail is an error at the present place of the document.
func (p *xmlParser) fail(format string, args ...any) error {
	return xmlError(fmt.Sprintf(format, args...), p.inputs[0].text, p.inputs[0].at)
}

func (p *xmlParser) document() (js.Value, error) {
	in := p.in()
	if len(in.text) > maxXML {
		return nil, p.fail("The document is larger than %d bytes", maxXML)
	}
	for i, r := range in.text {
		if !isXMLChar(r) {
			return nil, xmlError(fmt.Sprintf("Invalid character U+%04X", r), in.text, i)
		}
	}
	if err := p.prolog(); err != nil {
		return nil, err
	}
	if in.rest() == "" {
		return nil, p.fail("Document is empty")
	}
	if !strings.HasPrefix(in.rest(), "<") {
		return nil, p.fail("Start tag expected, '<' not found")
	}
	if err := p.content(); err != nil {
		return nil, err
	}
	if err := p.miscellany(); err != nil {
		return nil, err
	}
	if in.rest() != "" {
		return nil, p.fail("Extra content at the end of the document")
	}
	return p.list, nil
}

// prolog is what comes ahead of the root (XML 1.0, 2.8).
func (p *xmlParser) prolog() error {
	in := p.in()
	if rest := in.rest(); strings.HasPrefix(rest, "<?xml") && len(rest) > 5 && strings.ContainsRune(" \t\n", rune(rest[5])) {
		if _, ok := in.until("?>"); !ok {
			return p.fail("XML declaration is not terminated")
		}
	}
	if err := p.miscellany(); err != nil {
		return err
	}
	if in.skip("<!DOCTYPE") {
		if err := p.doctype(); err != nil {
			return err
		}
	}
	return p.miscellany()
}

// miscellany is comments, processing instructions and white space around the root.
func (p *xmlParser) miscellany() error {
	for {
		p.in().space()
		if ok, err := p.aside(); !ok || err != nil {
			return err
		}
	}
}

// aside reads a comment or a processing instruction, if one is next.
func (p *xmlParser) aside() (bool, error) {
	in := p.in()
	switch {
	case in.skip("<!--"):
		s, ok := in.until("-->")
		if !ok || strings.Contains(s, "--") || strings.HasSuffix(s, "-") {
			return true, p.fail("Comment is not terminated, or has '--' inside")
		}
		return true, p.node(xmlComment, s)
	case in.skip("<?"):
		target := in.name()
		if target == "" || strings.EqualFold(target, "xml") || strings.Contains(target, ":") {
			return true, p.fail("Processing instruction has no proper name")
		}
		if !in.space() && !strings.HasPrefix(in.rest(), "?>") {
			return true, p.fail("Processing instruction has no space after its name")
		}
		s, ok := in.until("?>")
		if !ok {
			return true, p.fail("Processing instruction is not terminated")
		}
		return true, p.node(xmlInstruction, target, s)
	}
	return false, nil
}

// node lists a node, after the text ahead of it.
func (p *xmlParser) node(kind int64, values ...js.Value) error {
	if p.text.Len() > 0 {
		s := p.text.String()
		p.text.Reset()
		if err := p.node(xmlText, s); err != nil {
			return err
		}
	}
	if kind != xmlEnd {
		p.nodes++
	}
	if p.nodes > maxXMLNodes {
		return p.fail("The document has more than %d nodes", maxXMLNodes)
	}
	p.list = append(append(p.list, kind), values...)
	return nil
}

// content reads the root and all that is in it.
func (p *xmlParser) content() error {
	if err := p.startTag(); err != nil {
		return err
	}
	for len(p.open) > 0 {
		if err := p.item(); err != nil {
			return err
		}
	}
	return nil
}

// item reads what is next in the content of an element (XML 1.0, 3.1).
func (p *xmlParser) item() error {
	in := p.in()
	if ok, err := p.aside(); ok || err != nil {
		return err
	}
	switch rest := in.rest(); {
	case rest == "":
		return p.endOfInput()
	case in.skip("<![CDATA["):
		s, ok := in.until("]]>")
		if !ok {
			return p.fail("CDATA section is not terminated")
		}
		p.text.WriteString(s)
		return nil
	case strings.HasPrefix(rest, "</"):
		return p.endTag()
	case rest[0] == '<':
		return p.startTag()
	case rest[0] == '&':
		return p.reference()
	default:
		n := strings.IndexAny(rest, "<&")
		if n < 0 {
			n = len(rest)
		}
		if i := strings.Index(rest[:n], "]]>"); i >= 0 {
			in.at += i
			return p.fail("Sequence ']]>' is not allowed in content")
		}
		p.text.WriteString(rest[:n])
		in.at += n
		return nil
	}
}

// endOfInput goes back to where an entity was referred to.
func (p *xmlParser) endOfInput() error {
	in := p.in()
	if in.entity == nil {
		last := p.open[len(p.open)-1]
		return p.fail("Premature end of data in tag %s line %d", last.name, last.line)
	}
	if len(p.open) != in.depth {
		return p.fail("Entity '%s' does not end the elements it begins", in.entity.name)
	}
	in.entity.open = false
	p.inputs = p.inputs[:len(p.inputs)-1]
	return nil
}

func (p *xmlParser) endTag() error {
	in := p.in()
	if len(p.open) == in.depth && in.entity != nil {
		return p.fail("Entity '%s' ends an element it does not begin", in.entity.name)
	}
	in.skip("</")
	last := p.open[len(p.open)-1]
	if name := in.name(); name != last.name {
		return p.fail("Opening and ending tag mismatch: %s line %d and %s", last.name, last.line, name)
	}
	in.space()
	if !in.skip(">") {
		return p.fail("expected '>'")
	}
	return p.end()
}

// end ends the innermost element.
func (p *xmlParser) end() error {
	last := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	for _, prefix := range last.declared {
		p.bound[prefix] = p.bound[prefix][:len(p.bound[prefix])-1]
	}
	return p.node(xmlEnd)
}

// line is that of the document. It is counted from the last place it was asked for.
func (p *xmlParser) line() int {
	in := p.inputs[0]
	p.lines += strings.Count(in.text[p.counted:in.at], "\n")
	p.counted = in.at
	return 1 + p.lines
}

// lookup is the namespace of a prefix.
func (p *xmlParser) lookup(prefix string) (string, bool) {
	l := p.bound[prefix]
	if len(l) == 0 || l[len(l)-1] == "" {
		return "", false
	}
	return l[len(l)-1], true
}
