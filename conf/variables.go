package conf

import (
	"strings"

	"weir/confparse"
)

// Variable is a js_var directive: "js_var $NAME [VALUE];".
type Variable struct {
	Name  string         // without "$"
	Value string         // at first
	Span  confparse.Span // of the name
}

// String is the variable as it would be written.
func (v Variable) String() string { return strings.TrimSpace("$" + v.Name + " " + v.Value) }

// Usage is the syntax of js_var.
func (*Variable) Usage() string { return "$NAME [VALUE]" }

// Set decodes a js_var directive.
func (v *Variable) Set(d *confparse.Directive) error {
	if len(d.Args) == 0 || len(d.Args) > 2 {
		return (&fault{message: "takes a name, and maybe a value"}).hinting("usage: js_var %s", v.Usage())
	}
	if len(d.Args) == 2 {
		v.Value = d.Args[1].Value
	}
	var f *fault
	if v.Name, f = variableOf(d.Args[0]); f != nil {
		return f
	}
	v.Span = d.Args[0].Span
	return nil
}

// SetVariable is a js_set directive: "js_set $NAME HANDLER [nocache];".
type SetVariable struct {
	Handler
	Name     string // without "$"
	NoCache  bool   // asked each time that it is needed
	NameSpan confparse.Span
}

// String is the directive's value as it would be written.
func (s SetVariable) String() string { return s.around(s.Handler.String()) }

func (s SetVariable) around(handler string) string {
	text := "$" + s.Name + " " + handler
	if s.NoCache {
		text = "$" + s.Name + " nocache " + handler
	}
	return text
}

// Usage is the syntax of js_set.
func (*SetVariable) Usage() string {
	return "$NAME module.function [nocache] | $NAME [nocache] { JavaScript }"
}

// Set decodes a js_set directive.
func (s *SetVariable) Set(d *confparse.Directive) error {
	if len(d.Args) == 0 {
		return (&fault{message: "takes a name and a function"}).hinting("usage: js_set %s", s.Usage())
	}
	var f *fault
	if s.Name, f = variableOf(d.Args[0]); f != nil {
		return f
	}
	s.NameSpan = d.Args[0].Span
	rest := *d
	rest.Args = nil
	for _, w := range d.Args[1:] {
		if w.Value == "nocache" {
			s.NoCache = true
			continue
		}
		rest.Args = append(rest.Args, w)
	}
	if err := s.Handler.set(&rest, s.Usage()); err != nil {
		return err
	}
	return s.Handler.needed()
}

// variableOf is the name of a variable, "$NAME".
func variableOf(w confparse.Word) (string, *fault) {
	name, ok := strings.CutPrefix(w.Value, "$")
	if !ok || !isIdentifier(name) || strings.Contains(name, "$") {
		return "", faultAt(w, "takes a variable as $name, not %q", w.Value)
	}
	return name, nil
}
