package conf

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

const markdownHead = `# Directives

Made from the table that the server reads files with (` + "`conf/*.go`" + `); [full.conf](../conf/full.conf) has the same as a file, and
` + "`weir explain NAME`" + ` prints an entry. A time is a number with ms, s, m, h or d (` + "`1h30m`" + `), or without one in SRS's unit;
a size is a number with k, m or g. An environment variable overrides the file, that of a
directive in vhost in every vhost.
`

// WriteMarkdown writes the manual of all directives: docs/directives.md.
func WriteMarkdown(w io.Writer) error {
	b := &bytes.Buffer{}
	b.WriteString(markdownHead + "\n## At the top level\n")
	in := ""
	for _, d := range Directives() {
		if block, _ := splitPath(d.Path); !d.Block && block != in {
			in = block
			fmt.Fprintf(b, "\n## In %s\n", in)
		}
		writeEntry(b, d)
	}
	writeUnserved(b)
	_, err := w.Write(b.Bytes())
	return err
}

func writeEntry(b *bytes.Buffer, d Directive) {
	level := "###"
	if d.Block {
		level = "##"
	}
	fmt.Fprintf(b, "\n%s %s\n\n`%s`\n", level, strings.Join(append([]string{d.Name}, d.Twins...), ", "), d.Usage)
	fmt.Fprintf(b, "(%s)\n\n%s\n", strings.Join(d.allFacts(), "; "), d.Doc)
	if len(d.Variables) > 0 {
		fmt.Fprintf(b, "\nEnvironment: `%s`\n", strings.Join(d.Variables, "`, `"))
	}
}

// writeUnserved lists what SRS has and weir has not.
func writeUnserved(b *bytes.Buffer) {
	b.WriteString("\n## Directives of SRS that are not served\n\n| directives | in | what becomes of them |\n|---|---|---|\n")
	for _, row := range srsRows {
		in := row.in
		if in == "" {
			in = "the top level"
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", strings.Join(row.list(), ", "), in, row.fate())
	}
}

// list are the names of the row's directives.
func (r srsRow) list() []string {
	names := strings.Fields(r.names)
	for i := range names {
		names[i], _, _ = strings.Cut(names[i], "=")
	}
	return names
}

// fate says what becomes of the row's directives.
func (r srsRow) fate() string {
	switch r.policy {
	case noEffect:
		return "nothing: it has no meaning here"
	case missing:
		return "a warning: " + r.why
	case guard:
		return "an error, since it keeps somebody out: " + r.why
	}
	return "an error: " + r.why
}
