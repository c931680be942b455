package conf

import (
	"bytes"
	"io"
	"strings"
)

//go:generate go test . -run GeneratedFiles -update

// fullWidth is where the comments of the full file are wrapped, in columns.
const fullWidth = 100

const fullHead = `# Every directive there is, with what it does and its default. What has none is commented out, with
# an example. Made from the table that the server reads files with: not a file to start from (that is
# srs.conf), but one to look things up in.
`

// WriteFull writes a configuration file that has every directive: conf/full.conf.
// It is valid, and means what an empty one means with one vhost.
func WriteFull(w io.Writer) error {
	f := full{}
	f.WriteString(fullHead)
	for _, d := range Directives() {
		in, _ := splitPath(d.Path)
		f.leave(in)
		f.blank()
		f.comment(d.Doc)
		f.directive(d)
	}
	f.leave("")
	_, err := w.Write(f.Bytes())
	return err
}

// full is a file in the making.
type full struct {
	bytes.Buffer
	open []string // the paths of the blocks that are open, outermost first
}

func (f *full) line(text string) {
	f.WriteString(strings.Repeat("    ", len(f.open)) + text + "\n")
}

// blank sets a directive apart from the one before it in its block.
func (f *full) blank() {
	if !bytes.HasSuffix(f.Bytes(), []byte("{\n")) {
		f.WriteString("\n")
	}
}

// leave closes blocks until the one with path in is the innermost.
func (f *full) leave(in string) {
	for len(f.open) > 0 && f.open[len(f.open)-1] != in {
		f.open = f.open[:len(f.open)-1]
		f.line("}")
	}
}

func (f *full) comment(text string) {
	for _, l := range wrap(text, fullWidth-4*len(f.open)-2) {
		f.line("# " + l)
	}
}

func (f *full) directive(d Directive) {
	facts := d.facts()
	if d.Default == "" && !d.Block {
		facts = append([]string{strings.TrimSuffix(d.Usage, ";")}, facts...)
	}
	if len(d.Contexts) > 1 {
		facts = append(facts, d.where())
	}
	facts = append(facts, d.older()...)
	if len(facts) > 0 {
		f.comment("(" + strings.Join(facts, "; ") + ")")
	}
	switch {
	case d.Block:
		f.line(d.head())
		f.open = append(f.open, d.Path)
		return
	case d.Required:
		f.line(d.Name + " " + d.Example + ";")
	case d.Default != "":
		f.line(d.Name + " " + d.Default + ";")
	default:
		f.line("#" + d.Name + " " + d.Example + ";")
	}
}

// head is what stands ahead of a block, and its brace.
func (d Directive) head() string {
	if d.Example != "" {
		return d.Name + " " + d.Example + " {"
	}
	return strings.Replace(strings.TrimSuffix(d.Usage, " ... }"), "NAME", DefaultVHost, 1)
}
