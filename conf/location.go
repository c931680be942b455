package conf

import (
	"regexp"

	"weir/confparse"
)

// Location is what scripts do with the requests for some paths of http_server.
type Location struct {
	// Pattern is which paths.
	Pattern Pattern `conf:",arg"`
	// Access decides whether a request is let in, ahead of what else there is at its path.
	Access Handler `conf:"js_access,example=hooks.access,package=js,reload=live"`
	// Content answers the requests.
	Content Handler `conf:"js_content,example=hooks.content,package=js,reload=live"`
	// HeaderFilter edits the headers of the answers.
	HeaderFilter Handler `conf:"js_header_filter,example=hooks.headers,package=js,reload=live"`

	// Span is the location's directive.
	Span confparse.Span `conf:"-"`
}

// How a Pattern is matched, as nginx's.
const (
	MatchPrefix = ""   // a path begins with it; the longest one counts
	MatchExact  = "="  // a path is it
	MatchFirst  = "^~" // as MatchPrefix, and if it is the longest, no expression is tried
	MatchRegexp = "~"  // an expression, in RE2's syntax: the first one in the file
	MatchFold   = "~*" // an expression that takes upper and lower case as one
)

// Pattern is what a location is for.
type Pattern struct {
	Match string // MatchPrefix, ...
	Path  string // or the expression; "@name" is for internal redirects alone
}

// String is the pattern as it would be written.
func (p Pattern) String() string {
	if p.Match == MatchPrefix {
		return p.Path
	}
	return p.Match + " " + p.Path
}

// Usage is the syntax of a location's pattern.
func (*Pattern) Usage() string { return "[= | ~ | ~* | ^~] PATTERN" }

// Expression is the pattern's regular expression; nil if it is none.
func (p Pattern) Expression() *regexp.Regexp {
	switch p.Match {
	case MatchRegexp:
		return regexp.MustCompile(p.Path) // Set has looked
	case MatchFold:
		return regexp.MustCompile("(?i)" + p.Path)
	}
	return nil
}

// Set decodes what stands ahead of a location's block.
func (p *Pattern) Set(d *confparse.Directive) error {
	args := d.Args
	switch {
	case len(args) == 2 && args[0].Value != MatchPrefix && isMatch(args[0].Value):
		p.Match = args[0].Value
	case len(args) == 1 && !isMatch(args[0].Value):
	default:
		return (&fault{message: "needs a pattern before its block"}).hinting("usage: location %s { ... }", p.Usage())
	}
	w := args[len(args)-1]
	p.Path = w.Value
	switch {
	case p.Match == MatchRegexp || p.Match == MatchFold:
		if _, err := regexp.Compile(p.Path); err != nil {
			p.Match = MatchPrefix
			return faultAt(w, "has a bad pattern: %v", err)
		}
	case p.Path == "" || p.Path[0] != '/' && (p.Path[0] != '@' || p.Match != MatchPrefix):
		return faultAt(w, "takes a path that begins with \"/\", not %q", p.Path)
	}
	return nil
}

func isMatch(s string) bool {
	switch s {
	case MatchPrefix, MatchExact, MatchFirst, MatchRegexp, MatchFold:
		return true
	}
	return false
}

// checkLocations finds two for one pattern.
func (d *decoder) checkLocations(c *Config) {
	first := map[Pattern]*Location{}
	for _, l := range c.HTTPServer.Locations {
		if l.Pattern.Path == "" {
			continue // has its own finding
		}
		if other := first[l.Pattern]; other != nil {
			d.errorf("E203", l.Span, "location %s is defined twice", l.Pattern).Notes = noteAt(other.Span, "first defined here")
			continue
		}
		first[l.Pattern] = l
	}
}
