package js

import (
	"errors"
	"strings"
)

// needsExpansion reports whether the engine would misread a regular expression: it
// takes \p for p, and knows no flag v.
func needsExpansion(pattern, flags string) bool {
	return strings.Contains(flags, "v") ||
		strings.Contains(flags, "u") && (strings.Contains(pattern, `\p`) || strings.Contains(pattern, `\P`))
}

// expandPattern writes \p{…} and the classes of flag v as classes of code points. The
// flags that belong to the pattern then are returned, too.
func expandPattern(pattern, flags string) (expanded, with string, err error) {
	sets := strings.Contains(flags, "v")
	if sets && strings.Contains(flags, "u") {
		return "", "", errors.New("the flags u and v exclude each other")
	}
	s := &classScanner{text: pattern}
	var b strings.Builder
	inClass := false
	for s.at < len(s.text) && s.err == nil {
		switch {
		case s.sees(`\p{`), s.sees(`\P{`):
			class := s.property().class()
			if !inClass {
				class = "[" + class + "]"
			}
			b.WriteString(class)
		case s.sees(`\p`), s.sees(`\P`):
			s.fail(`\p takes a property in braces`)
		case s.sees(`\`):
			b.WriteString(s.take(2))
		case sets && s.sees("["):
			b.WriteString(s.topClass())
		default:
			inClass = s.sees("[") || inClass && !s.sees("]")
			b.WriteString(s.take(1))
		}
	}
	return b.String(), strings.Replace(flags, "v", "u", 1), s.err
}
