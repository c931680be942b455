package conf

import (
	"fmt"
	"strings"
)

// explainWidth is where explanations are wrapped, in columns.
const explainWidth = 90

// Explain returns the manual's entries for name: a directive ("hls_fragment", or
// one of them, "vhost.hls.enabled"), its older name, its environment variable, a
// directive that SRS alone has, or a diagnostic's code ("E201"). It is false for
// what it does not know.
func Explain(name string) (string, bool) {
	var entries []string
	for _, c := range codes {
		if strings.EqualFold(c.Code, name) {
			entries = append(entries, c.explain())
		}
	}
	for _, d := range Directives() {
		if d.answersTo(name) {
			entries = append(entries, d.explain())
		}
	}
	for _, row := range srsRows {
		for _, n := range row.list() {
			if n == name || joinPath(row.in, n) == name {
				entries = append(entries, fmt.Sprintf("%s\n    A directive of SRS, %s: %s.\n", n, inBlock(row.in), row.fate()))
			}
		}
	}
	return strings.Join(entries, "\n"), len(entries) > 0
}

// answersTo reports whether name is one of the directive's.
func (d Directive) answersTo(name string) bool {
	for _, n := range append([]string{d.Name, d.Path}, d.Twins...) {
		if n == name {
			return true
		}
	}
	for _, a := range d.Aliases {
		if strings.TrimPrefix(a, "../") == name {
			return true
		}
	}
	for _, v := range d.Variables {
		if v == name {
			return true
		}
	}
	return false
}

func (d Directive) explain() string {
	text := d.Usage + "\n"
	text += indent(strings.Join(d.allFacts(), "; "))
	text += indent(d.Doc)
	if len(d.Variables) > 0 {
		text += indent("Environment: " + strings.Join(d.Variables, ", "))
	}
	return text
}

func (c Code) explain() string {
	text := c.Code + ": " + c.Title + "\n" + indent(c.Doc)
	if c.Example != "" {
		text += "    For example: " + strings.ReplaceAll(c.Example, "\n", "\n                 ") + "\n"
	}
	return text
}

// indent wraps text and sets it in.
func indent(text string) string {
	return "    " + strings.Join(wrap(text, explainWidth-4), "\n    ") + "\n"
}
