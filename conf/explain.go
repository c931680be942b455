package conf

import (
	"fmt"
	"slices"
	"strings"

	"weir/confparse"
)

// explainWidth is where explanations are wrapped, in columns.
const explainWidth = 90

// Explain returns the manual's entries for name: a directive ("hls_fragment", or
// one of them, "vhost.hls.enabled"), its older name, its environment variable, a
// directive that SRS alone has, or a diagnostic's code ("E201"). It is false for
// what nothing is called; the text then says so, and what was meant.
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
	if len(entries) == 0 {
		return nothingCalled(name), false
	}
	return strings.Join(entries, "\n"), true
}

// nothingCalled says that name explains nothing, and which name was meant.
func nothingCalled(name string) string {
	text := fmt.Sprintf("nothing is called %q", name)
	if near := confparse.Suggest(name, explained()); near != "" {
		text += fmt.Sprintf("; did you mean %q?", near)
	}
	return text
}

// explained are all names that have an entry.
func explained() []string {
	var names []string
	for _, d := range Directives() {
		names = append(names, d.names()...)
	}
	for _, row := range srsRows {
		names = append(names, row.list()...)
	}
	for _, c := range codes {
		names = append(names, c.Code)
	}
	return names
}

// answersTo reports whether name is one of the directive's.
func (d Directive) answersTo(name string) bool { return slices.Contains(d.names(), name) }

// names are all that the directive is called.
func (d Directive) names() []string {
	names := append([]string{d.Name, d.Path}, d.Twins...)
	for _, a := range d.Aliases {
		names = append(names, strings.TrimPrefix(a, "../"))
	}
	return append(names, d.Variables...)
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
