package hook

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"weir/js"
)

const typesHead = `// TypeScript declarations of what scripts see. Generated: do not edit.
//
//	/// <reference path="weir.d.ts" />
//	export const publish: weir.Publish = async (s) => { ... };
//
// In tsconfig.json: "lib": ["ES2022"], "types": []. This is no browser and no Node.

declare namespace weir {
`

// WriteTypes writes js/types/weir.d.ts: classes and hook points as the namespace
// weir, and the declarations of the built-in modules behind it.
func WriteTypes(w io.Writer, modules []string) error {
	var b bytes.Buffer
	b.WriteString(typesHead)
	for _, c := range Classes() {
		writeClass(&b, c)
	}
	writeEffects(&b)
	for _, p := range Points {
		writePoint(&b, p)
	}
	b.WriteString("}\n")
	for _, m := range modules {
		b.WriteString("\n" + m)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// writeClass leaves out the effects: they belong to the sessions of gates.
func writeClass(b *bytes.Buffer, c js.Class) {
	fmt.Fprintf(b, "  interface %s {\n", c.Name)
	for _, m := range c.Fields {
		writeMember(b, "readonly ", m)
	}
	for _, m := range c.Data {
		writeMember(b, "", m)
	}
	for _, n := range c.Methods {
		writeMember(b, "readonly ", n.Member)
	}
	b.WriteString("  }\n\n")
}

func writeEffects(b *bytes.Buffer) {
	writeDoc(b, "  ", "What gates may decide. The last call of each kind wins; allow, deny and decline are one kind.")
	b.WriteString("  interface Effects {\n")
	for _, e := range effects {
		writeMember(b, "readonly ", e)
	}
	b.WriteString("  }\n\n")
}

func writePoint(b *bytes.Buffer, p Point) {
	doc := p.Directive + ": " + lowerFirst(p.Doc)
	if p.Kind == Gate {
		fmt.Fprintf(b, "  type %s = Session & Pick<Effects, '%s'>;\n", p.Args[0].Type, strings.Join(p.Effects, "' | '"))
		doc += " A handler that returns false denies."
	}
	params := make([]string, len(p.Args))
	for i, a := range p.Args {
		params[i] = a.Name + ": " + a.Type
	}
	writeDoc(b, "  ", doc)
	fmt.Fprintf(b, "  type %s = (%s) => unknown;\n\n", upperFirst(p.Export), strings.Join(params, ", "))
}

func writeMember(b *bytes.Buffer, modifier string, m js.Member) {
	writeDoc(b, "    ", m.Doc)
	fmt.Fprintf(b, "    %s%s: %s;\n", modifier, m.Name, m.Type)
}

func writeDoc(b *bytes.Buffer, indent, doc string) {
	if doc != "" {
		fmt.Fprintf(b, "%s/** %s */\n", indent, doc)
	}
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
