package builtin_test

import (
	"fmt"
	"strings"
	"testing"
)

const importXML = `
import xml from 'xml';
const note = '<note><to b="bar" a= "foo">Tove</to><from>Jani</from></note>';
const ns = '<r xmlns="urn:d" xmlns:p="urn:p"><p:a p:x="1" x="2"/><b/></r>';
const doc = (s = note) => xml.parse(s);
const text = (b) => new TextDecoder().decode(b);
const after = (f, s) => { const d = doc(s); f(d.$root); return xml.serializeToString(d); };
`

func TestXML(t *testing.T) {
	evaluate(t, &host{}, importXML, []check{
		{"root", `doc().note.$name`, "note"},
		{"root", `doc().$root === doc().note`, false},
		{"root", `(() => { const d = doc(); return d.$root === d.note; })()`, true},
		{"no such root", `doc().other`, nil},
		{"text", `doc().note.to.$text`, "Tove"},
		{"text inside", `doc().note.$text`, "ToveJani"},
		{"text of CDATA and entities", `doc('<a>1<![CDATA[<2>]]>&amp;&#51;<!-- 4 --><?p 5?></a>').a.$text`, "1<2>&3"},
		{"tag", `doc().note.$tag$from.$text`, "Jani"},
		{"no such tag", `[doc().note.nope, doc().note.$tag$nope].join()`, ","},
		{"tags", `doc().note.$tags.map((n) => n.$name).join()`, "to,from"},
		{"tags of a name", `doc('<a><b/>x<c/><b/></a>').a.$tags$b.length`, int64(2)},
		{"tags of no name", `doc().note.$tags$nope.length`, int64(0)},
		{"parent", `(() => { const d = doc(); return d.note.to.$parent === d.note && d.note.$parent === undefined; })()`, true},
		{"attribute", `doc().note.to.$attr$b`, "bar"},
		{"attributes", `doc().note.to.$attrs.a + Object.keys(doc().note.to.$attrs)`, "foob,a"},
		{"no attributes", `[doc().note.$attrs, doc().note.to.$attr$nope].join()`, ","},
		{"namespace", `[doc(ns).r.$ns, doc(ns).r.a.$ns, doc().note.$ns].join()`, "urn:d,urn:p,"},
		{"names have no prefix", `[doc(ns).r.a.$name, doc(ns).r.a.$attr$x].join()`, "a,1"},
		{"a prefix that is not declared", `doc('<p:a q:x="1"/>').$root.$name + xml.serializeToString(doc('<p:a q:x="1"/>'))`, `p:a<p:a q:x="1"></p:a>`},
		{"JSON", `JSON.stringify(doc())`, `{"note":{"$name":"note","$tags":[{"$name":"to","$attrs":{"b":"bar","a":"foo"},"$text":"Tove"},{"$name":"from","$text":"Jani"}]}}`},
		{"keys", `Object.keys(doc(ns).r).join() + ('to' in doc().note) + ('x' in doc().note)`, "$name,$ns,$tagstruefalse"},
		{"kinds", `[doc(), doc().note, doc().note.to.$attrs].map(String).join()`, "[object XMLDoc],[object XMLNode],[object XMLAttr]"},
		{"bytes", `doc(Buffer.from(note)).note.to.$text`, "Tove"},
		{"latin 1", `doc(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', 'latin1')).a.$text`, "é"},
		{"UTF-16", `doc(Buffer.from('\ufeff<a>é</a>', 'utf16le')).a.$text`, "é"},
		{"mark", `doc(Buffer.from('\ufeff<a>é</a>')).a.$text`, "é"},
		{"names beyond ASCII", `doc('<пример атр="знач"/>').пример.$attr$атр`, "знач"},

		{"setText", `after((n) => n.to.setText('<Jo>'))`, `<note><to a="foo" b="bar">&lt;Jo&gt;</to><from>Jani</from></note>`},
		{"$text =", `after((n) => { n.$text = 'x'; })`, `<note>x</note>`},
		{"setText(null)", `after((n) => n.from.setText(null))`, `<note><to a="foo" b="bar">Tove</to><from></from></note>`},
		{"removeText", `after((n) => n.from.removeText())`, `<note><to a="foo" b="bar">Tove</to><from></from></note>`},
		{"delete $text", `after((n) => { delete n.from.$text; })`, `<note><to a="foo" b="bar">Tove</to><from></from></note>`},
		{"setAttribute", `after((n) => { n.setAttribute('k', '"<'); n.to.setAttribute('a', 5); })`, `<note k="&quot;&lt;"><to a="5" b="bar">Tove</to><from>Jani</from></note>`},
		{"$attr$ =", `after((n) => { n.to.$attr$a = 'x'; n.from.$attr$z = 'y'; })`, `<note><to a="x" b="bar">Tove</to><from z="y">Jani</from></note>`},
		{"$attrs.x =", `after((n) => { n.to.$attrs.a = 'x'; delete n.to.$attrs.b; })`, `<note><to a="x">Tove</to><from>Jani</from></note>`},
		{"setAttribute(null)", `after((n) => n.to.setAttribute('a', null))`, `<note><to b="bar">Tove</to><from>Jani</from></note>`},
		{"removeAttribute", `after((n) => { n.to.removeAttribute('a'); delete n.to.$attr$b; })`, `<note><to>Tove</to><from>Jani</from></note>`},
		{"removeAllAttributes", `after((n) => n.to.removeAllAttributes())`, `<note><to>Tove</to><from>Jani</from></note>`},
		{"a name that is none", `after((n) => n.setAttribute('a b', ''))`, `TypeError: attribute name "a b" is not valid`},
		{"an attribute in a namespace", `after((n) => n.b.setAttribute('p:y', '3'), ns)`, `<r xmlns="urn:d" xmlns:p="urn:p"><p:a x="2" p:x="1"></p:a><b p:y="3"></b></r>`},
		{"addChild", `after((n) => n.addChild(n.to))`, `<note><to a="foo" b="bar">Tove</to><from>Jani</from><to a="foo" b="bar">Tove</to></note>`},
		{"addChild of itself", `after((n) => n.addChild(n))`, `<note><to a="foo" b="bar">Tove</to><from>Jani</from><note><to a="foo" b="bar">Tove</to><from>Jani</from></note></note>`},
		{"addChild copies", `after((n) => { const to = n.to; n.from.addChild(to); to.$text = 'x'; })`, `<note><to a="foo" b="bar">x</to><from>Jani<to a="foo" b="bar">Tove</to></from></note>`},
		{"addChild takes namespaces along", `after((n) => n.addChild(doc(ns).r.a), '<n/>')`, `<n><p:a xmlns:p="urn:p" x="2" p:x="1"></p:a></n>`},
		{"addChild leaves namespaces", `after((n) => n.b.addChild(doc('<x/>').x), ns)`, `<r xmlns="urn:d" xmlns:p="urn:p"><p:a x="2" p:x="1"></p:a><b><x xmlns=""></x></b></r>`},
		{"addChild of none", `after((n) => n.addChild({}))`, `TypeError: The "node" argument must be an instance of XMLNode. Received an instance of Object`},
		{"removeChildren", `after((n) => n.removeChildren('to'))`, `<note><from>Jani</from></note>`},
		{"removeChildren of all", `after((n) => n.removeChildren(), '<a>x<b/>y<c/></a>')`, `<a>xy</a>`},
		{"delete of a tag", `after((n) => { delete n.to; delete n.$tag$from; })`, `<note></note>`},
		{"$tags =", `after((n) => { n.$tags = [n.from, n.to]; })`, `<note><from>Jani</from><to a="foo" b="bar">Tove</to></note>`},
		{"$tags$ =", `after((n) => { n.$tags$to = [doc('<to/>').to, doc('<to/>').to]; })`, `<note><from>Jani</from><to></to><to></to></note>`},
		{"tags are not assignable", `after((n) => { n.to = 1; })`, `TypeError: XMLNode.$tag$to is not assignable, use addChild() or node.$tags = [node1, node2, ..] syntax`},
		{"names are not assignable", `after((n) => { n.$name = 'x'; })`, `TypeError: XMLNode.$name is not assignable`},
		{"documents are not assignable", `(() => { doc().note = 1; })()`, `TypeError: XMLDoc.note is not assignable`},
		{"depth", `after((n) => { let at = n; for (;;) { at.addChild(doc('<a/>').a); at = at.a; } }, '<a/>')`, `RangeError: elements are nested deeper than 512`},

		{"a type that is none", `xml.parse(5)`, `TypeError: The "source" argument must be of type string or an instance of Buffer. Received type number (5)`},
		{"a root that is none", `xml.c14n({})`, `TypeError: The "root" argument must be an instance of XMLDoc or XMLNode. Received an instance of Object`},
	})
}

