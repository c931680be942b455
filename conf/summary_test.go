package conf

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"weir/confparse"
)

// summary is what becomes of a file, block by block:
//
//	vhost a.hls
//	    served: enabled, hls_window
//	    asks nothing: hls_path
//	    W301 not served: hls_cleanup: segments are kept in memory
//
// Findings without a place in the file, as of variables, come last.
type summary struct {
	blocks []*summedBlock
	all    confparse.Diagnostics
	left   confparse.Diagnostics // that no block has
}

type summedBlock struct {
	path           string
	served, silent []string
	findings       []string
}

func summarize(f *confparse.File, found confparse.Diagnostics) *summary {
	s := &summary{all: found, left: slices.Clone(found)}
	s.add(table, "top level", f.Directives)
	return s
}

// add sums up a block: first those in it, whose findings are theirs.
func (s *summary) add(b *block, path string, list []*confparse.Directive) *summedBlock {
	sum := &summedBlock{path: path}
	s.blocks = append(s.blocks, sum)
	for _, x := range list {
		known := b.byName[x.Name.Value]
		if known != nil && known.block != nil && x.HasBlock() {
			inner := s.add(known.block, pathOf(path, x), x.Block)
			inner.findings = append(s.take(x.Span), inner.findings...)
			continue
		}
		findings := s.take(x.Span)
		sum.findings = append(sum.findings, findings...)
		switch {
		case len(findings) > 0:
		case known != nil:
			sum.served = append(sum.served, x.Name.Value)
		case !s.mentions(x.Name.Value):
			sum.silent = append(sum.silent, x.Name.Value)
		}
	}
	return sum
}

// lists are findings that name several directives at the first one's place.
var lists = regexp.MustCompile(`^(?:not served|without effect): ([^:]+)`)

// mentions says whether a finding of several directives has one of that name.
func (s *summary) mentions(name string) bool {
	return slices.ContainsFunc(s.all, func(d confparse.Diagnostic) bool {
		m := lists.FindStringSubmatch(d.Message)
		return m != nil && slices.Contains(strings.Split(m[1], ", "), name)
	})
}

func pathOf(path string, x *confparse.Directive) string {
	name := x.Name.Value
	for _, a := range x.Args {
		name += " " + a.Value
	}
	if path == "top level" {
		return name
	}
	return path + "." + name
}

// take returns the findings within a directive that nothing in it has taken.
func (s *summary) take(at confparse.Span) (texts []string) {
	s.left = slices.DeleteFunc(s.left, func(d confparse.Diagnostic) bool {
		p := d.Span.Start
		within := p.File == at.Start.File && !p.IsZero() && p.Offset >= at.Start.Offset && p.Offset < at.End.Offset
		if within {
			texts = append(texts, d.Code+" "+d.Message)
		}
		return within
	})
	return texts
}

func (s *summary) String() string {
	var b strings.Builder
	line := func(what string, names []string) {
		if len(names) > 0 {
			fmt.Fprintf(&b, "    %s: %s\n", what, strings.Join(names, ", "))
		}
	}
	for _, sum := range s.blocks {
		fmt.Fprintln(&b, sum.path)
		line("served", sum.served)
		line("asks nothing", sum.silent)
		for _, f := range sum.findings {
			fmt.Fprintln(&b, "    "+f)
		}
	}
	for _, d := range s.left {
		fmt.Fprintf(&b, "%s\n    %s %s\n", d.Span.Start.File, d.Code, d.Message)
	}
	return b.String()
}
