package confparse

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

const (
	// maxIncludeDepth is how many files may include one another.
	maxIncludeDepth = 16
	// maxIncludes bounds files that include others twice, which include others twice.
	maxIncludes = 10_000
)

// splice replaces the include directives among list, and in its blocks.
func (l *loader) splice(list []*Directive) []*Directive {
	at := slices.IndexFunc(list, isInclude)
	if at < 0 {
		for _, d := range list {
			d.Block = l.splice(d.Block)
		}
		return list
	}
	spliced := list[:0:0]
	for _, d := range list {
		if isInclude(d) {
			spliced = append(spliced, l.include(d)...)
			continue
		}
		d.Block = l.splice(d.Block)
		spliced = append(spliced, d)
	}
	return spliced
}

func isInclude(d *Directive) bool { return d.Name.Value == "include" }

// include returns what the files that d names hold.
func (l *loader) include(d *Directive) (directives []*Directive) {
	switch {
	case d.HasBlock():
		l.errorf(d.Name.Span, "include takes files, not a block").Code = "E204"
	case len(d.Args) == 0:
		l.errorf(d.Name.Span, "include needs the name of a file")
	}
	for _, arg := range d.Args {
		names, err := l.resolve(arg.Value)
		if err != nil {
			l.errorf(arg.Span, "cannot include %q: %v", arg.Value, err)
		}
		for _, name := range names {
			directives = append(directives, l.includeFile(name, arg.Span)...)
		}
	}
	return directives
}

// includeFile returns what the file called name holds. The include stands at place.
func (l *loader) includeFile(name string, at Span) []*Directive {
	if k := slices.Index(l.chain, name); k >= 0 {
		chain := strings.Join(append(slices.Clone(l.chain[k:]), name), " -> ")
		l.errorf(at, "the include never ends: %s", chain)
		return nil
	}
	if len(l.chain) > maxIncludeDepth {
		l.errorf(at, "includes nest deeper than %d", maxIncludeDepth)
		return nil
	}
	if l.count++; l.count > maxIncludes {
		l.errorf(at, "more than %d files are included", maxIncludes)
		return nil
	}
	text, err := l.read(name)
	if err != nil {
		l.errorf(at, "cannot include %q: %v", name, err)
		return nil
	}
	return l.parse(name, text, at)
}

// resolve returns the files that an include's argument names: looked for beside
// the including file, then from the root. A pattern may match nothing.
func (l *loader) resolve(pattern string) ([]string, error) {
	if pattern == "" {
		return nil, errors.New("the name is empty")
	}
	candidates := candidates(path.Dir(l.chain[len(l.chain)-1]), pattern)
	for _, candidate := range candidates {
		names, err := l.match(candidate)
		if err != nil || len(names) > 0 {
			return names, err
		}
	}
	if isPattern(pattern) {
		return nil, nil
	}
	return nil, fmt.Errorf("there is no %s", strings.Join(candidates, " and no "))
}

// candidates returns the paths that a name in a file of dir may mean.
func candidates(dir, name string) []string {
	if path.IsAbs(name) {
		return []string{path.Clean(name)}
	}
	return slices.Compact([]string{path.Join(dir, name), path.Clean(name)})
}

func isPattern(name string) bool { return strings.ContainsAny(name, `*?[`) }

// match returns the files that a pattern names, and notes what was looked for.
func (l *loader) match(name string) ([]string, error) {
	names, err := Match(l.fsys, name)
	l.file.Lookups = append(l.file.Lookups, Lookup{name, names})
	return names, err
}

// Match returns the files that a pattern of include names, sorted; or the file
// itself, if it is there.
func Match(fsys fs.FS, name string) ([]string, error) {
	if isPattern(name) {
		names, err := fs.Glob(fsys, name)
		slices.Sort(names)
		return names, err
	}
	if _, err := fs.Stat(fsys, name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return []string{name}, nil // whatever else is wrong is found when it is read
}
