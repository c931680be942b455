package confparse

import "strings"

// Parse parses the text of the file called name. It reads no other file: include
// is a directive like the others. The File is never nil; what is wrong is repaired
// so that all the rest of the text is checked too. A directive whose name is
// missing has the name "".
func Parse(name, text string) (*File, Diagnostics) {
	file := &File{Name: name, Sources: []Source{{Name: name, Text: text}}}
	directives, found := parse(name, text)
	file.Directives = directives
	return file, found.Sort()
}

func parse(name, text string) ([]*Directive, Diagnostics) {
	start := Pos{File: name, Line: 1, Col: 1}
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return nil, Diagnostics{{
			Severity: Error, Code: "E106", Span: Span{start, start},
			Message: "this is UTF-16 text", Hint: "save the file as UTF-8",
		}}
	}
	t := newTokenizer(name, text)
	tree, err := parseTokens(t)
	if err != nil {
		// The tokenizer repairs whatever the grammar would refuse; FuzzParse looks for holes in that.
		return nil, append(t.found, Diagnostic{
			Severity: Error, Code: "E100", Span: Span{start, start}, Message: "the file cannot be read: " + err.Error(),
		})
	}
	return build(tree.Nodes), t.found
}
