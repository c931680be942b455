package js

import (
	"fmt"
	"regexp"
	"strings"
)

var importStatement = regexp.MustCompile(
	`(?m)^[ \t]*import\s*(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s*as\s+([\w$]+))?\s*(?:\bfrom\b)?\s*('[^'\n]+'|"[^"\n]+");?`)

// importOf is an import statement as declarations of what import() gives.
func importOf(statement string) string {
	m := importStatement.FindStringSubmatch(statement)
	whole, named, all, from := m[1], m[2], m[3], m[4]
	var b strings.Builder
	if whole == "" && named == "" && all == "" {
		fmt.Fprintf(&b, "await import(%s);", from)
	}
	if all != "" {
		fmt.Fprintf(&b, "const %s = await import(%s);", all, from)
	}
	var names []string
	if whole != "" {
		names = append(names, "default: "+whole)
	}
	for n := range strings.SplitSeq(named, ",") {
		if n = strings.TrimSpace(n); n != "" {
			names = append(names, strings.Replace(n, " as ", ": ", 1))
		}
	}
	if len(names) > 0 {
		fmt.Fprintf(&b, "const { %s } = await import(%s);", strings.Join(names, ", "), from)
	}
	return b.String()
}
