package builtin

import (
	_ "embed"

	"weir/js"
)

var (
	//go:embed xml.js
	xmlSource string
	//go:embed xml_c14n.js
	xmlC14NSource string
	//go:embed xml_tree.js
	xmlTreeSource string
	//go:embed xml.d.ts
	xmlTypes string
)

// xmlModule is njs's module of the name.
func xmlModule() js.Module {
	return js.Module{
		Name:   "xml",
		Source: xmlSource,
		Natives: []js.Native{
			native("parse", parseXML),
			native("isName", func(_ js.Env, args []js.Value) (js.Value, error) { return isXMLName(text(args, 0)), nil }),
		},
	}
}

// xmlTreeModule has the nodes of documents.
func xmlTreeModule() js.Module { return js.Module{Name: "weir:xml/tree", Source: xmlTreeSource} }

// xmlC14NModule writes nodes as canonical XML.
func xmlC14NModule() js.Module { return js.Module{Name: "weir:xml/c14n", Source: xmlC14NSource} }

// parseXML is native.parse(source): the document as a list of what is in it, in
// order, each a number and what belongs to it:
//
//	0                                  the end of an element
//	1, name, prefix, namespace, attributes, declarations
//	2, text
//	3, comment
//	4, target, text                    a processing instruction
//
// The namespace is null if there is none, attributes are a list of name, prefix,
// namespace and value each, declarations one of prefix and namespace each.
func parseXML(_ js.Env, args []js.Value) (js.Value, error) {
	var source string
	switch v := args[0].(type) {
	case string:
		source = v
	case []byte:
		s, err := decodeXML(v)
		if err != nil {
			return nil, err
		}
		source = s
	}
	p := newXMLParser(source)
	return p.document()
}