func TestXMLErrors(t *testing.T) {
	var checks []check
	for _, c := range []struct{ in, want string }{
		{``, `Document is empty" at 1:1`},
		{`GARBAGE`, `Start tag expected, '<' not found" at 1:1`},
		{`<a`, `Couldn't find end of Start Tag a line 1" at 1:3`},
		{`<a>`, `Premature end of data in tag a line 1" at 1:4`},
		{`<a><b></a>`, `Opening and ending tag mismatch: b line 1 and a" at 1:10`},
		{"<a>\n  <b>é</c>", `Opening and ending tag mismatch: b line 2 and c" at 2:10`},
		{`<a/><b/>`, `Extra content at the end of the document" at 1:5`},
		{`<a/>x`, `Extra content at the end of the document" at 1:5`},
		{`<a b="1" b="2"/>`, `Attribute b redefined" at 1:11`},
		{`<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, `Attribute q:b redefined" at 1:45`},
		{`<a b=1/>`, `Value of attribute b is not in quotes" at 1:6`},
		{`<a b/>`, `Attribute b has no value" at 1:5`},
		{`<a b="1"c="2"/>`, `Attributes are not kept apart by space" at 1:10`},
		{`<a b="<"/>`, `Unescaped '<' not allowed in attributes values" at 1:9`},
		{`<a>&nope;</a>`, `Entity 'nope' not defined" at 1:10`},
		{`<a>&amp</a>`, `Entity reference: expecting ';'" at 1:8`},
		{`<a>&#0;</a>`, `Character reference &#0; is of no character" at 1:8`},
		{`<a>]]></a>`, `Sequence ']]>' is not allowed in content" at 1:4`},
		{`<a><!-- -- --></a>`, `Comment is not terminated, or has '--' inside" at 1:15`},
		{`<a><![CDATA[</a>`, `CDATA section is not terminated" at 1:13`},
		{`<1/>`, `Start tag has no proper name" at 1:2`},
		{`<a xmlns:p=""/>`, `xmlns:p: Empty XML namespace is not allowed" at 1:16`},
		{"<a>\x01</a>", `Invalid character U+0001" at 1:4`},
		{`<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>`, `Entity 'e' is external, and not loaded" at 1:61`},
		{`<!DOCTYPE a [<!ENTITY e "&e;">]><a>&e;</a>`, `Entity 'e' refers to itself" at 1:39`},
		{`<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a b="&e;"/>`, `Entity 'e' refers to itself" at 1:60`},
		{`<!DOCTYPE a [<!ENTITY e "<b>">]><a>&e;</b></a>`, `Entity 'e' does not end the elements it begins" at 1:39`},
		{`<!DOCTYPE a [<!ENTITY e "</a>">]><a>&e;`, `Entity 'e' ends an element it does not begin" at 1:40`},
		{`<!DOCTYPE a [%p;]><a/>`, `Parameter entities are not supported" at 1:14`},
	} {
		checks = append(checks, check{"error", fmt.Sprintf("doc(%q)", c.in), `Error: failed to parse XML ("` + c.want + `)`})
	}
	checks = append(checks,
		check{"invalid UTF-8", `doc(Buffer.from('3c613eff3c2f613e', 'hex'))`, `Error: failed to parse XML ("Input is not proper UTF-8" at 1:4)`},
		check{"encoding", `doc(Buffer.from('<?xml version="1.0" encoding="koi8-r"?><a/>'))`, `Error: failed to parse XML ("Unsupported encoding: koi8-r" at 1:1)`},
		check{"deep", `doc('<a>'.repeat(513))`, `Error: failed to parse XML ("Elements are nested deeper than 512" at 1:1539)`},
		check{"as deep as allowed", `doc('<a>'.repeat(512) + '</a>'.repeat(512)).a.$text + xml.serializeToString(doc('<a>'.repeat(512) + '</a>'.repeat(512))).length`, "3584"},
		check{"large", `doc('<a>' + ' '.repeat(16 << 20).slice(0, 16 << 20) + '</a>')`, `Error: failed to parse XML ("The document is larger than 16777216 bytes" at 1:1)`},
		check{
			"many laughs", `(() => { let s = '<!DOCTYPE a [<!ENTITY e0 "lol">'; for (let i = 1; i < 30; i++) s += '<!ENTITY e' + i + ' "' + ('&e' + (i - 1) + ';').repeat(10) + '">'; return doc(s + ']><a>&e29;</a>'); })()`,
			`Error: failed to parse XML ("Entities expand to more than 1048576 bytes" at 1:1847)`,
		},
		check{"many nodes", `doc('<a>' + '<b/>'.repeat(1 << 18) + '</a>')`, `Error: failed to parse XML ("The document has more than 262144 nodes" at 1:1048580)`},
	)
	evaluate(t, &host{}, importXML, checks)
}

func TestXMLEntities(t *testing.T) {
	evaluate(t, &host{}, importXML, []check{
		{"markup of references", `doc('<!DOCTYPE a [<!ENTITY e "x&#60;y"><!ENTITY f "<b>&e;</b>">]><a>&f;</a>').a.b === undefined`, `Error: failed to parse XML ("Couldn't find end of Start Tag y line 1" at 1:67)`},
		{"in text", `doc('<!DOCTYPE a [<!ENTITY e "x"><!ENTITY f "<b>&e;&e;</b>">]><a>&f;&f;</a>').a.$tags.map((b) => b.$text).join()`, "xx,xx"},
		{"in attributes", `doc('<!DOCTYPE a [<!ENTITY e "x&amp;">]><a b="&e;&e;"/>').a.$attr$b`, "x&x&"},
		{"the first counts", `doc('<!DOCTYPE a [<!ENTITY e "1"><!ENTITY e "2">]><a>&e;</a>').a.$text`, "1"},
		{"defaults", `doc('<!DOCTYPE a [<!ATTLIST a b (x|y) "x" c CDATA #FIXED "1" d ID #IMPLIED>]><a b="y"/>').a.$attrs.b + doc('<!DOCTYPE a [<!ATTLIST a c CDATA "1">]><a/>').a.$attr$c`, "y1"},
		{"other declarations", `doc('<!DOCTYPE a PUBLIC "p" "s" [ <!ELEMENT a (#PCDATA)> <!NOTATION n SYSTEM "x"> <?p?> <!-- c --> ]><a>1</a>').a.$text`, "1"},
	})
}

// The examples of Canonical XML 1.0, chapter 3, and of Exclusive XML
// Canonicalization 1.0, chapter 2.2.
func TestC14N(t *testing.T) {
	const aside = "<?xml version=\"1.0\"?>\n\n<?xml-stylesheet   href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\n<!DOCTYPE doc SYSTEM \"doc.dtd\">\n\n" +
		"<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->\n"
	const tags = `<!DOCTYPE doc [<!ATTLIST e9 attr CDATA "default">]>
<doc>
   <e1   />
   <e2   ></e2>
   <e3   name = "elem3"   id="elem3"   />
   <e4   name="elem4"   id="elem4"   ></e4>
   <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
      xmlns:b="http://www.ietf.org"
      xmlns:a="http://www.w3.org"
      xmlns="http://example.org"/>
   <e6 xmlns="" xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="" xmlns:a="http://www.w3.org">
            <e9 xmlns="" xmlns:a="http://www.ietf.org"/>
         </e8>
      </e7>
   </e6>
</doc>`
	const tagsWritten = `<doc>
   <e1></e1>
   <e2></e2>
   <e3 id="elem3" name="elem3"></e3>
   <e4 id="elem4" name="elem4"></e4>
   <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>
   <e6 xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="">
            <e9 xmlns:a="http://www.ietf.org" attr="default"></e9>
         </e8>
      </e7>
   </e6>
</doc>`
	const characters = `<!DOCTYPE doc [
<!ATTLIST normId id ID #IMPLIED>
<!ATTLIST normNames attr NMTOKENS #IMPLIED>
]>
<doc>
   <text>First line&#x0d;&#10;Second line</text>
   <value>&#x32;</value>
   <compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute>
   <compute expr='value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"'>valid</compute>
   <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
   <normNames attr='   A   &#x20;&#13;&#xa;&#9;   B   '/>
   <normId id=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
</doc>`
	const charactersWritten = `<doc>
   <text>First line&#xD;
Second line</text>
   <value>2</value>
   <compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>
   <compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;">valid</compute>
   <norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm>
   <normNames attr="A &#xD;&#xA;&#x9; B"></normNames>
   <normId id="' &#xD;&#xA;&#x9; '"></normId>
</doc>`
	const exclusive = `<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org">
  <n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
    <n3:stuff xmlns:n3="ftp://example.org"/>
  </n1:elem2>
</n0:local>`
	in := func(format, s string) string { return fmt.Sprintf(format, fmt.Sprintf("%q", s)) }
	evaluate(t, &host{}, importXML, []check{
		{"3.1", in(`text(xml.c14n(doc(%s)))`, aside), "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n<doc>Hello, world!</doc>\n<?pi-without-data?>"},
		{
			"3.1 with comments", in(`text(xml.exclusiveC14n(doc(%s), null, true))`, aside),
			"<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n<doc>Hello, world!<!-- Comment 1 --></doc>\n<?pi-without-data?>\n<!-- Comment 2 -->\n<!-- Comment 3 -->",
		},
		{"3.2", in(`xml.serializeToString(doc(%s))`, "<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\r\n</doc>"), "<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n</doc>"},
		{"3.3", in(`xml.serializeToString(doc(%s))`, tags), tagsWritten},
		{"3.4", in(`xml.serializeToString(doc(%s))`, characters), charactersWritten},
		{"3.6", `xml.serialize(doc(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><doc>&#169;</doc>'))).toString('hex')`, "3c646f633ec2a93c2f646f633e"},
		{"2.2 inclusive", in(`xml.serializeToString(doc(%s).$root.elem2)`, exclusive), strings.TrimSpace(`
<n1:elem2 xmlns:n0="foo:bar" xmlns:n1="http://example.net" xmlns:n3="ftp://example.org" xml:lang="en">
    <n3:stuff></n3:stuff>
  </n1:elem2>`)},
		{"2.2 exclusive", in(`text(xml.exclusiveC14n(doc(%s).$root.elem2))`, exclusive), strings.TrimSpace(`
<n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
    <n3:stuff xmlns:n3="ftp://example.org"></n3:stuff>
  </n1:elem2>`)},
		{"2.2 exclusive with a list", in(`text(xml.exclusiveC14n(doc(%s).$root.elem2, null, false, 'n0 nope'))`, exclusive), strings.TrimSpace(`
<n1:elem2 xmlns:n0="foo:bar" xmlns:n1="http://example.net" xml:lang="en">
    <n3:stuff xmlns:n3="ftp://example.org"></n3:stuff>
  </n1:elem2>`)},
		{"exclusive default", `text(xml.exclusiveC14n(doc('<a xmlns="u"><b xmlns=""><c xmlns="u"/></b></a>')))`, `<a xmlns="u"><b xmlns=""><c xmlns="u"></c></b></a>`},
		{"exclusive default in the list", `text(xml.exclusiveC14n(doc('<p:a xmlns="u" xmlns:p="v"><p:b/></p:a>').$root.b, null, false, '#default'))`, `<p:b xmlns="u" xmlns:p="v"></p:b>`},
		{"inherited", `xml.serializeToString(doc('<a xml:lang="en" xml:space="preserve"><b xml:lang="de"/></a>').a.b)`, `<b xml:lang="de" xml:space="preserve"></b>`},
		{"of njs", `text(xml.exclusiveC14n(doc().note))`, `<note><to a="foo" b="bar">Tove</to><from>Jani</from></note>`},
		{"of njs", `text(xml.exclusiveC14n(doc().note.to))`, `<to a="foo" b="bar">Tove</to>`},
		{
			"excluding", `(() => { const d = doc(); return text(xml.exclusiveC14n(d.note, d.note.to)) + text(xml.c14n(d, d.note.from)); })()`,
			`<note><from>Jani</from></note><note><to a="foo" b="bar">Tove</to></note>`,
		},
		{"order is that of characters", `xml.serializeToString(doc('<a \u{10000}="1" \uf900="2"/>'))`, "<a \uf900=\"2\" \U00010000=\"1\"></a>"},
		{"bytes", `Buffer.isBuffer(xml.c14n(doc()))`, true},
	})
}
