package hook

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"weir/js"
)

// APIVersion counts the incompatible changes of what scripts see: scripts that were
// written for one version type-check, and run, as long as it lasts.
const APIVersion = 1

const typesHead = `/// <reference lib="es2023" />
/// <reference lib="es2024.collection" />
/// <reference lib="es2024.object" />
/// <reference lib="es2024.promise" />
/// <reference lib="esnext.string" />
/// <reference lib="esnext.array" />
/// <reference lib="esnext.collection" />
/// <reference lib="esnext.promise" />
/// <reference lib="esnext.iterator" />
/// <reference lib="esnext.disposable" />

// TypeScript declarations of what scripts see: API version %d. Generated: do not edit.
//
//	/// <reference path="weir.d.ts" />
//	export const publish: weir.Publish = async (s) => { ... };
//
// In tsconfig.json: "lib": ["ES2024", "ESNext.Iterator", "ESNext.Collection", "ESNext.Array", "ESNext.Promise"],
// "types": []. This is no browser and no Node. weir js init makes a project.

declare namespace weir {
`

// filesTypes are of plain objects that handlers are given, or give.
const filesTypes = `  /** A file that is complete. */
  interface MediaFile {
    /** Where it is on disk; empty for what is kept in memory. */
    readonly path: string;
    /** Below the server's root: 'live/cam-7.ts'. */
    readonly url: string;
    /** Its number in the playlist. */
    readonly seq: number;
    /** In seconds. */
    readonly duration: number;
    /** In bytes. */
    readonly size: number;
  }

  /** A key that segments of HLS are encrypted with. */
  interface HLSKeyFile {
    /** Where players get it. */
    uri: string;
    /** Its 16 bytes. */
    key?: Uint8Array;
    /** The initialization vector: 16 bytes. */
    iv?: Uint8Array;
  }

`

// WriteTypes writes js/types/weir.d.ts: classes and hook points as the namespace
// weir, and the declarations of the built-in modules behind it.
func WriteTypes(w io.Writer, modules []string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, typesHead, APIVersion)
	for _, c := range Classes() {
		if c.Wrapper == "" { // scripts see something else
			writeClass(&b, c)
		}
	}
	b.WriteString(filesTypes)
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

var classDocs = map[string]string{
	"Session":    "A publish or a play, or the connection itself.",
	"Connection": "What the sessions of one connection have in common.",
	"Stream":     "A stream that is live.",
	"Publisher":  "Who publishes a stream: without its URL and arguments, which hold the key.",
	"Client":     "A session, as others see it.",
	"VHost":      "The vhost of a script.",
}

// writeClass leaves out the effects: they belong to the sessions of gates.
func writeClass(b *bytes.Buffer, c js.Class) {
	writeDoc(b, "  ", classDocs[c.Name])
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
	if len(p.Effects) > 0 {
		writeDoc(b, "  ", "The session that "+p.Directive+" decides about.")
		fmt.Fprintf(b, "  type %s = Session & Pick<Effects, '%s'>;\n", p.Args[0].Type, strings.Join(p.Effects, "' | '"))
		doc += " A handler that returns false denies."
	}
	if p.Sync {
		doc += " It cannot be async."
	}
	params := make([]string, len(p.Args))
	for i, a := range p.Args {
		params[i] = a.Name + ": " + a.Type
	}
	writeDoc(b, "  ", doc)
	fmt.Fprintf(b, "  type %s = (%s) => %s;\n\n", p.typeName(), strings.Join(params, ", "), cmp.Or(p.Returns, "unknown"))
}

// typeName is the name of a handler's type: "Publish", "HeaderFilter".
func (p Point) typeName() string {
	if p.Export != "" {
		return upperFirst(p.Export)
	}
	name := ""
	for word := range strings.SplitSeq(strings.TrimPrefix(p.Directive, "js_"), "_") {
		name += upperFirst(word)
	}
	return name
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
