package http

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"weir/conf"
	"weir/js/hook"
)

// Scripts run the handlers of locations under one version of the configuration.
type Scripts interface {
	// Hold keeps the scripts until release is called; false when they have ended.
	Hold() (release func(), ok bool)
	// Call runs a handler for a request, whose Variables it keeps. An error was logged.
	Call(ctx context.Context, h conf.Handler, r *hook.Request) (hook.Response, error)
	// Request is what each request begins with: its variables, and what is hidden.
	Request() hook.Request
}

// Locations are what scripts do with the requests for some paths.
type Locations struct {
	Scripts Scripts
	// MaxBody bounds the body that a script reads, in bytes.
	MaxBody int64
	// Open lets a request in whose js_access has failed.
	Open bool

	exact    map[string]*conf.Location
	named    map[string]*conf.Location
	prefixes []*conf.Location // the longest first
	patterns []pattern
}

// pattern is a location of a regular expression.
type pattern struct {
	*regexp.Regexp
	location *conf.Location
}

// NewLocations makes the table of locations; nil if there are none.
func NewLocations(list []*conf.Location) *Locations {
	if len(list) == 0 {
		return nil
	}
	l := &Locations{exact: map[string]*conf.Location{}, named: map[string]*conf.Location{}}
	for _, c := range list {
		p := c.Pattern
		switch {
		case p.Match == conf.MatchExact:
			l.exact[p.Path] = c
		case strings.HasPrefix(p.Path, "@"):
			l.named[p.Path] = c
		case p.Expression() != nil:
			l.patterns = append(l.patterns, pattern{p.Expression(), c})
		default:
			l.prefixes = append(l.prefixes, c)
		}
	}
	slices.SortStableFunc(l.prefixes, func(a, b *conf.Location) int { return cmp.Compare(len(b.Pattern.Path), len(a.Pattern.Path)) })
	return l
}

// find is the location of a path, or of a name with "@", as nginx chooses it; nil if
// there is none.
func (l *Locations) find(path string) *conf.Location {
	if strings.HasPrefix(path, "@") {
		return l.named[path]
	}
	if c := l.exact[path]; c != nil {
		return c
	}
	i := slices.IndexFunc(l.prefixes, func(c *conf.Location) bool { return strings.HasPrefix(path, c.Pattern.Path) })
	if i >= 0 && l.prefixes[i].Pattern.Match == conf.MatchFirst {
		return l.prefixes[i]
	}
	for _, p := range l.patterns {
		if p.MatchString(path) {
			return p.location
		}
	}
	if i >= 0 {
		return l.prefixes[i]
	}
	return nil
}

// normal is a path as locations see it: without empty and dotted elements.
func normal(path string) string {
	if !strings.Contains(path, "//") && !strings.Contains(path, "/.") {
		return path
	}
	var out []string
	elements := strings.Split(path, "/")
	for i, el := range elements {
		switch {
		case el == "." || el == ".." || el == "":
			if el == ".." && len(out) > 0 {
				out = out[:len(out)-1]
			}
			if i == len(elements)-1 {
				out = append(out, "")
			}
		default:
			out = append(out, el)
		}
	}
	return "/" + strings.Join(out, "/")
}
