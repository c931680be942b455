package conf

import "strings"

// reloads says when a changed directive holds.
var reloads = [...]string{
	ReloadLive:    "at once",
	ReloadStream:  "at the next publish of a stream",
	ReloadListen:  "by binding the listeners anew",
	ReloadRestart: "when the server starts again",
}

// facts are what there is to say of a directive beside its text: "default 10s".
func (d Directive) facts() []string {
	var facts []string
	if d.Default != "" {
		facts = append(facts, "default "+d.Default)
	}
	if d.Range != "" {
		facts = append(facts, d.Range)
	}
	if !d.Block {
		facts = append(facts, "a change holds "+reloads[d.Reload])
	}
	return facts
}

// allFacts are the facts and the places.
func (d Directive) allFacts() []string {
	return append(append(d.facts(), d.where()), d.older()...)
}

// where says where the directive may stand.
func (d Directive) where() string {
	var in []string
	for _, c := range d.Contexts {
		in = append(in, inBlock(c))
	}
	return strings.Join(in, " or ")
}

// older says how older files have the directive.
func (d Directive) older() []string {
	var facts []string
	for _, a := range d.Aliases {
		if name, moved := strings.CutPrefix(a, "../"); moved {
			around, _ := splitPath(d.Contexts[0])
			a = name + " " + inBlock(around)
		}
		facts = append(facts, "in older files "+a)
	}
	return facts
}

// wrap breaks text into lines of at most width characters, where it has spaces.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
